"""The starting thesaurus of Brazilian Portuguese can be used: each group says something, and nothing is said twice."""

import json
from collections import Counter
from itertools import permutations
from pathlib import Path

from search.text import language_of

FILE = Path(__file__).resolve().parent.parent.parent / "search" / "thesaurus" / "pt.jsonl"
PT = language_of("pt-BR")

Group = dict[str, list[str]]


def groups() -> list[Group]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def terms(group: Group) -> list[str]:
    return [term for side in group.values() for term in side]


def stems(term: str) -> tuple[str, ...]:
    return tuple(PT.stem(word) for word in PT.content(term))


def is_one_way(group: Group) -> bool:
    return group.keys() == {"said", "meant"} and all(group.values())


def is_two_way(group: Group) -> bool:
    return group.keys() == {"same"} and len(group["same"]) >= 2


def test_each_line_is_one_group_of_one_shape() -> None:
    assert [group for group in groups() if is_one_way(group) == is_two_way(group)] == []
    assert {type(term) for group in groups() for term in terms(group)} == {str}
    assert len(groups()) >= 300


def test_each_term_is_more_than_stop_words() -> None:
    assert [term for group in groups() for term in terms(group) if PT.stop_words.issuperset(PT.words(term))] == []


def test_no_group_has_a_term_that_its_stem_finds_already() -> None:
    counted = [Counter(map(stems, terms(group))) for group in groups()]
    assert [term for count in counted for term, times in count.items() if times > 1] == []


def test_no_group_is_within_another() -> None:
    sets = [frozenset(map(stems, terms(group))) for group in groups()]
    assert [sorted(inner) for inner, outer in permutations(sets, 2) if inner <= outer] == []
