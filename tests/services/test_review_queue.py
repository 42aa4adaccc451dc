"""“Para revisar”: the riskiest first, each with its reasons in words, for any number of services."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from services.derived import publish_derived
from services.models import PublishedRecord, ServicePage
from services.record import Demand, Rating, Service
from services.record.identity import id_of, key_for
from services.reviews.queue import queue
from services.reviews.reviewing import public_services
from tests.records import rating
from tests.services import charter
from tests.services.editing import logged_in, text_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER = date(2026, 12, 1)


def lines() -> dict[str, Any]:
    return {line.title: line for line in queue(public_services(), AT)}


def wanted(query: str, searches: int) -> Demand:
    key = key_for("search", "demand", query)
    return Demand(kind="demand", key=key, id=id_of(key), locale="pt-BR", title=query, searches=searches)


def rated(page: ServicePage, mean: float, count: int) -> Rating:
    row = PublishedRecord.objects.get(kind="service", entry_id=page.record_id)
    return rating(Service.model_validate_json(row.body), mean, count=count)


def test_age_ratings_and_demand_say_why_and_decide_the_order() -> None:
    body = charter.body("Secretaria da Fazenda")
    seen = {"reviewed_on": date(2026, 1, 5)}
    charter.service(body, "Em dia", review_due=LATER, **seen)
    charter.service(body, "Vence em nove dias", review_due=date(2026, 3, 12), **seen)
    charter.service(body, "Venceu ontem", review_due=date(2026, 3, 2))
    wanted_one = charter.service(body, "Emitir o IPTU", popular_names="carnê", review_due=date(2026, 3, 2), **seen)
    disliked = charter.service(body, "Pedir poda", review_due=LATER, **seen)
    publish_derived("rating", [rated(disliked, 1.5, 20), rated(wanted_one, 4.5, 90)], at=AT)
    publish_derived("demand", [wanted("carne do iptu", 900), wanted("poda", 3)], at=AT)
    found = lines()
    assert list(found) == ["Emitir o IPTU", "Venceu ontem", "Pedir poda", "Vence em nove dias"]
    assert found["Emitir o IPTU"].reasons == [
        "A revisão venceu ontem, 02/03/2026.",
        "Muito procurado: 900 buscas em três meses.",
    ]
    assert "Ainda não foi revisado nenhuma vez." in found["Venceu ontem"].reasons
    assert found["Pedir poda"].reasons[0] == "Nota 1,5 de 5, em 20 avaliações."
    assert found["Vence em nove dias"].reasons == ["A revisão vence em 9 dias, em 12/03/2026."]
    assert {line.body for line in found.values()} == {"Secretaria da Fazenda"}


def test_an_import_that_set_no_day_is_due_half_a_year_after_it_was_published() -> None:
    service = charter.service(charter.body())
    for published, due in ((datetime(2026, 2, 1, 12, tzinfo=UTC), False), (datetime(2025, 3, 3, 12, tzinfo=UTC), True)):
        ServicePage.objects.filter(pk=service.pk).update(review_due=None, first_published_at=published)
        assert bool(lines()) == due


def test_drafts_aliases_and_translations_are_not_in_it(source: ServicePage, translator: Any) -> None:
    body = charter.body()
    ServicePage.objects.update(review_due=date(2026, 1, 1))
    charter.draft_page(body, ServicePage, "Rascunho", review_due=date(2026, 1, 1))
    original = charter.service(body, "Um", review_due=date(2026, 1, 1))
    original.create_alias(parent=body, update_slug="um-outro")
    assert sorted(line.title for line in queue(public_services(), AT)) == sorted([source.title, "Um"])


def test_the_list_filters_by_body_and_by_who_looks_after_it(clock: Any) -> None:
    clock(AT)
    ana, rui = (get_user_model().objects.create_user(name, first_name=name.title()) for name in ("ana", "rui"))
    health, finance = charter.body("Saúde"), charter.body("Fazenda")
    past = {"review_due": date(2026, 1, 1)}
    charter.service(health, "De Ana", responsible=ana, **past)
    charter.service(finance, "De Rui", owner=rui, **past)
    charter.service(finance, "De ninguém", **past)
    client = logged_in("comunicacao")
    address = reverse("conecta_review:queue")

    def shown(**chosen: Any) -> set[str]:
        return {line.title for line in client.get(address, chosen).context["object_list"]}

    assert shown() == {"De Ana", "De Rui", "De ninguém"}
    assert shown(body=finance.pk) == {"De Rui", "De ninguém"}
    assert shown(keeper=ana.pk) == {"De Ana"}
    assert shown(keeper=rui.pk) == {"De Rui"}
    assert shown(keeper="none") == {"De ninguém"}
    text = text_of(client.get(address))
    assert "A revisão venceu há 61 dias, em 01/01/2026." in text
    assert "Revisado, nada mudou" in text
    table = client.get(address, {"export": "csv"}).getvalue().decode()
    assert "De Ana,Saúde,Ana,2026-01-01" in table
