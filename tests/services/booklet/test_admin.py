"""The screen of booklets: what it shows, what it asks for, and what it writes into the register of acts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from services.booklet.making import make_asked
from services.models import BookletEdition, EditionFile
from tests.records import put_record
from tests.services.booklet.town import everything, health

pytestmark = pytest.mark.django_db

INDEX = "/admin/conecta/carta-em-pdf/"


@pytest.fixture
def city() -> None:
    for record in everything():
        put_record(record)


def posted(client: Client, name: str, *args: Any, **data: str) -> str:
    response = client.post(reverse(f"conecta_booklets:{name}", args=args), data, follow=True)
    return str(response.content.decode())


def test_a_booklet_is_asked_for_made_and_in_the_register(city: None, admin_client: Client) -> None:
    page = posted(admin_client, "make", body=health().id, language="pt-br", as_of="")
    assert "Pedido anotado. O livreto fica pronto em cerca de um minuto." in page
    assert "Há um livreto na fila ou sendo feito." in page
    assert make_asked(timezone.now()) == 1
    page = admin_client.get(INDEX).content.decode()
    edition = BookletEdition.objects.get()
    assert "Há um livreto na fila" not in page
    assert "Secretaria da Saúde" in page
    assert f"/carta-de-servicos/{edition.code}/" in page
    assert "Guardar para sempre" in page
    page = posted(admin_client, "keep", edition.code)
    assert "guardada para sempre" in page
    assert "Guardar para sempre" not in page
    actions = ModelLogEntry.objects.filter(action__startswith="conecta.booklet").order_by("timestamp")
    assert [entry.action for entry in actions] == ["conecta.booklet.asked", "conecta.booklet.frozen"]
    assert [str(entry.message) for entry in actions] == ["Livreto pedido", "Edição guardada para sempre"]
    assert {entry.label for entry in actions} == {"Secretaria da Saúde"}


def test_a_day_to_come_is_refused_and_today_is_now(city: None, admin_client: Client, clock: Any) -> None:
    now = datetime(2026, 11, 27, 15, tzinfo=UTC)
    clock(now)
    page = posted(admin_client, "make", body="", language="pt-br", as_of="01/12/2026")
    assert "Escolha um dia que já passou, ou deixe vazio." in page
    assert "01/12/2026" in page
    assert not BookletEdition.objects.exists()
    posted(admin_client, "make", body="", language="pt-br", as_of="27/11/2026")
    assert BookletEdition.objects.get().as_of is None
    posted(admin_client, "make", body="", language="pt-br", as_of="26/11/2026")
    assert BookletEdition.objects.get(as_of="2026-11-26")
    assert "não é uma das" in posted(admin_client, "make", body="zzzzzzzzzz", language="pt-br", as_of="")


def test_the_year_s_table_is_frozen_once(city: None, admin_client: Client) -> None:
    year = timezone.localdate().year
    assert f"Congelar o Quadro Geral de {year}" in admin_client.get(INDEX).content.decode()
    assert f"O Quadro Geral de {year} fica pronto" in posted(admin_client, "general_table")
    page = posted(admin_client, "general_table")
    assert f"O Quadro Geral de {year} já existe e não muda mais." in page
    assert "Congelar" not in page
    assert BookletEdition.objects.count() == 1


def test_a_failure_is_told_and_the_screen_asks_few_questions(
    city: None, admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    at = timezone.now()
    for number in range(20):
        row = BookletEdition.objects.create(
            language="pt-br", state="done", asked_at=at, made_at=at + timedelta(minutes=number)
        )
        EditionFile.objects.create(edition=row, form="pdf", data=b"%PDF-")
    BookletEdition.objects.create(language="pt-br", state="failed", asked_at=at, message="Faltou memória.")
    admin_client.get(INDEX)
    with django_assert_max_num_queries(20):
        page = admin_client.get(INDEX).content.decode()
    assert "Faltou memória." in page
    assert page.count("Guardar para sempre") == 20
