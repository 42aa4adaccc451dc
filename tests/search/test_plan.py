"""A query becomes a plan."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import FIELDS, FORMS, document_of
from search.plan import FOUND_WEIGHTS, MOST_WORDS, Plan, Vocabulary, plan_for, prefix_for
from search.spelling import Spelling
from tests.records import service

SERVICES = [
    service("Emitir certidão negativa", popular_names=["nada consta"], acronym="CND"),
    service("Pedir acesso à informação", acronym="e-SIC"),
    service("Podar árvore", keywords=["poda"], summary="Corte de galhos"),
]


def vocabulary_of(records: list) -> Vocabulary:
    counts = {form: Counter() for form in FORMS}
    for record in records:
        for form in FORMS:
            counts[form].update(document_of(record).terms[f"any_{form}"])
    return Vocabulary(len(records), counts, Spelling())


VOCABULARY = vocabulary_of(SERVICES)


def plan(query: str) -> Plan:
    return plan_for(query, "pt-BR", VOCABULARY)


def terms(planned: Plan) -> list[set[str]]:
    return [{alternative.place.term for alternative in word.alternatives} for word in planned.words]


def weights(planned: Plan) -> list[float]:
    parts = [*planned.bonuses, *(each for word in planned.words for each in word.alternatives)]
    return [part.weight for part in parts]


def test_a_known_word_is_taken_as_it_is() -> None:
    planned = plan("certidões")
    assert terms(planned) == [{"certida"}]
    assert planned.corrected == ""


def test_an_unknown_word_becomes_its_near_ones_and_the_query_says_so() -> None:
    planned = plan("podar arvre")
    assert "arvore" in terms(planned)[1]
    assert planned.corrected == "podar arvore"


def test_a_word_that_is_like_no_other_is_left_out() -> None:
    planned = plan("podar xyzzyplugh")
    assert len(planned.words) == 1
    assert planned.corrected == ""


@pytest.mark.parametrize("written", ["e-sic", "esic", "E-SIC"])
def test_compounds_meet_in_one_word(written: str) -> None:
    assert any("esic" in found for found in terms(plan(written)))


def test_a_whole_name_earns_a_bonus_and_a_pair_another() -> None:
    places = {(place.field, place.term) for bonus in plan("nada consta").bonuses for place in bonus.places}
    assert ("popular_name", "nada_consta") in places
    assert ("pairs", "nada_const") in places


def test_rare_words_weigh_more() -> None:
    often = vocabulary_of([service(f"Podar {name}") for name in ("rosa", "pinho", "cedro")])
    rare, common = plan_for("rosa podar", "pt-BR", often).words
    in_title = [
        next(each.weight for each in word.alternatives if each.place.field == "title_stem") for word in (rare, common)
    ]
    assert in_title[0] > 2 * in_title[1]


def test_no_text_lists_everything_and_text_without_words_finds_nothing() -> None:
    assert plan("").everything
    assert plan(" \n\t ").everything
    for pasted in ("🙂🙂", '"', "\x00", "()*:~^", "—"):
        assert plan(pasted) == Plan("pt-br"), pasted


def test_each_word_earns_a_bonus_in_merged_fields() -> None:
    found = {
        (bonus.weight, tuple(place.field for place in bonus.places), bonus.places[0].term)
        for bonus in plan("certidão negativa").bonuses
    }
    for text, weight in FOUND_WEIGHTS.items():
        for stem in ("certida", "negativ"):
            assert (weight, (f"{text}_stem", f"{text}_exact"), stem) in found


def test_a_pasted_text_costs_no_more_than_a_long_query() -> None:
    pasted = plan("podar árvore certidão negativa acesso informação " * 400)
    assert len(pasted.words) <= MOST_WORDS


@given(st.one_of(st.text(), st.text(alphabet="podarvecti -._\"'*~^()[]:\\/+&|!{}ãçé\x00🙂", max_size=60)))
def test_anything_is_a_query(query: str) -> None:
    planned = plan(query)
    fields = {alternative.place.field for word in planned.words for alternative in word.alternatives}
    fields |= {place.field for bonus in planned.bonuses for place in bonus.places}
    assert fields <= set(FIELDS)
    assert len(planned.words) <= MOST_WORDS
    # Exact in the single precision of every engine, whatever the order of adding up.
    assert all(weight > 0 and (weight * 64).is_integer() for weight in weights(planned))
    assert sum(weights(planned)) * 64 * 16 < 2**24
    prefix_for(query, "pt-BR")


def test_what_is_typed_so_far_is_looked_up_as_beginnings() -> None:
    prefix = prefix_for("Certidão neg", "pt-BR")
    assert [place.term for place in prefix.words] == ["certidao", "neg"]
    assert prefix.name.term == "certidao_neg"
    assert prefix_for(" ", "pt-BR").words == ()
