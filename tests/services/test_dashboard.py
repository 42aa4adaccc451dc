"""The admin's first page: each person's own work, in few queries."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.query_counts import QueryCount
from services.models import Link, LinkUse, SecretariatPage, ServicePage
from tests.services import charter
from tests.services.editing import text_of
from tests.services.newsroom.people import browser, person, set_up

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 18, 12, tzinfo=UTC)


def dead_link(service: ServicePage, url: str = "https://morto.example/") -> None:
    link = Link.objects.create(url=url, host="morto.example", next_at=AT, failing_since=AT, dead_since=AT)
    LinkUse.objects.create(link=link, kind="service", entry_id=service.record_id, place="digital")


def shown(client: Client) -> str:
    return text_of(client.get(reverse("wagtailadmin_home")))


@pytest.fixture
def at(clock: Any) -> None:
    clock(AT)


@pytest.fixture
def body(at: None) -> SecretariatPage:
    set_up()
    return charter.body("Secretaria da Saúde")


def test_what_is_due_what_is_lacking_and_what_is_dead_of_ones_own_body(body: SecretariatPage) -> None:
    other = charter.body("Secretaria de Obras")
    charter.service(body, "Marcar consulta", review_due=date(2026, 3, 10))
    charter.service(body, "Tomar vacina", review_due=date(2026, 9, 1))
    charter.service(other, "Tapar buraco", review_due=date(2026, 3, 1))
    charter.draft_page(body, ServicePage, "Pegar remédio", steps="[]")
    charter.draft_page(other, ServicePage, "Podar árvore", steps="[]")
    dead_link(ServicePage.objects.get(title="Tomar vacina"), "https://morto.example/vacina")
    dead_link(ServicePage.objects.get(title="Tapar buraco"), "https://morto.example/buraco")
    said = shown(browser(person("escreve", "redacao", body=body)))
    assert "Para revisar 1 Marcar consulta A revisão venceu há 8 dias, em 10/03/2026." in said
    assert "Falta o que a lei exige 1 Pegar remédio" in said
    assert "faltam 3 itens da lei" in said
    assert "Links que não abrem 1 Tomar vacina https://morto.example/vacina" in said
    for foreign in ("Tapar buraco", "Podar árvore", "https://morto.example/buraco"):
        assert foreign not in said


def test_of_many_the_first_are_shown_and_the_rest_is_a_click_away(body: SecretariatPage) -> None:
    for number in range(6):
        charter.service(body, f"Serviço {number}", review_due=date(2026, 3, 1) + timedelta(days=number))
    client = browser(person("escreve", "redacao", body=body))
    said = shown(client)
    assert "Para revisar 6 Serviço 0" in said
    assert "Serviço 3" in said
    assert "Serviço 4" not in said
    assert "Ver todos (6)" in said
    assert client.get(reverse("conecta_review:queue")).status_code == 200


def test_what_nobody_finds_is_told_to_whoever_may_mend_it(body: SecretariatPage) -> None:
    today = timezone.localdate(AT)
    for days, number in ((1, 3), (2, 4), (60, 100)):
        QueryCount.objects.create(
            day=today - timedelta(days=days), locale="pt-br", query="chapa", searches=number, without_result=number
        )
    QueryCount.objects.create(day=today, locale="pt-br", query="iptu", searches=5)
    assert "Buscas que não acharam nada 1 “chapa” 7 buscas sem resultado." in shown(
        browser(person("aprova", "comunicacao"))
    )
    assert "chapa" not in shown(browser(person("escreve", "redacao", body=body)))


def test_what_one_wrote_last_is_there_to_go_on_with(body: SecretariatPage) -> None:
    writer = person("escreve", "redacao", body=body)
    page = charter.draft_page(body, ServicePage, "Marcar consulta")
    page.title = "Marcar consulta médica"
    page.save_revision(user=writer, log_action=True)
    assert "O que você escreveu por último" in shown(browser(writer))
    assert "Marcar consulta médica" in shown(browser(writer))
    assert "escreveu por último" not in shown(browser(person("colega", "redacao", body=body)))


def test_who_has_nothing_to_do_reads_of_nothing(body: SecretariatPage) -> None:
    assert "Para cuidar" not in shown(browser(person("escreve", "redacao", body=body)))
