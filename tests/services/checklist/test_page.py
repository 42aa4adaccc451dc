"""A checklist at its own address: asked, listed, or told what else to do; nothing of it is kept."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from services.cases import CASE, NONE, key_of, questions_of
from services.interchange import FORMATS, open_source
from services.record import City, Service
from tests.records import put_record, service, unit
from tests.services.checklist.cases import AGE, WORK, for_everybody, mixed, only_words, when, without_a_way
from tests.services.portal import MONDAY, entry, page

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "federal_v3"


def address(record: Service, **answers: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in answers.items())
    return f"{record.url}vale-para-mim/" + (f"?{query}" if query else "")


@pytest.fixture
def record() -> Service:
    found = mixed()
    put_record(found)
    return found


def ticks(html: str) -> list[str]:
    return re.findall(r'data-tick="[a-z2-7]+"> <span>([^<]*)', html)


def test_it_asks_what_the_cases_hang_on(client: Client, record: Service) -> None:
    html = page(client, address(record)).partition("<main")[2]
    for title in (AGE.title, WORK.title, "Qual é o seu caso?", "Nenhum destes", "Responda a 3 perguntas"):
        assert title in html
    assert html.count('type="radio"') == 4
    assert html.count('type="checkbox"') == 3
    assert "Se for indígena &amp; &lt;jovem&gt;" in html
    assert ticks(html) == []
    assert "noindex" not in page(client, address(record))


def test_answers_give_the_list_and_no_more(client: Client, record: Service) -> None:
    html = page(client, address(record, **{AGE.id: "menor", WORK.id: "sim", CASE: NONE}))
    assert ticks(html) == ["RG", "Autorização dos pais", "Carteira de trabalho", "1. Pedir"]
    assert "Taxa" not in html
    grown = page(client, address(record, **{AGE.id: "adulto", WORK.id: "não", CASE: key_of("Se for estrangeiro")}))
    assert ticks(grown) == ["RG", "Carteira de trabalho", "Passaporte", "1. Pedir", "2. Pagar"]
    assert "12,50" in grown
    assert "Se for estrangeiro" in grown


def test_several_cases_in_words_hold_at_once(client: Client, record: Service) -> None:
    both = f"&caso={key_of('Se for estrangeiro')}&caso={key_of('Se for indígena & <jovem>')}&caso={NONE}"
    html = page(client, address(record, **{AGE.id: "menor", WORK.id: "sim"}) + both)
    assert ticks(html)[3:6] == ["Passaporte", "RANI", "Foto"]


def test_a_link_gives_the_same_list_and_goes_to_whatsapp(client: Client, record: Service) -> None:
    query = {AGE.id: "menor", WORK.id: "não", CASE: NONE, "utm_source": "whatsapp"}
    html = page(client, address(record, **query))
    shared = re.search(r'class="c-ticks__address"><a href="([^"]+)"', html)
    assert shared is not None
    link = shared.group(1).replace("&amp;", "&")
    assert link.startswith("http://testserver")
    assert "utm_source" not in link
    assert ticks(page(client, link.removeprefix("http://testserver"))) == ticks(html)
    assert "https://wa.me/?text=" in html
    # On paper, a code leads to it.
    assert html.count('class="qrline"') == 1


def test_what_is_missing_is_asked_for_and_what_was_said_stays(client: Client, record: Service) -> None:
    html = page(client, address(record, **{AGE.id: "menor", WORK.id: "sei-la"}))
    assert html.count("falta responder") == 2
    assert f'href="#pergunta-{WORK.id}"' in html
    assert f'id="pergunta-{WORK.id}"' in html
    assert f'href="#pergunta-{AGE.id}"' not in html
    assert 'value="menor" required checked' in html
    assert "Falta responder" in html


def test_answers_are_for_no_shared_cache_and_no_search_engine(client: Client, record: Service) -> None:
    plain = client.get(address(record))
    assert plain["Cache-Control"].startswith("public")
    answered = client.get(address(record, **{AGE.id: "menor"}))
    assert answered["Cache-Control"].startswith("private")
    assert '<meta name="robots" content="noindex">' in answered.content.decode()
    assert answered.cookies == {}
    again = client.get(address(record, **{AGE.id: "menor"}), headers={"If-None-Match": answered["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("tail", ["?nada=1", None])
def test_for_whom_nothing_fits_is_told_what_else_to_do(client: Client, tail: str | None) -> None:
    found = without_a_way().model_copy(
        update={"contact": "<p>Ligue para a Setor de Obras.</p>", "requirements": "<p>Morar na cidade.</p>"}
    )
    put_record(found)
    put_record(entry(City, "city", "Cidade", contacts=[{"type": "phone", "value": "162"}]))
    words = key_of("Menores")
    no_way = address(found, **{WORK.id: "não", CASE: words})
    html = page(client, address(found) + tail if tail else no_way)
    for words in (
        "O que fazer se não vale para você",
        "Morar na cidade.",
        "Setor de Obras",
        "162",
        "Responder de novo",
    ):
        assert words in html
    assert ticks(html) == []
    assert "O que fazer" not in page(client, address(found, **{WORK.id: "sim", CASE: NONE}))


def test_without_cases_there_is_nothing_to_ask(client: Client) -> None:
    found = for_everybody()
    put_record(found)
    html = page(client, address(found))
    assert ticks(html) == ["1. Ligar"]
    assert '<form class="c-ask"' not in html
    assert "Lista para marcar e imprimir" in page(client, found.url)


def test_the_service_leads_to_it(client: Client, record: Service) -> None:
    html = page(client, record.url)
    assert f'href="{record.url}vale-para-mim/"' in html
    assert "Responda a 3 perguntas" in html


def test_cases_in_words_ask_one_question(client: Client) -> None:
    put_record(only_words())
    html = page(client, address(only_words()))
    assert html.partition("<main")[2].count("<legend>") == 1
    assert "Qual é o seu caso?" in html


def test_a_charter_of_another_system_asks_for_the_case_alone(client: Client) -> None:
    read = FORMATS["federal-v3"].read
    assert read is not None
    records = list(read(open_source(SAMPLES / "ligar-agua.xml", FORMATS["federal-v3"].suffixes)).records)
    found = next(each for each in records if isinstance(each, Service)).model_copy(update={"url": "/sae/ligar-agua/"})
    assert [question.id for question in questions_of(found)] == [CASE]
    put_record(found)
    html = page(client, address(found))
    assert re.findall(r"<legend>(.*?)</legend>", html.partition("<main")[2]) == ["Qual é o seu caso?"]
    assert "Quem está no Cadastro Único" in html
    one = page(client, address(found, caso=key_of("Quem está no Cadastro Único")))
    none = page(client, address(found, caso=NONE))
    assert len(ticks(one)) + one.count('class="c-fees"') >= len(ticks(none))
    assert one != none


def test_places_are_shown_where_one_has_to_go(client: Client) -> None:
    there = unit("Posto Central")
    steps = [
        {
            "title": "Pedir",
            "channels": {
                "default": [{"type": "phone"}],
                "cases": [{"condition": when(WORK, "sim"), "items": [{"type": "in_person"}]}],
            },
        }
    ]
    ref = {"kind": "unit", "id": there.id, "title": there.title, "url": there.url}
    found = service("Pedir obra", questions=[WORK], steps=steps, units=[ref])
    put_record(found)
    put_record(there)
    assert "Posto Central" in page(client, address(found, **{WORK.id: "sim"}))
    assert "Posto Central" not in page(client, address(found, **{WORK.id: "não"}))


def test_a_suspended_service_says_so(client: Client) -> None:
    starts = (MONDAY - timedelta(days=400)).isoformat()
    found = service("Parado", suspensions=[{"starts": starts, "message": "Em obras."}])
    put_record(found)
    assert "Em obras." in page(client, address(found))


@pytest.mark.parametrize("query", ["?nada=1", "?caso=%00", "?x[]=1&%ff=2", "?" + "a=1&" * 300])
def test_any_query_is_answered(client: Client, record: Service, query: str) -> None:
    assert client.get(address(record) + query).status_code == 200


def test_of_what_is_no_service_there_is_none(client: Client, record: Service) -> None:
    there = unit("Posto")
    put_record(there)
    assert client.get(f"{there.url}vale-para-mim/").status_code == 404
    assert client.get("/nada/vale-para-mim/").status_code == 404
    assert client.post(address(record)).status_code == 405
    # An entry may have the address itself.
    put_record(service("Outra coisa", url=address(record)))
    assert "Outra coisa" in page(client, address(record))


def test_queries(client: Client, record: Service, django_assert_max_num_queries: Any) -> None:
    client.get(address(record))
    with django_assert_max_num_queries(2):
        client.get(address(record, **{AGE.id: "menor"}))
