"""The spreadsheet in the admin: seen before anything is done, drafts only, of one's own body only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from services.models import PublishedRecord, ServicePage, UploadedSheet
from services.sheets import plans, sheet_views, writing_drafts
from services.sheets.differences import differences
from services.sheets.keeping import KEPT, forget_old
from tests.services import charter
from tests.services.editing import text_of
from tests.services.interchange import small_city
from tests.services.many import many
from tests.services.newsroom import world
from tests.services.newsroom.people import browser, person
from tests.services.sheets.files import changed, confirm, csv_text, download, rows_of, upload, xlsx

pytestmark = pytest.mark.django_db

NEW = {
    "Serviços": [
        ["Código", "Órgão", "Nome", "Resumo", "Prazo", "Grátis", "Temas"],
        ["", "SMS", "Emitir cartão do SUS", "Um cartão novo.", "Até 5 dias úteis", "Sim", "Impostos"],
        ["", "SEFIN", "Parcelar dívida", "Em até 60 vezes.", "Na hora", "Sim", ""],
        ["", "SMS", "Marcar exame", "Marque aqui.", "Até 5 dias", "talvez", "Pesca"],
    ],
    "Etapas": [
        ["Código", "Nome", "Etapa", "Título", "Explicação"],
        ["", "Emitir cartão do SUS", 1, "Ir ao posto", "Leve os documentos.\n\nEspere a sua vez."],
        ["", "Emitir cartão do SUS", 2, "Pegar o cartão", ""],
        ["", "Marcar exame", 1, "Pedir", ""],
        ["", "Serviço que não há", 1, "Pedir", ""],
    ],
    "Documentos": [["Nome", "Etapa", "Documento"], ["Emitir cartão do SUS", 1, "RG"]],
    "Custos": [["Nome", "Custo", "Valor"], ["Emitir cartão do SUS", "Segunda via", 12.5]],
    "Canais": [["Nome", "Etapa", "Tipo", "Como usar"], ["Emitir cartão do SUS", 2, "Presencial", "Posto Central"]],
}


@pytest.fixture
def city() -> world.World:
    return world.build("Redação")


def draft_of(title: str) -> ServicePage:
    return ServicePage.objects.get(draft_title=title).get_latest_revision_as_object()


def test_a_spreadsheet_is_seen_first_and_then_drafted(city: world.World) -> None:
    before = ServicePage.objects.count()
    seen = upload(city.client, xlsx(NEW))
    plan = seen.context["plan"]
    assert [row.what for row in plan.rows] == ["new", "problem", "problem"]
    assert ServicePage.objects.count() == before
    said = text_of(seen)
    for sentence in (
        "1 serviço novo",
        "Gravar 1 rascunho",
        "Serviços, linha 3, Órgão: você não escreve para o órgão “SEFIN”",
        "Serviços, linha 4, Prazo: diga se são dias úteis ou dias corridos",
        "Serviços, linha 4, Grátis: escreva Sim ou Não, e não “talvez”",
        "Serviços, linha 4, Temas: não há “Pesca” nesta carta",
        "Etapas, linha 5, Nome: este serviço não está na folha Serviços",
        "Para ir ao ar, ainda falta",
    ):
        assert sentence in said, (sentence, said)

    done = text_of(confirm(city.client, seen))
    assert "1 rascunho gravado" in done
    page = ServicePage.objects.get(title="Emitir cartão do SUS")
    assert not page.live
    assert page.get_parent().pk == city.own.pk
    assert page.owner == city.user
    draft = page.get_latest_revision_as_object()
    assert (draft.summary, draft.time_type, draft.time_max, draft.free) == ("Um cartão novo.", "up_to", 5, True)
    first, second = (block.value for block in draft.steps)
    assert (first["title"], second["title"]) == ("Ir ao posto", "Pegar o cartão")
    assert first["description"].source == "<p>Leve os documentos.</p><p>Espere a sua vez.</p>"
    assert first["documents"]["default"][0]["name"] == "RG"
    assert str(first["fees"]["default"][0]["amount"]) == "12.50"
    assert second["channels"]["default"][0]["text"] == "Posto Central"
    assert list(draft.topics.all()) == [city.topic]
    entry = PageLogEntry.objects.get(action="conecta.sheet.draft")
    assert (entry.user, entry.page_id) == (city.user, page.pk)
    assert page.latest_revision.user == city.user
    assert not PublishedRecord.objects.filter(entry_id=page.record_id).exists()
    assert ServicePage.objects.count() == before + 1
    assert not UploadedSheet.objects.exists()


def test_the_same_file_again_changes_nothing(city: world.World) -> None:
    confirm(city.client, upload(city.client, xlsx(NEW)))
    revision = ServicePage.objects.get(title="Emitir cartão do SUS").latest_revision_id
    again = upload(city.client, xlsx(NEW))
    assert [row.what for row in again.context["plan"].rows] == ["equal", "problem", "problem"]
    assert "Não há nada para gravar" in text_of(again)
    confirm(city.client, again)
    assert ServicePage.objects.get(title="Emitir cartão do SUS").latest_revision_id == revision


def test_what_is_downloaded_and_not_changed_is_equal(city: world.World) -> None:
    data = download(city.client, city.own.record_id)
    assert [row["Nome"] for row in rows_of(data)] == ["Marcar consulta", "Tomar vacina"]
    plan = upload(city.client, data).context["plan"]
    assert [row.what for row in plan.rows] == ["equal", "equal"]
    assert not plan.problem_count
    assert not plan.notes


def test_only_what_was_written_over_changes(city: world.World) -> None:
    data = download(city.client, city.own.record_id)
    data = changed(
        data, {"Serviços": {3: {"Resumo": "Contra a gripe."}}, "Documentos": {3: {"Observação": "original"}}}
    )
    seen = upload(city.client, data)
    plan = seen.context["plan"]
    assert [row.what for row in plan.rows] == ["equal", "changed"]
    assert [found.name for found in plan.rows[1].differences] == ["Resumo", "Documentos"]
    assert '<span class="addition">Contra a gripe' in seen.content.decode()
    public = charter.public(city.live).etag
    confirm(city.client, seen)
    draft = draft_of("Tomar vacina")
    assert draft.summary == "Contra a gripe."
    assert draft.steps[0].value["documents"]["default"][0]["note"] == "original"
    # What the sheet has no column for is as it was, and what is public too.
    assert draft.standard_priority == "<p>Pessoas idosas.</p>"
    assert charter.public(city.live).etag == public
    assert charter.fresh(city.live).has_unpublished_changes


def test_of_another_body_nothing_is_read_or_written(city: world.World) -> None:
    assert city.client.get(reverse("conecta_sheets:services"), {"orgao": city.other.record_id}).status_code == 404
    rows = [
        ["Código", "Órgão", "Nome", "Resumo"],
        [city.other_draft.record_id, "SMS", "Tomado", "Tomado."],
        [city.other_draft.record_id, "SEFIN", "Tomado", "Tomado."],
        [city.live.record_id, "SMS", "Tomar vacina", "Contra a gripe."],
    ]
    seen = upload(city.client, xlsx({"Serviços": rows}))
    assert [row.what for row in seen.context["plan"].rows] == ["problem", "problem", "changed"]
    assert "secreta" not in text_of(seen)
    confirm(city.client, seen)
    assert charter.fresh(city.other_draft).latest_revision_id == city.other_draft.latest_revision_id
    assert draft_of("Tomar vacina").summary == "Contra a gripe."


def test_what_changed_between_the_look_and_the_act_is_seen_again(city: world.World) -> None:
    rows = [["Código", "Órgão", "Nome", "Resumo"], [city.live.record_id, "SMS", "Tomar vacina", "Da planilha."]]
    seen = upload(city.client, xlsx({"Serviços": rows}))
    charter.edited(city.live, summary="De outra pessoa.")
    again = confirm(city.client, seen)
    assert "Alguma coisa mudou desde que você conferiu" in text_of(again)
    assert draft_of("Tomar vacina").summary == "De outra pessoa."
    assert "De outra pessoa" in again.context["plan"].rows[0].differences[0].before
    confirm(city.client, again)
    assert draft_of("Tomar vacina").summary == "Da planilha."


def test_what_changes_after_the_comparison_is_left(city: world.World, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ["Código", "Órgão", "Nome", "Resumo"],
        [city.live.record_id, "SMS", "Tomar vacina", "Da planilha."],
        [city.draft.record_id, "SMS", "Marcar consulta", "Da planilha."],
    ]
    seen = upload(city.client, xlsx({"Serviços": rows}))

    def late(planned, *, user):
        charter.edited(city.live, summary="De outra pessoa.")
        return writing_drafts.write_drafts(planned, user=user)

    monkeypatch.setattr(sheet_views, "write_drafts", late)
    said = text_of(confirm(city.client, seen))
    assert "Tomar vacina : alguém mudou este serviço enquanto isso" in said
    assert draft_of("Tomar vacina").summary == "De outra pessoa."
    assert draft_of("Marcar consulta").summary == "Da planilha."


def test_the_file_is_its_owners_and_expires(city: world.World) -> None:
    seen = upload(city.client, xlsx(NEW))
    address = seen.request["PATH_INFO"]
    other = browser(person("outra", "redacao", body=city.own))
    assert other.get(address).status_code == 302
    assert confirm(other, seen).status_code == 302
    UploadedSheet.objects.update(created_at=timezone.now() - timedelta(hours=3))
    assert confirm(city.client, seen).status_code == 302
    assert not ServicePage.objects.filter(title="Emitir cartão do SUS").exists()
    upload(city.client, xlsx(NEW))
    assert UploadedSheet.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("Redação", True),
        ("Revisão", True),
        ("Comunicação", True),
        ("Superuser", True),
        ("Ouvidoria", False),
        ("Controle", False),
        ("Administração", False),
    ],
)
def test_who_may(role: str, may: bool) -> None:
    client = world.build(role).client
    index = reverse("conecta_sheets:index")
    assert (client.get(index).status_code == 200) is may
    assert (client.get(reverse("conecta_sheets:template")).status_code == 200) is may
    assert (index in client.get("/admin/").content.decode()) is may
    assert client.post(index, {}).status_code == (200 if may else 302)


def test_a_superuser_publishes_nothing_by_it() -> None:
    city = world.build("Superuser")
    rows = [["Código", "Órgão", "Nome", "Resumo"], [city.live.record_id, "SMS", "Tomar vacina", "Da planilha."]]
    public = charter.public(city.live).etag
    assert "1 rascunho gravado" in text_of(confirm(city.client, upload(city.client, xlsx({"Serviços": rows}))))
    assert charter.public(city.live).etag == public


def test_what_is_in_review_or_locked_is_left(city: world.World) -> None:
    rows = [["Código", "Órgão", "Nome", "Resumo"], [city.draft.record_id, "SMS", "Marcar consulta", "Da planilha."]]
    city.draft.get_workflow().start(city.draft, city.user)
    seen = upload(city.client, xlsx({"Serviços": rows}))
    assert [row.what for row in seen.context["plan"].rows] == ["problem"]
    assert "em revisão" in text_of(seen)


def test_a_csv_changes_what_it_has_columns_for(city: world.World) -> None:
    rows = [["Código", "Órgão", "Nome", "Sigla"], [city.live.record_id, "SMS", "Tomar vacina", "VAC"]]
    seen = upload(city.client, csv_text(rows).encode("cp1252"), "servicos.csv")
    assert [found.name for found in seen.context["plan"].rows[0].differences] == ["Sigla"]
    confirm(city.client, seen)
    assert draft_of("Tomar vacina").acronym == "VAC"
    assert len(draft_of("Tomar vacina").steps) == 1


def test_a_long_sheet_is_looked_at_and_written_in_parts(city: world.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "PART", 2)
    names = ["Emitir alvará", "Pedir poda", "Tapar buraco", "Emitir Alvará", "Trocar lâmpada"]
    sheets = {
        "Serviços": [["Código", "Órgão", "Nome", "Coisa"], *[["", "SMS", name, ""] for name in names]],
        "Etapas": [["Nome", "Etapa", "Título"], ["Trocar lâmpada", 1, "Ligar para 156"], ["Nada", 1, "Ir"]],
    }
    seen = upload(city.client, xlsx(sheets))
    assert "Parte 1 de 3" in text_of(seen)
    assert [row.title for row in seen.context["plan"].rows] == names[:2]
    # What is of no service is told once.
    assert [problem.sheet for problem in seen.context["plan"].problems] == ["Etapas"]
    assert seen.context["plan"].notes
    done = confirm(city.client, seen)
    assert "2 rascunhos gravados" in text_of(done)
    address = seen.request["PATH_INFO"]
    assert f"{address}?parte=2" in done.content.decode()
    second = city.client.get(f"{address}?parte=2")
    assert [row.what for row in second.context["plan"].rows] == ["new", "problem"]
    assert second.context["plan"].rows[1].problems[0].sentence == "repete a linha 2"
    assert second.context["plan"].problems == second.context["plan"].notes == []
    last = city.client.get(f"{address}?parte=3")
    assert not last.context["plan"].next_part
    digest = last.context["plan"].digest
    # What was seen of one part writes no other.
    other = city.client.post(address, {"conferido": digest, "parte": "2"})
    assert "Alguma coisa mudou desde que você conferiu" in text_of(other)
    assert "1 rascunho gravado" in text_of(city.client.post(address, {"conferido": digest, "parte": "3"}))
    assert [step.value["title"] for step in draft_of("Trocar lâmpada").steps] == ["Ligar para 156"]
    assert not ServicePage.objects.filter(draft_title="Tapar buraco").exists()
    assert not UploadedSheet.objects.exists()


@pytest.mark.parametrize("part", ["0", "9", "-1", "x", "9" * 30])
def test_a_part_that_is_none_is_the_nearest_or_the_first(city: world.World, part: str) -> None:
    address = upload(city.client, xlsx(NEW)).request["PATH_INFO"]
    assert len(city.client.get(f"{address}?parte={part}").context["plan"].rows) == 3


def test_queries_are_flat_in_rows() -> None:
    """Nine a row: of these five read the draft, four ask whether it may be changed now. Some thirty for the page."""
    client = world.build("Comunicação").client
    many(services=100, bodies=1)
    services = list(ServicePage.objects.filter(title__startswith="Serviço ").values_list("record_id", "title"))

    def cost(count: int) -> int:
        body = ServicePage.objects.get(record_id=services[0][0]).get_parent().title
        rows = [[code, body, title, "Da planilha."] for code, title in services[:count]]
        seen = upload(client, xlsx({"Serviços": [["Código", "Órgão", "Nome", "Resumo"], *rows]}))
        assert len(seen.context["plan"].to_write) == count, text_of(seen)
        with CaptureQueriesContext(connection) as queries:
            client.get(seen.request["PATH_INFO"])
        return len(queries)

    few, lots = cost(10), cost(100)
    assert lots - few <= 90 * 9, (few, lots)
    assert few <= 130, few


def test_what_goes_unseen_with_a_step_is_told() -> None:
    after = small_city.FULL.model_copy(update={"steps": small_city.FULL.steps[1:]})
    *seen, last = differences(small_city.FULL, after, small_city.known())
    assert [found.name for found in seen] == ["Etapas", "Documentos"]
    assert last.loss == "1 caso (o que só vale para alguns) sai junto com a sua etapa."


def test_what_nobody_comes_back_for_is_forgotten(city: world.World) -> None:
    upload(city.client, xlsx(NEW))
    assert forget_old(timezone.now()) == 0
    assert forget_old(timezone.now() + KEPT) == 1
