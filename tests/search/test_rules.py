"""Rules, indexed for the plan of a query."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search.rules import MOST_TERM_WORDS, Pin, Rules, Synonyms, rules_of
from search.text import language_of

PT = language_of("pt-BR")
RULES = rules_of(
    PT,
    synonyms=[
        Synonyms(["carta de motorista", "habilitação"], ["CNH", "Carteira Nacional de Habilitação"]),
        Synonyms(["motorista"], ["condutor"]),
        Synonyms(["lixo", "resíduo sólido"], two_way=True),
    ],
)


def meant(query: str, rules: Rules = RULES) -> list[tuple[str, list[str]]]:
    words = PT.asked(query)
    return [
        (" ".join(words[meaning.start : meaning.end]), [" ".join(term) for term in meaning.terms])
        for meaning in rules.meant_by([PT.stem(word) for word in words])
    ]


def test_the_longest_term_is_taken_as_a_unit_in_whatever_form() -> None:
    cnh = ["cnh", "carteira nacional habilitacao"]
    assert meant("2ª via das CARTAS do motorista") == [("cartas motorista", cnh)]
    assert meant("motorista com carta") == [("motorista", ["condutor"])]
    assert meant("habilitações de motoristas") == [("habilitacoes", cnh), ("motoristas", ["condutor"])]
    assert meant("cnh") == meant("") == []


def test_two_ways_find_each_other_but_not_themselves() -> None:
    assert meant("lixos") == [("lixos", ["residuo solido"])]
    assert meant("resíduos sólidos") == [("residuos solidos", ["lixo"])]


def test_groups_with_the_same_term_add_up() -> None:
    both = rules_of(PT, synonyms=[Synonyms(["luz"], ["iluminação"]), Synonyms(["LUZ"], ["energia", "iluminação"])])
    assert meant("luz", both) == [("luz", ["iluminacao", "energia"])]


def test_what_nobody_would_type_is_left_out() -> None:
    long = " ".join(f"palavra{number}" for number in range(MOST_TERM_WORDS + 1))
    rules = rules_of(
        PT, synonyms=[Synonyms([long, "", "!"], ["x"]), Synonyms(["y"], [long])], pins=[Pin("🙂", "x", "y")]
    )
    assert (rules.meanings.keys(), rules.pins) == ({("y",)}, {})
    assert meant("y", rules) == []


def test_best_bets_hold_from_day_to_day_in_their_order() -> None:
    second = Pin("segunda via do IPTU", "service", "b", position=2)
    first = Pin("2ª via IPTU", "service", "a", position=1, starts=date(2027, 2, 1), ends=date(2027, 2, 28))
    rules = rules_of(PT, pins=[second, first])
    stems = [PT.stem(word) for word in PT.asked("quero a 2a via do iptu")]
    assert rules.pinned(stems, date(2027, 1, 31)) == [second]
    assert rules.pinned(stems, date(2027, 2, 1)) == rules.pinned(stems, date(2027, 2, 28)) == [first, second]
    assert rules.pinned(stems, date(2027, 3, 1)) == [second]
    assert rules.pinned(stems[:2], date(2027, 2, 1)) == []


@given(st.lists(st.sampled_from(["carta", "motorista", "lixo", "residuo", "solido", "2", "via", "habilitacao"])))
def test_meanings_never_overlap_and_are_in_order(words: list[str]) -> None:
    found = RULES.meant_by([PT.stem(word) for word in words])
    places = [place for meaning in found for place in (meaning.start, meaning.end)]
    assert places == sorted(places)
    assert all(0 <= meaning.start < meaning.end <= len(words) and meaning.terms for meaning in found)
