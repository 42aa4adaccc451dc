"""Nothing that is told, alone or taken from another, is of few people."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.counts import Counts, tellable, told_apart, total
from feedback.panel.leaving_out import left_out, less
from feedback.statistics import LEAST

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), max_size=8)


def of(number: int) -> Counts:
    """So many ratings of four stars."""
    return Counts((0, 0, 0, number, 0, 0, 0, 0, 0))


@given(SIZES, st.integers(0, 30))
def test_the_whole_less_what_is_told_is_nothing_or_of_many(sizes: dict[str, int], in_no_part: int) -> None:
    whole = sum(sizes.values()) + in_no_part
    shown = tellable(sizes, whole)
    rest = whole - sum(sizes[name] for name in shown)
    assert all(sizes[name] >= LEAST for name in shown)
    assert rest == 0 or rest >= LEAST or not shown
    apart = told_apart({name: of(size) for name, size in sizes.items()}, of(whole))
    assert set(apart.parts) == shown
    assert (apart.rest.count if apart.rest else 0) == (rest if rest >= LEAST else 0)


def test_lgpd_art_12_ten_are_told_and_nine_are_not() -> None:
    assert tellable({"a": 10, "b": 9}, 29) == {"a"}
    assert tellable({"a": 10}, 10) == {"a"}
    assert tellable({"a": 10, "b": 20}, 30) == {"a", "b"}


def test_a_small_part_takes_the_smallest_large_one_with_it() -> None:
    assert tellable({"a": 50, "b": 12, "c": 3}, 65) == {"a"}
    assert told_apart({"a": of(50), "b": of(12), "c": of(3)}, of(65)).rest.count == 15


@given(st.dictionaries(st.sampled_from(["body1", "body2", "body3", "none"]), SIZES, max_size=4))
def test_no_total_of_a_body_or_the_city_less_what_is_told_below_it_is_of_few(sizes: dict[str, dict[str, int]]) -> None:
    """Each body and each service has a page of its own: from what is on one another's number must not follow."""
    services_of: dict[str, dict[str, Counts]] = {"": {}}
    for body, services in sizes.items():
        mine = {f"{body}-{name}": of(size) for name, size in services.items()}
        services_of["" if body == "none" else body] = mine

    city = {name: counts for services in services_of.values() for name, counts in services.items()}

    def shown_whole(subject: str) -> int:
        out = left_out(subject, services_of)
        every = services_of.get(subject, {}) if subject else city
        return total(counts for name, counts in every.items() if name not in out).count

    def told(subject: str) -> int:
        every = services_of[subject] if subject else city
        return sum(counts.count for counts in every.values() if counts.enough)

    bodies = [body for body in services_of if body]
    for body in bodies:
        if (whole := shown_whole(body)) >= LEAST:
            assert whole - told(body) == 0 or whole - told(body) >= LEAST
    whole = shown_whole("")
    if whole >= LEAST:
        assert whole - told("") == 0 or whole - told("") >= LEAST
        of_bodies = sum(number for body in bodies if (number := shown_whole(body)) >= LEAST)
        alone = sum(counts.count for counts in services_of[""].values() if counts.enough)
        left = whole - of_bodies - alone
        assert left == 0 or left >= LEAST


def test_what_is_left_out_is_in_no_part_of_the_whole() -> None:
    whole = {"": {"": of(30)}, "channel": {"phone": of(20), "digital": of(10)}}
    out = {"": {"": of(4)}, "channel": {"phone": of(4)}, "unit": {"x": of(4)}}
    left = less(whole, [out])
    assert (left[""][""].count, left["channel"]["phone"].count, left["channel"]["digital"].count) == (26, 16, 10)
    assert whole["channel"]["phone"].count == 20
