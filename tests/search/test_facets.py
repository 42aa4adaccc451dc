"""Facets: what an entry holds, and how choices are counted."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from search.document import KINDS, document_of
from search.engines.embedded import Embedded
from search.facets import BY_NAME, FACETS, REMOTE, as_filters, choices
from search.schemas import ChannelName, FacetName, FindableKind
from search.surroundings import Surroundings
from services.record import Service, Unit
from tests.records import district, ref, service, unit
from tests.search.engines.contract import EVERYTHING, fill, titles

DAY = datetime(2026, 12, 1, tzinfo=UTC)
NORTH, SOUTH, EAST = district("Norte"), district("Sul"), district("Leste")
NAMES = {each.id: each.title for each in (NORTH, SOUTH, EAST)}


def held(record: Service | Unit, name: str, **around) -> tuple[str, ...]:
    return document_of(record, around=Surroundings(**around)).filters[name]


def step(*types: str, **more) -> dict:
    return {"title": "Pedir", "channels": {"default": [{"type": each} for each in types]}, **more}


def visit(days: int, where=NORTH, **more) -> dict:
    starts = DAY + timedelta(days)
    return {"district": ref(where), "starts": starts, "ends": starts + timedelta(hours=4), **more}


def test_the_api_knows_every_facet_and_its_closed_values() -> None:
    assert set(get_args(FacetName)) == set(BY_NAME)
    assert set(get_args(ChannelName)) == set(BY_NAME["channel"].words)
    assert set(get_args(FindableKind)) == set(BY_NAME["kind"].words) == set(KINDS)


def test_every_facet_has_a_name_of_its_own_in_portuguese() -> None:
    assert len({str(facet.label) for facet in FACETS}) == len(FACETS) == len(BY_NAME)


@pytest.mark.parametrize(
    ("steps", "more", "expected"),
    [
        ([step("web_schedule", "in_person"), step("phone")], {}, ("online", "in_person")),
        ([step(), step("whatsapp")], {}, ("phone",)),
        ([step("in_person")], {"online": True}, ("online", "in_person")),
        ([step("home_visit")], {}, ()),
    ],
)
def test_channels_are_those_by_which_one_asks(steps: list, more: dict, expected: tuple) -> None:
    assert held(service(steps=steps, **more), "channel") == expected


def test_free_is_what_the_record_says_or_else_its_fees() -> None:
    paid = step(fees={"default": [{"name": "Taxa", "amount": "5"}]})
    unpaid = step(fees={"default": [{"name": "Taxa", "amount": "0"}]})
    assert held(service(free=True, steps=[paid]), "free") == ("true",)
    assert held(service(steps=[unpaid]), "free") == ("true",)
    assert held(service(steps=[unpaid, paid]), "free") == ("false",)
    assert held(service(), "free") == ()


def test_ratings_count_for_all_that_they_reach() -> None:
    assert held(service(), "rating", rating=4.2) == ("4", "3")
    assert held(service(), "rating", rating=3.9) == ("3",)
    assert held(service(), "rating") == ()


@pytest.fixture
def charter(tmp_path) -> Embedded:
    """What is given where: by area, at units, on a bus, and from a chair at home."""
    post = unit("Posto", district=ref(NORTH))
    given_on_the_bus = service("Só no ônibus")
    bus = unit(
        "Ônibus",
        itinerant=True,
        visits=[visit(10), visit(25, SOUTH), visit(40), visit(80, EAST, services=[ref(given_on_the_bus)])],
    )
    records = [
        service("Por toda a área", area_served=[ref(NORTH)]),
        service("No posto e no ônibus", units=[ref(post), ref(bus)]),
        given_on_the_bus.model_copy(update={"units": [ref(bus)]}),
        service("De casa", steps=[step("phone")]),
        bus,
        post,
    ]
    around = {post.id: post, bus.id: bus}
    engine = Embedded(tmp_path / "index")
    documents = [
        document_of(each, around=Surroundings(units=tuple(around[u.id] for u in getattr(each, "units", ()))))
        for each in records
    ]
    fill(engine, (), "e.1", documents=documents)
    return engine


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # In the north, the south and the east, of which the last two see nothing but the bus.
        (-60, (3, 0, 0)),
        (0, (5, 3, 0)),
        (20, (5, 3, 2)),
        (26, (5, 0, 2)),
        (41, (3, 0, 2)),
        (81, (3, 0, 0)),
    ],
)
def test_a_visit_counts_from_sixty_days_before_it_until_its_day(charter: Embedded, days: int, expected: tuple) -> None:
    on = (DAY + timedelta(days)).date()
    counts = charter.search(EVERYTHING, filters={}, facets=["district"]).facets["district"]
    offered = {choice.value: choice.count for choice in choices(BY_NAME["district"], counts, titles=NAMES, on=on)}
    per_place = list(zip((NORTH, SOUTH, EAST), expected, strict=True))
    assert offered == {where.id: count for where, count in per_place if count} | {REMOTE: 1}
    for where, count in per_place:
        assert charter.search(EVERYTHING, filters=as_filters({"district": [where.id]}, on=on)).total == count


def test_what_is_done_from_home_may_be_asked_for_beside_a_place(charter: Embedded) -> None:
    on = DAY.date()
    found = charter.search(EVERYTHING, filters=as_filters({"district": [SOUTH.id, REMOTE]}, on=on))
    assert titles(found) == ["De casa", "No posto e no ônibus", "Ônibus", "Só no ônibus"]


def test_choices_come_by_number_of_results_and_only_with_a_name() -> None:
    counts = {NORTH.id: 2, SOUTH.id: 7, EAST.id: 2, "aaaaaaaaaa": 9, REMOTE: 40}
    offered = choices(BY_NAME["district"], counts, titles=NAMES, on=DAY.date())
    assert [(choice.label, choice.count) for choice in offered] == [
        ("Sul", 7),
        ("Leste", 2),
        ("Norte", 2),
        ("Também por telefone ou internet", 40),
    ]
