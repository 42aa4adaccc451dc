"""No number of fewer than ten people is told, nor can be reckoned from the others."""

from hypothesis import given
from hypothesis import strategies as st

from home.observatory.shape import WITHHELD, Column, Table
from home.observatory.withholding import LEAST, withheld

_COLUMNS = (
    Column("nome", "Nome", "Nome."),
    Column("todos", "Todos", "Todos.", "integer", "pessoas", person_count=True),
    Column("alguns", "Alguns", "Alguns.", "integer", "pessoas", person_count=True),
    Column("parte", "Parte", "Parte.", "percent", "por cento", of="alguns"),
)


def table(*, whole: bool = True) -> Table:
    return Table("t", "T", "T", "T", _COLUMNS, lambda _reading: (), whole=whole)


def told(*counts: int, **how: bool) -> dict[str, int | None]:
    rows = [{"nome": name, "todos": n, "alguns": n, "parte": 50.0} for name, n in zip("abcdefgh", counts, strict=False)]
    return {str(row["nome"]): row["todos"] for row in withheld(table(**how), rows)}  # type: ignore[misc]


def test_ten_is_told_and_nine_is_not() -> None:
    assert told(10, 9, whole=False) == {"a": 10, "b": None}


def test_one_that_is_withheld_takes_the_next_with_it() -> None:
    assert told(3, 40, 12) == {"a": None, "b": 40, "c": None}


def test_two_that_are_few_together_take_a_third() -> None:
    assert told(2, 3, 40, 12) == {"a": None, "b": None, "c": 40, "d": None}
    assert told(5, 6, 40, 12) == {"a": None, "b": None, "c": 40, "d": 12}


def test_nought_is_about_nobody() -> None:
    assert told(0, 40) == {"a": 0, "b": 40}
    assert told(0, 3, 40) == {"a": 0, "b": None, "c": None}


def test_what_is_withheld_stands_last_in_no_order_of_size() -> None:
    rows = [
        {"nome": name, "todos": n, "alguns": n, "parte": 1.0} for name, n in (("z", 50), ("y", 12), ("b", 9), ("a", 2))
    ]
    assert [row["nome"] for row in withheld(table(), rows)] == ["z", "y", "a", "b"]


def test_with_a_count_goes_what_is_told_of_it() -> None:
    rows = [
        {"nome": "a", "todos": 30, "alguns": 4, "parte": 25.0},
        {"nome": "b", "todos": 40, "alguns": 30, "parte": 90.0},
        {"nome": "c", "todos": 50, "alguns": 20, "parte": 80.0},
        {"nome": "d", "todos": 60, "alguns": 0, "parte": None},
    ]
    found = {row["nome"]: row for row in withheld(table(), rows)}
    assert found["a"] == {"nome": "a", "todos": 30, "alguns": None, "parte": None, WITHHELD: True}
    assert (found["c"]["alguns"], found["c"]["parte"]) == (None, None)
    assert (found["b"]["alguns"], found["b"]["parte"], found["b"][WITHHELD]) == (30, 90.0, False)
    assert found["d"] == {"nome": "d", "todos": 60, "alguns": 0, "parte": None, WITHHELD: False}


@given(st.lists(st.integers(0, 60), max_size=12))
def test_what_is_missing_of_a_known_sum_is_of_two_rows_and_ten_people(counts: list[int]) -> None:
    rows = [{"nome": f"{n:02}", "todos": c, "alguns": c, "parte": 1.0} for n, c in enumerate(counts)]
    found = {str(row["nome"]): row["todos"] for row in withheld(table(), rows)}
    assert all(value == 0 or value >= LEAST for value in found.values() if value is not None)  # type: ignore[operator]
    missing = [count for number, count in enumerate(counts) if found[f"{number:02}"] is None]
    everything_small = all(value in (None, 0) for value in found.values())
    assert not missing or everything_small or (len(missing) >= 2 and sum(missing) >= LEAST)
