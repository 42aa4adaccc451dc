"""Visits, forms, questions, what changed, and the way to a district: through the site's own addresses."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.encoding import iri_to_uri

from home.identity import city_identity
from services import page_sources
from services.models.published import PublishedVersion
from services.record import Entry, Information, Unit
from services.record.form import FormVersion
from services.record.unit import Hours, Visit
from tests import records
from tests.services.portal import MONDAY, entry, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
IGUA, PRADOSO = records.district("Iguá"), records.district("Pradoso")


def bus(*days: int) -> Unit:
    """A bus that stops at Iguá on these days of November, from 8 to noon, and once at Pradoso."""
    stops = [datetime(2026, 11, day, 11, tzinfo=UTC) for day in days]
    visits = [Visit(district=records.ref(IGUA), place="Praça", starts=at, ends=at + timedelta(hours=4)) for at in stops]
    far = datetime(2026, 12, 9, 11, tzinfo=UTC)
    visits.append(Visit(district=records.ref(PRADOSO), starts=far, ends=far + timedelta(hours=4)))
    return records.unit("Ônibus da Cidadania", itinerant=True, visits=visits)


def put(*entries: Entry) -> None:
    for each in entries:
        records.put_record(each)


def kept(record: Entry, *, at: datetime, **fields: Any) -> None:
    """Publish a record with its version, as publishing does."""
    row = records.put_record(record)
    PublishedVersion.objects.create(record=row, sequence=row.sequence, body=row.body, published_at=at, **fields)


def test_this_week_the_next_and_a_district(client: Client, django_assert_num_queries: Any) -> None:
    put(IGUA, PRADOSO, bus(25))
    city_identity()
    page_sources.everything()
    with django_assert_num_queries(1):
        html = page(client, "/visitas/")
    assert "Esta semana" in html
    assert "Quarta-feira, 25/11" in html
    assert IGUA.url in html
    assert "?semana=2026-W50" in html
    of_pradoso = page(client, f"/visitas/?distrito={PRADOSO.id}")
    assert "Nesta semana não há atendimento em Pradoso." in of_pradoso
    assert "O próximo: quarta-feira, 09/12/2026, das 8h às 12h." in of_pradoso
    assert f"/visitas.ics?distrito={PRADOSO.id}" in of_pradoso
    assert "Quarta-feira, 09/12" in page(client, "/visitas/?semana=2026-W50")


def test_a_week_that_is_over_says_so_and_what_names_no_week_is_this_one(client: Client) -> None:
    put(IGUA, bus(4))
    assert "Esta semana já passou." in page(client, "/visitas/?semana=2026-W45")
    assert "Nesta semana não há atendimento itinerante." in page(client, "/visitas/?semana=99&distrito=nada%00")


def test_without_any_visit(client: Client) -> None:
    assert "Nenhum atendimento marcado por enquanto." in page(client, "/visitas/")


def test_a_district_is_chosen_without_a_script(client: Client) -> None:
    put(IGUA)
    for name in (IGUA.id, "iguá"):
        response = client.get("/perto/", {"distrito": name})
        assert (response.status_code, response["Location"]) == (302, iri_to_uri(IGUA.url))
    for name in ("", "nada", "a\0b"):
        assert client.get("/perto/", {"distrito": name})["Location"] == "/distritos/"


def test_a_district_has_its_units_visits_and_what_is_given_there(client: Client) -> None:
    post = records.unit(district=records.ref(IGUA), hours=[Hours(days=["mon"], opens="08:00", closes="14:00")])
    coming = bus(25)
    there, on_the_bus = records.service("Vacinar"), records.service("Cadastrar")
    there = there.model_copy(update={"units": [records.ref(post)]})
    on_the_bus = on_the_bus.model_copy(update={"units": [records.ref(coming)]})
    put(IGUA, PRADOSO, post, coming, there, on_the_bus, records.service("Longe", secretariat=None))
    html = page(client, IGUA.url)
    for text in ("Aberto agora, até 14h", "Quarta-feira, 25/11/2026", there.title, on_the_bus.title, "visitas.ics"):
        assert text in html, text
    assert "Longe" not in html
    assert "09/12/2026" not in html


def test_a_village_without_anything_leads_to_its_district(client: Client) -> None:
    village = records.district("Capinal", parent=records.ref(PRADOSO))
    put(PRADOSO, village)
    html = page(client, village.url)
    assert "Não há unidade de atendimento aqui." in html
    assert f'<a href="{PRADOSO.url}#unidades">Pradoso</a>' in html
    assert f'<a href="{village.url}">Capinal</a>' in page(client, PRADOSO.url)


def test_a_unit_whose_week_is_unusual_tells_it_day_by_day(client: Client) -> None:
    put(
        records.unit(
            hours=[Hours(days=["mon", "wed"], opens="08:00", closes="14:00")],
            hours_exceptions=[{"starts": "2026-11-25", "ends": "2026-11-25", "message": "Mutirão"}],
            coordinates={"latitude": "-14.866100", "longitude": "-40.839400"},
        ),
        records.unit("Posto Novo"),
    )
    html = page(client, "/unidades/posto-central/")
    table = html.split('class="c-week"')[1].split("</table>")[0]
    assert "Hoje</th><td>8h às 14h" in table
    assert "Quarta-feira, 25/11</th><td>fechado" in table
    assert "(Mutirão)" in table
    assert '<details class="c-details" open>' in html
    assert 'href="geo:-14.866100,-40.839400"' in html
    assert "c-week" not in page(client, "/unidades/posto-novo/")


def test_units_say_whether_they_are_open_and_are_narrowed(client: Client, django_assert_num_queries: Any) -> None:
    post = records.unit(
        district=records.ref(PRADOSO),
        hours=[Hours(days=["mon"], opens="08:00", closes="14:00")],
        address={"street": "Rua A", "number": "10"},
    )
    put(IGUA, PRADOSO, post, bus(25), records.unit("Posto Novo"))
    city_identity()
    page_sources.everything()
    with django_assert_num_queries(1):
        html = page(client, "/unidades/")
    for text in ("Aberto agora, até 14h", "Rua A, 10 · Pradoso", "Próximo atendimento", "Posto Novo"):
        assert text in html, text
    narrowed = page(client, f"/unidades/?distrito={IGUA.id}")
    assert "Ônibus da Cidadania" in narrowed
    assert "Posto" not in narrowed
    assert "Posto Novo" in page(client, "/unidades/?distrito=nada")


def test_of_very_many_units_the_names_are_told(client: Client) -> None:
    hours = [Hours(days=["mon"], opens="08:00", closes="14:00")]
    put(PRADOSO, *(records.unit(f"Posto {number}", hours=hours) for number in range(150)))
    put(records.unit("Posto do Pradoso", hours=hours, district=records.ref(PRADOSO)))
    html = page(client, "/unidades/")
    assert "Posto 149" in html
    assert "Aberto" not in html
    assert "Aberto agora, até 14h" in page(client, f"/unidades/?distrito={PRADOSO.id}")


def test_forms_tell_their_version_and_are_narrowed(client: Client, django_assert_num_queries: Any) -> None:
    versions = [
        FormVersion(label="v3", valid_from=date(2027, 1, 1), url="/d/3.pdf"),
        FormVersion(label="v2", valid_from=date(2026, 1, 1), url="/d/2.pdf"),
    ]
    health, taxes = records.secretariat("Saúde"), records.secretariat("Finanças")
    put(
        records.form("Isenção de IPTU", code="SF-2", secretariat=records.ref(taxes), versions=versions),
        records.form("Ficha médica", secretariat=records.ref(health)),
    )
    city_identity()
    page_sources.everything()
    with django_assert_num_queries(1):
        html = page(client, "/formularios/")
    for text in ("2 formulários", "v2, vale desde 01/01/2026", "/d/2.pdf", "a partir de 01/01/2027", "SF-2"):
        assert text in html, text
    assert "/d/3.pdf" not in html
    assert "Ainda não está disponível." in html
    assert "Ficha médica" not in page(client, "/formularios/?nome=isencao%20sf")
    assert "Isenção" not in page(client, f"/formularios/?orgao={health.id}")
    nothing = page(client, "/formularios/?nome=%3Cb%3E")
    assert "Nenhum formulário com esse nome." in nothing
    assert "<b>" not in nothing


def test_without_any_form_or_question(client: Client) -> None:
    for path in ("/formularios/", "/perguntas/", "/unidades/"):
        assert "Ainda não há nada publicado aqui." in page(client, path), path


def test_questions_have_their_answers_on_the_spot(client: Client) -> None:
    taxes, health = records.topic("Impostos"), records.topic("Saúde")

    def asked(title: str, topic: Any, **fields: Any) -> Information:
        fields = {"type": "question", "url": f"/{title}/", "topics": [records.ref(topic)]} | fields
        return entry(Information, "information", title, **fields)

    put(
        asked("Onde pago?", taxes, body="<p>No <em>banco</em>.</p>"),
        asked("Quando abre?", health, summary="Às 8h."),
        asked("Guia", health, type="guidance"),
    )
    html = page(client, "/perguntas/")
    assert "No <em>banco</em>." in html
    assert "Às 8h." in html
    assert "Guia" not in html
    assert "Onde pago?" not in page(client, f"/perguntas/?tema={health.id}")
    assert "Onde pago?" in page(client, "/perguntas/?tema=nada")


def test_what_changed_is_told_by_day_in_plain_words(client: Client, django_assert_num_queries: Any) -> None:
    user = get_user_model().objects.create_user("fulana", first_name="Fulana")
    first = records.service("Podar")
    kept(first, at=MONDAY - timedelta(days=3))
    kept(first.model_copy(update={"summary": "Outro resumo."}), at=MONDAY - timedelta(days=1), user=user)
    kept(records.service("Varrer"), at=MONDAY - timedelta(days=1))
    kept(records.topic("Rua"), at=MONDAY)
    kept(records.city(), at=MONDAY)
    kept(records.demand("iptu"), at=MONDAY)
    city_identity()
    page_sources.everything()
    with django_assert_num_queries(3):
        html = page(client, "/o-que-mudou/")
    days = ["23 de novembro de 2026", "22 de novembro de 2026", "20 de novembro de 2026"]
    places = [html.index(day) for day in days]
    assert places == sorted(places)
    assert html.count("página nova.") == 3
    assert "mudou: Resumo." in " ".join(html.split())
    assert "Fulana" not in html
    assert "iptu" not in html.split("<main")[1].split("</main>")[0]
    assert "/atualizacoes.xml" in html


def test_what_is_gone_is_told_no_more_and_older_changes_have_pages(client: Client) -> None:
    for number in range(32):
        kept(records.service(f"Serviço {number}"), at=MONDAY - timedelta(days=number))
    records.remove_record(records.put_record(records.service("Serviço 31")))
    html = page(client, "/o-que-mudou/")
    assert ">Serviço 30<" in html
    assert ">Serviço 31<" not in html
    assert 'href="?pagina=2"' in html
    older = page(client, "/o-que-mudou/?pagina=2")
    assert ">Serviço 0<" in older
    assert 'href="/o-que-mudou/"' in older
    for wrong in ("0", "-1", "x", "9999"):
        assert client.get("/o-que-mudou/", {"pagina": wrong}).status_code == 200


def test_without_any_change(client: Client) -> None:
    assert "Nenhuma mudança por enquanto." in page(client, "/o-que-mudou/")


@pytest.mark.parametrize("path", ["/visitas/", "/formularios/", "/perguntas/", "/o-que-mudou/", "/unidades/"])
def test_each_is_the_same_for_all_and_again_only_when_it_changes(client: Client, path: str) -> None:
    first = client.get(path)
    assert first["Cache-Control"].startswith("public, max-age=")
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405
    assert not first.cookies
    assert client.get(f"/es{path}").status_code == 200
