"""What every engine must do. A suite per engine inherits it and makes the engine."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from search.document import PAIRS, Document, document_of, key_of
from search.engines.base import Engine, EngineError, Page, Removal
from search.plan import Alternative, Bonus, Place, Plan, Word, plan_for, prefix_for
from search.spelling import Spelling
from search.vocabulary import Vocabulary
from services.record import Entry, Form
from services.record.identity import id_of
from tests.records import district, ref, secretariat, service, topic, unit
from tests.records import key_of as entry_key

EVERYTHING = Plan("pt-br", everything=True)
HEALTH, WORKS = secretariat("Secretaria da Saúde"), secretariat("Secretaria de Obras")
TREES = topic("Árvores")
CHARTER: list[Entry] = [
    service("Podar árvore", secretariat=ref(WORKS), topics=[ref(TREES)], popular_names=["corte de galho"]),
    service("Podar árvore em área particular", secretariat=ref(WORKS), topics=[ref(TREES)]),
    service("Marcar consulta", acronym="SISREG", keywords=["médico"]),
    service("Tapar buraco", secretariat=ref(WORKS), summary="Conserto do asfalto, longe de árvore"),
    unit("Viveiro de mudas", secretariat=ref(WORKS), district=ref(district("Norte"))),
    HEALTH,
    WORKS,
    TREES,
]


class EngineContract:
    """Inherit, and give the fixture ``engine``: one without an index."""

    @pytest.fixture
    def full(self, engine: Engine) -> Engine:
        fill(engine, CHARTER, "e.8")
        return engine

    def test_without_an_index_there_is_no_cursor_and_no_answer(self, engine: Engine) -> None:
        engine.refresh()
        assert engine.cursor() is None
        with pytest.raises(EngineError):
            engine.search(Plan("pt-br", everything=True), filters={})

    def test_cursor_and_version_go_with_the_changes(self, full: Engine) -> None:
        assert full.cursor() == "e.8"
        assert full.is_current()
        before = full.version()
        take_in(full, [Removal(key_of("service", CHARTER[0].id, "pt-BR"))], "e.9")
        assert full.cursor() == "e.9"
        assert full.version() != before

    def test_title_before_summary_and_shorter_title_first(self, full: Engine) -> None:
        found = titles(ask(full, "poda de arvores"))
        assert found[:2] == ["Podar árvore", "Podar árvore em área particular"]
        assert found.index("Tapar buraco") > 1

    def test_names_acronyms_and_misspelt_words_find(self, full: Engine) -> None:
        for query in ("corte de galho", "cortee de galo", "CORTE DE GALHO!!"):
            assert titles(ask(full, query))[0] == "Podar árvore", query
        assert titles(ask(full, "sisreg")) == ["Marcar consulta"]
        assert titles(ask(full, "conslta medica"))[0] == "Marcar consulta"

    def test_nothing_known_finds_nothing(self, full: Engine) -> None:
        assert ask(full, "zzzzqqqq") == Page()

    @pytest.mark.parametrize(
        "query", ["a" * 10_000, "poda " * 2_000, '"poda', "poda AND (", "poda\x00", "title:poda", "🙂 poda"]
    )
    def test_anything_pasted_is_a_query(self, full: Engine, query: str) -> None:
        found = ask(full, query)
        assert ("poda" not in query) == (found.total == 0)

    def test_filters_narrow_by_any_value_and_all_names(self, full: Engine) -> None:
        assert ask(full, "arvore", kind=["unit"]).total == 0
        both = ask(full, "", kind=["service", "unit"], secretariat=[WORKS.id])
        assert titles(both) == ["Podar árvore", "Podar árvore em área particular", "Tapar buraco", "Viveiro de mudas"]
        assert titles(ask(full, "", district=[district("Norte").id])) == ["Viveiro de mudas"]
        assert ask(full, "", topic=[]).total == 0

    def test_a_filter_that_nearly_all_pass_is_as_one_that_few_pass(self, engine: Engine) -> None:
        many = [service("Pedir poda", key=entry_key("service", str(number))) for number in range(12)]
        translated = service("Pedir poda", key=many[0].key, locale="es")
        fill(engine, [*many, topic("Poda"), unit("Viveiro da poda"), translated], "e.1")
        for kinds, total in ((["service"], 12), (["topic"], 1), (["unit", "topic"], 2), (["service", "unit"], 13)):
            found = ask(engine, "poda", kind=kinds, facets=("free", "kind"))
            assert found.total == total, kinds
            assert found.facets["kind"] == {"service": 12, "topic": 1, "unit": 1}
        assert ask(engine, "poda", locale="es").total == 1
        assert ask(engine, "poda", locale="es", kind=["topic"]).total == 0
        # What was removed is no longer there to be left out.
        take_in(engine, [Removal(key_of("topic", topic("Poda").id, "pt-br"))], "e.2")
        assert ask(engine, "poda", kind=["service"]).total == 12

    def test_what_is_required_narrows_and_what_is_excluded_is_gone(self, full: Engine) -> None:
        everything = Plan("pt-br", everything=True, excluded=(Place("title_stem", "arvor"),))
        assert "Podar árvore" not in titles(full.search(everything, filters={}))
        found = planned(full, "arvore")
        narrowed = replace(found, required=((Place(PAIRS, "area_particular"), Place(PAIRS, "areas_particulares")),))
        assert titles(full.search(narrowed, filters={})) == []
        narrowed = replace(found, required=((Place("title_exact", "particular"), Place("title_exact", "mudas")),))
        assert titles(full.search(narrowed, filters={})) == ["Podar árvore em área particular"]

    def test_several_places_of_one_alternative_or_bonus_must_all_hold(self, full: Engine) -> None:
        area, private, consult = (Place("title_stem", stem) for stem in ("area", "particul", "consult"))
        found = [
            titles(full.search(Plan("pt-br", words=(Word((Alternative(area, 2.0, (other,)),)),)), filters={}))
            for other in (private, consult)
        ]
        assert found == [["Podar árvore em área particular"], []]
        trees = (Word((Alternative(Place("title_stem", "arvor"), 1.0),)),)
        for together, first in (((area, private), "Podar árvore em área particular"), ((area, consult), "Árvores")):
            bonus = Bonus((Place("title_stem", "nowhere"),), 4.0, (together,))
            assert titles(full.search(Plan("pt-br", trees, (bonus,)), filters={}))[0] == first

    def test_phrases_and_minus_signs_narrow_what_is_found(self, full: Engine) -> None:
        assert titles(ask(full, '"área particular"')) == ["Podar árvore em área particular"]
        assert titles(ask(full, '"particular área"')) == []
        assert titles(ask(full, "podar -particular")) == ["Podar árvore"]

    def test_what_is_pinned_comes_first_in_its_order(self, full: Engine) -> None:
        keys = tuple(key_of(record.kind, record.id, "pt-br") for record in (HEALTH, CHARTER[3]))
        found = titles(full.search(replace(planned(full, "podar"), pinned=keys), filters={}))
        assert found[:3] == [HEALTH.title, "Tapar buraco", "Podar árvore"]
        assert titles(full.search(Plan("pt-br", pinned=keys), filters={})) == [HEALTH.title, "Tapar buraco"]
        assert titles(full.search(Plan("pt-br", pinned=keys), filters={"kind": ["service"]})) == ["Tapar buraco"]

    def test_facets_count_with_the_other_filters(self, full: Engine) -> None:
        found = ask(full, "", facets=("kind", "topic"), kind=["service"])
        assert found.total == 4
        assert found.facets["kind"] == {"service": 4, "secretariat": 2, "unit": 1, "topic": 1}
        assert found.facets["topic"] == {TREES.id: 2}

    def test_facets_keep_every_other_choice_and_several_values_of_one(self, full: Engine) -> None:
        chosen = {"kind": ["service", "unit"], "secretariat": [WORKS.id]}
        found = ask(full, "", facets=("kind", "secretariat", "topic"), **chosen)
        assert found.total == 4
        assert found.facets["kind"] == {"service": 3, "unit": 1}
        assert found.facets["secretariat"] == {WORKS.id: 4, HEALTH.id: 1}
        assert found.facets["topic"] == {TREES.id: 2}

    def test_another_order_is_that_of_titles_or_of_the_log(self, engine: Engine) -> None:
        given = [("Poda urgente", 7), ("Árvore para poda", 3), ("Poda", 9), ("Consulta", 8)]
        documents = [document_of(service(title), sequence=sequence) for title, sequence in given]
        fill(engine, (), "e.9", documents=documents)
        planned_ = planned(engine, "poda")
        for sort, expected in (
            ("title", ["Árvore para poda", "Poda", "Poda urgente"]),
            ("updated", ["Poda", "Poda urgente", "Árvore para poda"]),
        ):
            found = [engine.search(planned_, filters={}, sort=sort, page=page, size=2) for page in (1, 2)]
            assert [title for page in found for title in titles(page)] == expected
            assert found[0].total == 3
        everything = engine.search(EVERYTHING, filters={}, sort="updated")
        assert titles(everything) == ["Poda", "Consulta", "Poda urgente", "Árvore para poda"]

    def test_no_query_lists_by_folded_title(self, full: Engine) -> None:
        found = titles(ask(full, ""))
        assert len(found) == len(CHARTER)
        assert found[0] == "Árvores"
        assert found[-1] == "Viveiro de mudas"

    def test_pages_part_the_whole_list(self, engine: Engine) -> None:
        twins = [service("Pedir poda", key=entry_key("service", str(number))) for number in range(70)]
        others = [service("Pedir poda urgente", key=entry_key("service", f"x{number}")) for number in range(9)]
        fill(engine, [*others[:5], *twins[:40]], "e.1")
        take_in(engine, map(document_of, [*twins[40:], *others[5:]]), "e.2")
        expected = [*sorted(record.id for record in twins), *sorted(record.id for record in others)]
        for size in (7, 20, 79):
            pages = [ask(engine, "poda", page=page, size=size) for page in range(1, 13)]
            assert [hit.id for page in pages for hit in page.hits] == expected, size
            assert {page.total for page in pages} == {79}
        assert ask(engine, "", page=10_000, size=100).hits == ()
        assert ask(engine, "poda", page=10_000, size=100).hits == ()

    def test_another_locale_is_another_document(self, full: Engine) -> None:
        translated = service("Podar árbol", key=CHARTER[0].key, locale="es")
        take_in(full, [document_of(translated)], "e.9")
        assert titles(ask(full, "arbol", locale="es")) == ["Podar árbol"]
        assert "Podar árbol" not in titles(ask(full, ""))
        assert full.vocabulary("es").documents == 1

    def test_a_changed_entry_replaces_itself_and_a_removed_one_is_gone(self, full: Engine) -> None:
        changed = service("Podar palmeira", key=CHARTER[0].key)
        take_in(full, [document_of(changed), Removal(key_of("service", CHARTER[2].id, "pt-br"))], "e.9")
        assert titles(ask(full, "palmeira")) == ["Podar palmeira"]
        assert "Podar árvore" not in titles(ask(full, ""))
        assert ask(full, "médico").total == 0
        assert "medico" not in full.vocabulary("pt-br").frequencies["exact"]

    def test_vocabulary_counts_documents(self, full: Engine) -> None:
        counts = full.vocabulary("pt-br")
        assert counts.documents == len(CHARTER)
        assert counts.frequencies["exact"]["particular"] == 1
        assert counts.frequencies["stem"]["arvor"] == 4

    def test_suggestions_begin_words_in_the_middle_too(self, full: Engine) -> None:
        assert suggested(full, "árv")[0] == "Árvores"
        assert suggested(full, "ARVORE PART") == ["Podar árvore em área particular"]
        assert suggested(full, "corte de ga") == ["Podar árvore"]
        assert suggested(full, "pod") == ["Podar árvore", "Podar árvore em área particular"]
        assert suggested(full, "") == suggested(full, "xyz") == []

    def test_while_a_rebuild_goes_on_the_old_index_serves_and_then_the_new_one(self, full: Engine) -> None:
        with full.writing(wait=0) as ours:
            assert ours
            target = full.begin_rebuild()
            target.apply([document_of(service("Nova"))], "f.1")
            assert full.cursor() == "e.8"
            assert ask(full, "").total == len(CHARTER)
            full.finish_rebuild(target)
        assert full.cursor() == "f.1"
        assert titles(ask(full, "")) == ["Nova"]

    def test_threads_that_search_during_changes_see_whole_commits(self, full: Engine) -> None:
        done = Event()

        def keep_searching() -> set[int]:
            seen = set()
            while not done.is_set():
                found = ask(full, "poda de arvores", size=100)
                assert found.total == len(found.hits)
                seen.add(ask(full, "", kind=["form"]).total)
            return seen

        with ThreadPoolExecutor(3) as threads:
            searches = [threads.submit(keep_searching) for _ in range(3)]
            for number in range(6):
                pair = [f"Requerimento {number}", f"Requerimento de poda {number}"]
                take_in(full, [document_of(form(title)) for title in pair], f"e.{number + 9}")
            done.set()
        seen = set().union(*(search.result() for search in searches))
        # Each commit adds two.
        assert seen <= {0, 2, 4, 6, 8, 10, 12}
        assert ask(full, "", kind=["form"]).total == 12

    def test_one_writer_at_a_time(self, full: Engine) -> None:
        with full.writing(wait=0) as first, full.writing(wait=0.1) as second:
            assert (first, second) == (True, False)
        with full.writing(wait=0) as again:
            assert again


def form(title: str) -> Form:
    key = entry_key("form", title)
    return Form(kind="form", key=key, id=id_of(key), title=title)


def fill(engine: Engine, records: Iterable[Entry], cursor: str, *, documents: Iterable[Document] = ()) -> None:
    with engine.writing(wait=0):
        target = engine.begin_rebuild()
        target.apply([*documents, *filter(None, map(document_of, records))], cursor)
        engine.finish_rebuild(target)


def take_in(engine: Engine, updates: Iterable, cursor: str) -> None:
    with engine.writing(wait=0):
        engine.apply(updates, cursor)


def ask(
    engine: Engine, query: str, *, locale: str = "pt-BR", facets=(), page: int = 1, size: int = 20, **filters
) -> Page:
    return engine.search(planned(engine, query, locale=locale), filters=filters, facets=facets, page=page, size=size)


def planned(engine: Engine, query: str, *, locale: str = "pt-BR") -> Plan:
    counts = engine.vocabulary(locale.casefold())
    return plan_for(query, locale, Vocabulary(counts.documents, counts.frequencies, Spelling()))


def titles(page: Page) -> list[str]:
    return [hit.title for hit in page.hits]


def suggested(engine: Engine, text: str) -> list[str]:
    return [hit.title for hit in engine.suggest(prefix_for(text, "pt-BR"), limit=5)]
