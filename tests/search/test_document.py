"""A record becomes a document."""

import json
from datetime import UTC, datetime

from search.display import Display
from search.document import FIELDS, FILTERS, KINDS, document_of
from search.text import fold, language_of
from services.record import RECORD_TYPES, Form, Information, LifeEvent, Procedure
from services.record.identity import id_of
from tests.records import district, key_of, ref, secretariat, service, topic, unit


def made(kind: type, title: str, **fields):
    key = key_of(kind.__name__, title)
    return kind(kind=kind.model_fields["kind"].annotation.__args__[0], key=key, id=id_of(key), title=title, **fields)


def test_a_service_is_found_by_all_that_it_says() -> None:
    record = service(
        "Emitir segunda via da certidão",
        popular_names=["papel da casa"],
        acronym="e-CND",
        keywords=["imóvel"],
        summary="Documento de quitação",
        topics=[ref(topic("Tributos"))],
        applicants=[{"who": "Proprietário"}],
        steps=[{"title": "Protocolar", "documents": {"default": [{"name": "Escritura"}]}}],
    )
    terms = document_of(record).terms
    assert {"emitir", "2", "via", "certidao"} == set(terms["title_exact"])
    assert "ecnd" in terms["acronym_exact"]
    assert "papel_casa" in terms["popular_name"]
    for word in (
        "certidao",
        "papel",
        "imovel",
        "quitacao",
        "tributos",
        "proprietario",
        "escritura",
        "protocolar",
        "saude",
    ):
        assert word in terms["any_exact"], word
    assert "escritura" not in terms["called_exact"]
    assert "2_via" in terms["pairs"]


def test_what_has_a_word_in_a_text_has_its_stem_there() -> None:
    record = service("Pedir a CND", acronym="e-CND", summary="Decretos do e-SIC e do C.P.F. de 2ª via")
    terms = document_of(record).terms
    stem = language_of(record.locale).stem
    for field in [name for name in terms if name.endswith("_exact")]:
        assert set(map(stem, terms[field])) <= set(terms[field.replace("_exact", "_stem")]), field


def test_markup_is_not_indexed() -> None:
    record = service("Podar", description="<p>Poda <strong>urgente</strong></p>")
    exact = document_of(record).terms["any_exact"]
    assert "urgente" in exact
    assert "strong" not in exact


def test_every_kind_that_a_citizen_looks_for_has_a_document_and_no_other_has() -> None:
    found = [
        service(),
        unit(),
        secretariat(),
        topic(),
        made(Procedure, "Abrir um negócio", steps=[{"title": "Consultar", "services": [ref(service("Viabilidade"))]}]),
        made(Information, "Sobre a feira", body="<p>Aos sábados</p>"),
        made(Form, "Requerimento geral", code="RG-1"),
        made(LifeEvent, "Ter um filho", keywords=["bebê"]),
    ]
    assert {document_of(record).display.kind for record in found} == set(KINDS)
    assert document_of(district()) is None
    assert set(KINDS) < set(RECORD_TYPES)


def test_terms_and_filters_are_of_known_names_and_hold_no_space() -> None:
    document = document_of(service("Certidão  negativa", keywords=["a b", "c"]))
    assert set(document.terms) <= set(FIELDS)
    assert set(document.filters) == set(FILTERS)
    assert not [term for terms in document.terms.values() for term in terms if " " in term or not term]


def test_filters_hold_ids_and_where_a_unit_goes() -> None:
    north, south = district("Norte"), district("Sul")
    record = unit(
        "Carreta",
        district=ref(north),
        visits=[{"district": ref(south), "starts": "2026-01-01T08:00Z", "ends": "2026-01-01T12:00Z"}],
    )
    filters = document_of(record).filters
    assert filters["district"][0] == north.id
    assert {value.partition("@")[0] for value in filters["district"][1:]} == {south.id}
    assert filters["secretariat"] == (secretariat().id,)
    assert filters["locale"] == ("pt-br",)


def test_what_is_shown_is_plain_and_short() -> None:
    shown = document_of(service("Podar", source_id="x-1", summary="árvore " * 200)).display
    assert (shown.title, shown.source_id, shown.url) == ("Podar", "x-1", "/servicos/podar/")
    assert len(shown.summary) <= 301
    assert shown.summary.endswith("árvore…")
    whole = document_of(service("Podar", summary="Curto.", description="<p>Longo,</p><p>sem marcas.</p>")).display
    assert (whole.summary, whole.text) == ("Curto.", "Longo, sem marcas.")


def test_the_short_answer_is_in_the_records_language() -> None:
    given = {"free": True, "online": True, "time": {"type": "up_to", "max": 5, "unit": "working_days"}}
    shown = document_of(service("Podar", **given)).display
    assert shown.answer == ["pode fazer pela internet", "grátis", "até 5 dias úteis"]
    assert document_of(service("Podar", locale="en", **given)).display.answer[1:] == ["free", "up to 5 working days"]
    assert document_of(unit(address={"street": "Rua A", "number": "10"})).display.answer == ["Rua A, 10"]


def test_dates_are_kept_and_the_status_is_said_at_the_moment() -> None:
    record = service(suspensions=[{"starts": "2026-03-01T00:00Z", "ends": "2026-04-01T00:00Z", "message": "Obra"}])
    shown = Display(**json.loads(json.dumps(document_of(record).display.as_data())))
    march, april = (datetime(2026, month, 15, tzinfo=UTC) for month in (3, 4))
    assert (shown.status(march).name, shown.status(march).message) == ("suspended", "Obra")
    assert shown.status(april).name == "normal"
    assert document_of(service()).display.status(march) is None


def test_ties_go_to_the_shorter_title_then_the_id_and_lists_to_the_folded_title() -> None:
    short, long = document_of(service("Podar")), document_of(service("Podar árvore"))
    assert short.tie_break < long.tie_break < 2**63
    twins = [document_of(service("Podar", key=key_of("service", name))) for name in "abc"]
    by_tie = [each.display.id for each in sorted(twins, key=lambda each: each.tie_break)]
    assert by_tie == sorted(by_tie)
    assert document_of(service("Água")).sort_key.startswith(fold("agua"))
