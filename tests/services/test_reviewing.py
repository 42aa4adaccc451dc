"""A public service is confirmed: who and when is kept, the record says so, and no draft goes out with it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from services.models import City, PublishedRecord, Review, ServicePage
from services.record import from_json
from services.reviews.reviewing import REVIEWED, NotPublic, confirm_review
from tests.services import charter
from tests.services.editing import edit_address, filled, logged_in, text_of
from tests.services.pressing import admin

pytestmark = pytest.mark.django_db
#: Half past nine in the evening of the day before in Bahia.
AT = datetime(2026, 3, 4, 0, 30, tzinfo=UTC)
DAY, DUE = date(2026, 3, 3), date(2026, 8, 30)


def record(page: ServicePage) -> Any:
    head = charter.public(page)
    assert head
    return from_json(head.body)


def editor() -> Any:
    return get_user_model().objects.get_or_create(username="ana", defaults={"email": "ana@prefeitura.example"})[0]


def test_a_service_that_is_published_without_a_day_is_due_in_half_a_year() -> None:
    service = charter.service(charter.body())
    today = timezone.localdate()
    assert service.review_due == record(service).review_due == today + timedelta(days=180)
    # Its draft says so too, so that the next publication keeps it.
    assert service.latest_revision.as_object().review_due == service.review_due


def test_the_city_sets_another_number_of_days_and_an_editor_another_day() -> None:
    City(title="Cidade", review_days=30).save()
    body = charter.body()
    assert charter.service(body, "Um").review_due == timezone.localdate() + timedelta(days=30)
    assert charter.service(body, "Dois", review_due=DUE).review_due == DUE


def test_what_is_scheduled_is_dated_when_it_goes_live() -> None:
    draft = charter.draft_page(charter.body(), ServicePage, "Novo")
    charter.edited(draft, go_live_at=timezone.now() + timedelta(days=3)).publish()
    assert charter.fresh(draft).review_due is None
    revision = charter.fresh(draft).latest_revision
    revision.content |= {"go_live_at": (timezone.now() - timedelta(minutes=1)).isoformat()}
    revision.publish()
    assert charter.fresh(draft).review_due == timezone.localdate() + timedelta(days=180)


def test_a_review_is_recorded_logged_and_public() -> None:
    service = charter.service(charter.body(), review_due=date(2026, 1, 1))
    sequence = PublishedRecord.objects.get(entry_id=service.record_id).sequence
    review = confirm_review(service.pk, by=editor(), at=AT)
    assert (review.user, review.at, review.reviewed_on, review.review_due) == (editor(), AT, DAY, DUE)
    assert (record(service).reviewed_on, record(service).review_due) == (DAY, DUE)
    assert PublishedRecord.objects.get(entry_id=service.record_id).sequence == sequence + 1
    entry = PageLogEntry.objects.get(page=service.pk, action=REVIEWED)
    assert (entry.user, entry.revision, entry.message) == (
        editor(),
        charter.fresh(service).live_revision,
        "Revisado: nada mudou",
    )
    assert entry.data == {"reviewed_on": "2026-03-03", "review_due": "2026-08-30"}


def test_the_page_says_when_it_was_reviewed(client: Any) -> None:
    service = charter.service(charter.body())
    assert "revisado em" not in client.get(service.url).content.decode()
    confirm_review(service.pk, by=editor(), at=AT)
    assert "Conteúdo revisado em 3 de março de 2026." in client.get(service.url).content.decode()


def test_a_review_publishes_no_draft_and_the_draft_keeps_its_dates() -> None:
    service = charter.service(charter.body(), "Marcar consulta")
    draft = charter.edited(service, title="Marcar consulta e exame")
    confirm_review(service.pk, by=editor(), at=AT)
    service = charter.fresh(service)
    assert service.title == record(service).title == "Marcar consulta"
    assert service.has_unpublished_changes
    assert service.latest_revision == draft
    draft.refresh_from_db()
    assert draft.user is None, "who reviewed it has written nothing"
    draft.publish()
    assert (record(service).title, record(service).reviewed_on) == ("Marcar consulta e exame", DAY)


def test_what_is_scheduled_or_older_does_not_undo_a_review() -> None:
    service = charter.service(charter.body(), "Um")
    first = service.latest_revision
    charter.edited(service, title="Dois").publish()
    coming = charter.edited(service, title="Três")
    coming.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    coming.save()
    charter.edited(service, title="Quatro")
    confirm_review(service.pk, by=editor(), at=AT)
    for revision, title in ((coming, "Três"), (first, "Um")):
        revision.refresh_from_db()
        revision.publish()
        assert (record(service).title, record(service).reviewed_on, record(service).review_due) == (title, DAY, DUE)
        assert revision.as_object().review_due is not None


def test_only_what_is_public_is_reviewed() -> None:
    draft = charter.draft_page(charter.body(), ServicePage, "Novo")
    with pytest.raises(NotPublic):
        confirm_review(draft.pk, by=editor(), at=AT)
    assert not Review.objects.exists()


def test_two_clicks_from_the_form_back_to_the_form(clock: Any) -> None:
    clock(AT)
    service = charter.service(charter.body(), review_due=date(2026, 1, 1))
    client = logged_in("redacao")
    address = f"{reverse('conecta_review:confirm', args=[service.pk])}?next={edit_address(service)}"
    assert address.replace("&", "&amp;") in client.get(edit_address(service)).content.decode()
    asked = text_of(client.get(address))
    assert "Este serviço ainda não foi revisado nenhuma vez." in asked
    assert "vence em 30/08/2026" in asked
    assert not Review.objects.exists()
    response = client.post(address, {"next": edit_address(service)}, follow=True)
    assert response.redirect_chain == [(edit_address(service), 302)]
    assert "foi revisado. A próxima revisão vence em 30/08/2026" in text_of(response)
    assert Review.objects.get().user.username == "redacao"
    assert "por redacao" in text_of(client.get(address))


def test_who_may_not_edit_it_may_not_confirm_it(django_user_model: Any, client: Any) -> None:
    service = charter.service(charter.body())
    address = reverse("conecta_review:confirm", args=[service.pk])
    assert client.post(address).status_code == 302
    stranger = django_user_model.objects.create_user("rui", password="x", is_staff=True)
    client.force_login(stranger)
    client.post(address)
    assert not Review.objects.exists()


def test_a_form_that_was_open_meanwhile_does_not_undo_a_review() -> None:
    service = charter.service(charter.body())
    client = admin()
    sent = filled(client, edit_address(service), summary="Outro resumo.", action__publish="1")
    assert "reviewed_on" not in sent
    confirm_review(service.pk, by=editor(), at=AT)
    client.post(edit_address(service), sent)
    assert (record(service).summary, record(service).reviewed_on) == ("Outro resumo.", DAY)
