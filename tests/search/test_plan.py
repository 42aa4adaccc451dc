"""A query becomes a plan."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import FIELDS, FORMS, NAMES, document_of, key_of
from search.plan import FOUND_WEIGHTS, PINNED_WEIGHT, Place, Plan, plan_for, prefix_for
from search.query import MOST_WORDS
from search.rules import Pin, Synonyms, rules_of
from search.spelling import Spelling
from search.text import language_of
from search.vocabulary import Vocabulary
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
RULES = rules_of(
    language_of("pt"),
    synonyms=[
        Synonyms(["papel de quitação", "quitação"], ["nada consta", "CND", "certidão de outro planeta"]),
        Synonyms(["galho", "ramo", "árvore"], two_way=True),
        Synonyms(["jardinagem"], ["poda", "podar árvore"]),
    ],
    pins=[
        Pin("podar árvores", "service", "b", position=2),
        Pin("poda de árvore", "service", "a", starts=date(2027, 2, 1), ends=date(2027, 2, 2)),
    ],
    protected=["Podarte"],
)


def plan(query: str, **how) -> Plan:
    return plan_for(query, "pt-BR", VOCABULARY, RULES, **how)


def terms(planned: Plan) -> list[set[str]]:
    return [{alternative.place.term for alternative in word.alternatives} for word in planned.words]


def most(planned: Plan) -> float:
    """The score of a document that holds all that is looked for."""
    total = sum(bonus.weight for bonus in planned.bonuses)
    for word in planned.words:
        best, *others = sorted((each.weight for each in word.alternatives), reverse=True)
        total += best + planned.tie * sum(others)
    return total


def clauses(planned: Plan) -> int:
    """How many terms an engine looks up: Elasticsearch takes a thousand."""
    number = sum(1 + len(each.also) for word in planned.words for each in word.alternatives)
    number += sum(len(bonus.places) + sum(map(len, bonus.together)) for bonus in planned.bonuses)
    return number + sum(map(len, planned.required)) + len(planned.excluded)


def places(planned: Plan) -> set[Place]:
    found = {place for word in planned.words for each in word.alternatives for place in (each.place, *each.also)}
    for bonus in planned.bonuses:
        found |= {*bonus.places, *(place for each in bonus.together for place in each)}
    return found | {*planned.excluded, *(place for each in planned.required for place in each)}


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
            assert (weight, (f"{text}_stem",), stem) in found


def test_a_pasted_text_costs_no_more_than_a_long_query() -> None:
    pasted = plan("podar árvore certidão negativa acesso informação " * 400)
    assert len(pasted.words) <= MOST_WORDS


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="podarvecti -._\"'*~^()[]:\\/+&|!{}ãçé\x00🙂“”«»", max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "podar",
                    "arvre",
                    "galho",
                    "papel",
                    "de",
                    "quitação",
                    '"',
                    "-",
                    " ",
                    "-poda",
                    "2ª via",
                    "e-SIC",
                    "como",
                ]
            )
        ).map(" ".join),
    )
)
def test_anything_is_a_query(query: str) -> None:
    planned = plan(query)
    assert planned == plan(query)
    assert {place.field for place in places(planned)} <= set(FIELDS)
    assert all(place.term and " " not in place.term for place in places(planned))
    assert len(planned.words) <= 2 * MOST_WORDS
    assert len(planned.required) <= MOST_WORDS >= len(planned.excluded) / 2
    assert clauses(planned) < 1_000
    weights = [each.weight for word in planned.words for each in (*word.alternatives,)]
    weights += [bonus.weight for bonus in planned.bonuses]
    # Exact in the single precision of every engine, whatever the order of adding up.
    assert all(weight > 0 and (weight * 64).is_integer() for weight in weights)
    assert most(planned) < PINNED_WEIGHT == 2**24 / 64 / 16
    prefix_for(query, "pt-BR")


def test_what_is_said_is_found_by_what_is_meant() -> None:
    planned = plan("papel de quitação")
    unit = planned.words[-1]
    wholes = {(each.place, *each.also) for each in unit.alternatives if each.also or each.place.field == "pairs"}
    assert (Place("popular_stem", "nada"), Place("popular_stem", "const")) in wholes
    assert (Place("pairs", "nada_const"),) in wholes
    assert Place("acronym_stem", "cnd") in {each.place for each in unit.alternatives}
    assert not any("planet" in place.term for place in places(planned))
    # Who has what is meant has all the words of what was said.
    for text, weight in FOUND_WEIGHTS.items():
        found = [bonus for bonus in planned.bonuses if Place(f"{text}_stem", "cnd") in bonus.places]
        assert [bonus.weight for bonus in found] == [weight, weight]
        whole = (Place("called_stem", "nada"), Place("called_stem", "const"))
        assert all(whole in bonus.together for bonus in found)


def test_a_query_in_other_words_is_a_name_too_but_less_of_one() -> None:
    own, other = (
        {place.term: bonus.weight for bonus in plan(query).bonuses for place in bonus.places if place.field in NAMES}
        for query in ("cnd", "quitação")
    )
    assert 0 < other["cnd"] < own["cnd"]


def test_two_ways_and_a_word_that_the_index_has_itself() -> None:
    assert terms(plan("ramos"))[-1] == {"galh", "arvor", "arvore"}
    assert {"galh"} < set.union(*terms(plan("galho")))


def test_what_is_said_may_be_misspelt() -> None:
    planned = plan("jardinajem")
    assert "poda" in terms(planned)[0]
    assert planned.corrected == "jardinagem"


def test_protected_words_are_never_respelt() -> None:
    assert plan("podarte").corrected == ""
    assert plan("podarr").corrected == "podar"


def test_words_written_as_one_or_apart_are_found() -> None:
    together = plan("nadaconsta")
    assert together.corrected == "nada consta"
    assert ("popular_name", "nada_consta") in places(together)
    apart = plan_for("guarda chuva", "pt-BR", vocabulary_of([service("Achar guarda-chuva perdido")]))
    assert all("guardachuva" in found for found in terms(apart))


@pytest.mark.parametrize("misspelt", [0, 1, 8, 16])
def test_the_more_there_is_to_understand_the_less_of_each(misspelt: int) -> None:
    letters = "abcdefghijklmnop"
    known = vocabulary_of([service(f"{first * 4}{letter}") for first in letters for letter in letters[:10]])
    said = [Synonyms([first * 4 + "a"], [other * 4 + "b" for other in letters]) for first in letters]
    rules = rules_of(language_of("pt"), synonyms=said)
    query = " ".join(first * 4 + ("z" if number < misspelt else "a") for number, first in enumerate(letters))
    planned = plan_for(query, "pt-BR", known, rules)
    assert len(planned.words) >= MOST_WORDS
    assert clauses(planned) < 1_000


def test_a_small_word_is_its_plain_one_unless_it_is_misspelt() -> None:
    for small, plain in (("arvorezinhas", "arvor"), ("certidãozinha", "certida"), ("informaçãozinha", "informaca")):
        planned = plan(small)
        assert any(plain in found for found in terms(planned)), small
        assert planned.corrected == ""
    neighbour = vocabulary_of([service("Vizinho"), service("Viso")])
    assert plan_for("visinho", "pt-BR", neighbour).corrected == "vizinho"


def test_words_that_only_ask_weigh_little() -> None:
    many = vocabulary_of([*SERVICES, service("Como pedir", summary="Quero saber onde")])
    asked, plain = (plan_for(query, "pt-BR", many) for query in ("como quero certidão", "certidão"))
    assert terms(asked)[0] == terms(plain)[0]
    aside = [max(each.weight for each in word.alternatives) for word in asked.words[1:]]
    assert len(aside) == 2
    assert max(aside) < max(each.weight for each in asked.words[0].alternatives) / 2
    assert plan_for("como", "pt-BR", many).words[0].alternatives[0].weight > max(aside)


def test_a_phrase_in_quotes_must_be_found_as_it_stands() -> None:
    assert plan('"acesso à informação" podar').required == ((Place("pairs", "acess_informaca"),),)
    assert plan("“certidão”").required == ((Place("any_stem", "certida"), Place("any_exact", "certidao")),)
    assert plan('"acesso à informasão"').required == plan('"acesso à informação"').required
    for nothing in ('"', '""', '"de"', 'tubo de 40" e 50"', '"certidão'):
        assert plan(nothing).required == (), nothing


def test_what_stands_behind_a_minus_sign_must_not_be_found() -> None:
    planned = plan("podar -árvore")
    assert planned.excluded == (Place("any_stem", "arvor"), Place("any_exact", "arvore"))
    assert planned.words == plan("podar").words
    assert Place("any_exact", "esic") in plan("acesso -e-SIC").excluded
    assert plan('podar -"nada consta"').excluded == (Place("pairs", "nada_const"),)
    for nothing in ("e-SIC", "guarda-roupa", "podar - árvore", "podar -", "podar --árvore", "-podar"):
        assert plan(nothing).excluded == (), nothing


def test_best_bets_are_pinned_on_their_days() -> None:
    second, first = (key_of("service", name, "pt-BR") for name in "ba")
    assert plan("quero podar as árvores", today=date(2027, 2, 1)).pinned == (first, second)
    assert plan("podar árvore", today=date(2027, 2, 3)).pinned == (second,)
    assert plan("podar arvre").pinned == (second,)
    assert plan("podar árvore já").pinned == ()


def test_what_is_typed_so_far_is_looked_up_as_beginnings() -> None:
    prefix = prefix_for("Certidão neg", "pt-BR")
    assert [place.term for place in prefix.words] == ["certidao", "neg"]
    assert prefix.name.term == "certidao_neg"
    assert prefix_for(" ", "pt-BR").words == ()
