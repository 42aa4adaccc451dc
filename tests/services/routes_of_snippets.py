"""Snippets, and what goes live as it is saved."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.models import (
    Alert,
    City,
    HoursException,
    SecretariatPage,
    ServicePage,
    Suspension,
    Unit,
    Visit,
)
from tests.services import charter
from tests.services.pressing import bulk, edit_snippet, post, snippet_view
from tests.services.route_table import Case, route

DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _service(**fields: Any) -> ServicePage:
    return charter.service(charter.body(), **fields)


@route
def snippet_edit_view_publish() -> Case:
    topic = charter.topic()
    service = _service(topics=[topic])
    says = [(topic, {"title": "Outro"}), (service, {"topics": [{"title": "Outro"}]})]
    return Case(edit_snippet(topic, title="Outro", action__publish="1"), says=says)


@route
def snippet_unpublish_view() -> Case:
    topic = charter.topic()
    service = _service(topics=[topic])
    act = post(snippet_view(topic, "unpublish"), topic.pk)
    return Case(act, gone=[topic], says=[(service, {"topics": []})])


@route
def snippet_delete_view() -> Case:
    topic = charter.topic()
    service = _service(topics=[topic])
    act = post(snippet_view(topic, "delete"), topic.pk)
    return Case(act, gone=[topic], says=[(service, {"topics": []})])


@route
def snippet_bulk_delete() -> Case:
    one, two = charter.topic("Um"), charter.topic("Dois")
    return Case(bulk(one, "delete", two), gone=[one, two])


@route
def snippet_queryset_delete() -> Case:
    unit = charter.unit()
    Visit(unit=unit, starts=DAY, ends=DAY + timedelta(hours=3), place="Praça").save()
    service = _service(units=[unit])
    return Case(Unit.objects.all().delete, gone=[unit], says=[(service, {"units": []})])


@route
def snippet_draft_of_a_live_one() -> Case:
    topic = charter.topic()
    topic.title, topic.live = "Rascunho", False
    return Case(topic.save, gone=[topic])


@route
def suspension_saved() -> Case:
    service = _service()
    suspension = Suspension(service=service, starts=DAY, message="Sistema parado.")
    return Case(suspension.save, says=[(service, {"suspensions": [{"message": "Sistema parado."}]})])


@route
def suspension_given_to_another_service() -> Case:
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    Suspension(service=one, starts=DAY, message="Parado.").save()
    suspension = Suspension.objects.get()
    suspension.service = two
    return Case(suspension.save, says=[(one, {"suspensions": []}), (two, {"suspensions": [{"message": "Parado."}]})])


@route
def suspension_deleted() -> Case:
    service = _service()
    Suspension(service=service, starts=DAY).save()
    return Case(Suspension.objects.get().delete, says=[(service, {"suspensions": []})])


@route
def suspensions_deleted_in_bulk() -> Case:
    service = _service()
    Suspension(service=service, starts=DAY).save()
    return Case(bulk(Suspension.objects.get(), "delete"), says=[(service, {"suspensions": []})])


@route
def visit_saved() -> Case:
    unit = charter.unit()
    visit = Visit(unit=unit, starts=DAY, ends=DAY + timedelta(hours=3), place="Praça")
    return Case(visit.save, says=[(unit, {"visits": [{"place": "Praça"}]})])


@route
def visits_deleted_by_queryset() -> Case:
    unit = charter.unit()
    Visit(unit=unit, starts=DAY, ends=DAY + timedelta(hours=3)).save()
    return Case(Visit.objects.all().delete, says=[(unit, {"visits": []})])


@route
def hours_exception_saved() -> Case:
    unit = charter.unit()
    exception = HoursException(unit=unit, starts=DAY.date(), ends=DAY.date(), message="Recesso")
    return Case(exception.save, says=[(unit, {"hours_exceptions": [{"message": "Recesso"}]})])


@route
def alert_saved() -> Case:
    alert = Alert(title="Falta de água", starts=DAY)
    return Case(alert.save, says=[(alert, {"title": "Falta de água"})])


@route
def alerts_deleted_by_queryset() -> Case:
    alert = Alert(title="Falta de água", starts=DAY)
    alert.save()
    return Case(Alert.objects.all().delete, gone=[alert])


@route
def city_saved() -> Case:
    body = charter.body()
    service = charter.service(body)
    city = City(title="Cidade", standard_cleanliness="<p>Sala limpa.</p>")
    inherited = {"standards": {"cleanliness": {"origin": "city"}}}
    return Case(city.save, says=[(city, {"title": "Cidade"}), (body, inherited), (service, inherited)])


@route
def city_deleted() -> Case:
    city = City(title="Cidade", standard_cleanliness="<p>Sala limpa.</p>")
    city.save()
    service = charter.service(SecretariatPage.objects.first() or charter.body())
    return Case(city.delete, gone=[city], says=[(service, {"standards": {"cleanliness": None}})])
