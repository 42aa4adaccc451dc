"""What the first page gives: what most people look for, the way to one's district, this week's visits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from home import identity, sought_now
from home.front import front
from home.identity import Link, city_identity
from home.models import Highlight, HomePage
from services.record.identity import id_of
from services.record.unit import Visit
from tests import records
from tests.services.portal import MONDAY, page

pytestmark = pytest.mark.django_db
WANTED = ("Podar uma árvore", "Vacinar o cachorro", "Emitir o boleto", "Matricular na escola")


@pytest.fixture(autouse=True)
def _fresh(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    # On a busy machine the first page takes longer than the city's identity is kept.
    monkeypatch.setattr(identity, "_SECONDS", 600.0)
    sought_now.forget()
    yield
    sought_now.forget()


def asked(**queries: int) -> None:
    for query, times in queries.items():
        records.put_record(records.demand(query, searches=times))


def order_of(html: str, *titles: str) -> list[str]:
    section = html.split('id="mais-procurados"')[1].split("</section>")[0]
    return sorted((title for title in titles if title in section), key=section.index)


def test_what_most_people_look_for_comes_first(client: Client) -> None:
    for title in (*WANTED, "Esquecido"):
        records.put_record(records.service(title))
    asked(podar=20, cachorro=40, boleto=30, escola=10, arvore=15)
    html = page(client, "/")
    assert "O que mais procuram agora" in html
    assert order_of(html, *WANTED) == [WANTED[1], WANTED[2], WANTED[0], WANTED[3]]
    assert "Esquecido" not in html


def test_what_the_city_has_chosen_fills_up_and_stands_alone_while_too_little_is_known(client: Client) -> None:
    home = HomePage.objects.get()
    chosen = home.add_child(instance=Page(title="Escolhido"))
    Highlight.objects.create(page=home, service=chosen)
    key = chosen.translation_key
    records.put_record(records.service("Escolhido", key=key, id=id_of(key)))
    for title in WANTED:
        records.put_record(records.service(title))
    asked(podar=20, cachorro=40)
    html = page(client, "/")
    assert "Serviços mais úteis" in html
    assert order_of(html, *WANTED, "Escolhido") == ["Escolhido"]
    asked(boleto=30, escola=10)
    sought_now.forget()
    assert order_of(page(client, "/"), *WANTED, "Escolhido")[-1] == "Escolhido"


def test_queries_without_result_lead_nowhere(client: Client) -> None:
    records.put_record(records.service("Podar uma árvore"))
    records.put_record(records.demand("podar", searches=20, without_result=20))
    assert sought_now.sought_now("pt-br") == []


def test_an_entry_that_is_gone_since_is_not_shown(client: Client) -> None:
    rows = [records.put_record(records.service(title)) for title in WANTED]
    asked(podar=20, cachorro=40, boleto=30, escola=10)
    assert WANTED[0] in page(client, "/")
    records.remove_record(rows[0])
    assert WANTED[0] not in page(client, "/")


def test_the_first_page_asks_two_queries_beside_wagtails_four(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    home = HomePage.objects.get()
    Highlight.objects.create(page=home, service=home.add_child(instance=Page(title="Escolhido")))
    for title in WANTED:
        records.put_record(records.service(title))
    for place in range(12):
        records.put_record(records.district(f"Distrito {place}"))
    asked(podar=20, cachorro=40, boleto=30, escola=10)
    page(client, "/")
    city_identity()
    with django_assert_max_num_queries(6):
        page(client, "/")
    with django_assert_max_num_queries(1):
        front(language="pt-br", chosen=[], at=MONDAY)


def stop(at: datetime, place: Any) -> Visit:
    return Visit(district=records.ref(place), starts=at, ends=at + timedelta(hours=4))


def test_districts_to_choose_from_and_the_weeks_visits(client: Client) -> None:
    igua, pradoso = records.district("Iguá"), records.district("Pradoso")
    for record in (igua, pradoso, records.district("Capinal", parent=records.ref(pradoso))):
        records.put_record(record)
    visits = [stop(MONDAY + timedelta(days=days), igua) for days in (-1, 2, 9)]
    records.put_record(records.unit("Ônibus", visits=visits))
    html = page(client, "/")
    assert f'<option value="{igua.id}">Iguá</option>' in html
    assert "Capinal" not in html
    assert "Esta semana, a Prefeitura vai até você" in html
    assert "quarta-feira, 25/11/2026, das 10h às 14h" in html
    assert "02/12/2026" not in html
    assert 'action="/perto/"' in html


def test_without_a_visit_this_week_the_next_one_is_told(client: Client) -> None:
    igua = records.district("Iguá")
    records.put_record(igua)
    records.put_record(records.unit("Ônibus", visits=[stop(MONDAY + timedelta(days=days), igua) for days in (20, 30)]))
    html = page(client, "/")
    assert "O próximo atendimento itinerante" in html
    assert "13/12/2026" in html
    assert "23/12/2026" not in html


def test_a_city_without_districts_or_visits_is_asked_for_none(client: Client) -> None:
    html = page(client, "/")
    assert 'id="perto"' not in html
    assert 'id="visitas"' not in html
    assert 'id="transparencia"' not in html


def test_three_hundred_districts_are_no_list_to_choose_from(client: Client) -> None:
    for number in range(61):
        records.put_record(records.district(f"Distrito {number}"))
    assert "<select" not in page(client, "/")


def test_links_of_the_city_have_names_and_say_what_is_there() -> None:
    esic, other = Link("esic", "", "https://e.example/"), Link("other", "Outro", "https://o.example/")
    assert (esic.label, other.label) == ("Pedido de informação (e-SIC)", "Outro")
    assert "20 dias" in esic.about
    assert other.about == ""
