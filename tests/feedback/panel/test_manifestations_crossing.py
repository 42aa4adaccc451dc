"""Of manifestations no number of few follows from what panels, observatory and reports tell of bodies and kinds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.models import Manifestation
from feedback.panel.manifestations import Tellable, may_be_told
from feedback.statistics import LEAST
from tests.feedback.panel.attacker import Attacker

SECRET = "denunciation"
NUMBERS = st.dictionaries(
    st.sampled_from(Manifestation.Kind.values),
    st.dictionaries(st.sampled_from(["", "a", "b", "c", "d"]), st.integers(1, 40), max_size=5).map(Counter),
    max_size=5,
)
Cell = tuple[str, str]


def told(numbers: Mapping[str, Mapping[str, int]], may: Tellable) -> Iterator[list[Cell]]:
    """What each published number is a sum of; the whole is told as soon as a kind is."""
    every = [(kind, body) for kind, of_body in numbers.items() for body in of_body]
    for kind in may.kinds:
        yield [cell for cell in every if cell[0] == kind]
    for body in may.bodies:
        yield [cell for cell in every if cell[1] == body and cell[0] != SECRET]
    yield from ([cell] for cell in may.cells)
    yield every
    yield [cell for cell in every if cell[0] != SECRET]


@settings(max_examples=300, deadline=None)
@given(NUMBERS)
def test_no_number_of_few_follows(numbers: dict[str, Counter[str]]) -> None:
    may = may_be_told(numbers)
    attacker = Attacker(told(numbers, may))
    open_ones = {kind: of_body for kind, of_body in numbers.items() if kind != SECRET}
    cells = [([(kind, body)], n) for kind, of_body in open_ones.items() for body, n in of_body.items()]
    kinds = [([(kind, body) for body in of_body], of_body.total()) for kind, of_body in open_ones.items()]
    bodies = {body for of_body in open_ones.values() for body in of_body}
    rows = [[(kind, body) for kind, of_body in open_ones.items() if body in of_body] for body in sorted(bodies)]
    sizes = [(row, sum(numbers[kind][body] for kind, body in row)) for row in rows]
    every = sum(number for _cell, number in cells)
    for cell, number in filter(itemgetter(0), [*cells, *kinds, *sizes]):
        # How many there are in all is told, few or not.
        assert number >= LEAST or number == every or not attacker.knows(cell), cell


def test_what_is_told_of_many_stays_told() -> None:
    numbers = {"complaint": Counter(a=40, b=30), "praise": Counter(a=20, b=15), SECRET: Counter(a=12)}
    may = may_be_told(numbers)
    assert may.kinds == {"complaint", "praise", SECRET}
    assert may.bodies == {"a", "b"}
    assert len(may.cells) == 4


def test_a_few_praises_of_a_body_are_not_its_whole_less_its_complaints() -> None:
    numbers = {"complaint": Counter(a=40, b=30), "praise": Counter(a=4, b=30)}
    may = may_be_told(numbers)
    assert ("praise", "a") not in may.cells
    attacker = Attacker(told(numbers, may))
    assert not attacker.knows([("praise", "a")])
    assert may.kinds == {"complaint", "praise"}
    assert may.bodies == {"a", "b"}, "what gives nothing away is told"
