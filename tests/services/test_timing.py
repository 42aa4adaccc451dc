"""Laws and examples of what is true at a moment."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.record import Alert, City, Form, Ref, Secretariat, Service, Unit
from services.record.city import Holiday
from services.record.form import FormVersion
from services.record.identity import id_for, id_of
from services.record.service import Season, Suspension
from services.record.unit import Hours, HoursException, Visit
from services.timing import (
    changes_at,
    in_force,
    open_now,
    status,
    upcoming_visits,
    version_in_force,
)

BAHIA = ZoneInfo("America/Bahia")
KEY = uuid.UUID(int=7)
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
DISTRICT = Ref(kind="district", id=id_for("t", "district", "igua"))
OTHER_DISTRICT = Ref(kind="district", id=id_for("t", "district", "inhobim"))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BAHIA)


def service(**fields):
    return Service(kind="service", key=KEY, id=id_of(KEY), title="Serviço", **fields)


def unit(**fields):
    return Unit(kind="unit", key=KEY, id=id_of(KEY), title="Unidade", **fields)


def city(**fields):
    return City(kind="city", key=KEY, id=id_of(KEY), title="Cidade", **fields)


def alert(starts, ends=None):
    return Alert(kind="alert", key=KEY, id=id_of(KEY), title="Aviso", starts=starts, ends=ends)


OFFICE = unit(hours=[Hours(days=WORKDAYS, opens=time(8), closes=time(14))], district=DISTRICT)


def test_a_service_without_dates_is_normal():
    assert status(service(), at("2026-11-23 10:00")).name == "normal"


def test_a_suspension_holds_its_first_moment_and_not_its_last():
    suspended = service(suspensions=[Suspension(starts=at("2026-12-01"), ends=at("2026-12-10"), message="Reforma")])
    assert status(suspended, at("2026-11-30 23:59")).name == "normal"
    state = status(suspended, at("2026-12-01"))
    assert (state.name, state.since, state.until, state.message) == (
        "suspended",
        at("2026-12-01"),
        at("2026-12-10"),
        "Reforma",
    )
    assert status(suspended, at("2026-12-10")).name == "normal"


def test_suspensions_that_meet_are_told_as_one_and_an_open_one_has_no_end():
    suspended = service(
        suspensions=[
            Suspension(starts=at("2026-12-05"), ends=at("2026-12-10")),
            Suspension(starts=at("2026-12-01"), ends=at("2026-12-06")),
            Suspension(starts=at("2026-12-10")),
        ]
    )
    state = status(suspended, at("2026-12-02"))
    assert (state.since, state.until) == (at("2026-12-01"), None)


def test_a_suspension_counts_before_a_season():
    both = service(
        suspensions=[Suspension(starts=at("2026-12-01"))],
        seasons=[Season(opens=at("2027-02-01"), closes=at("2027-03-01"))],
    )
    assert status(both, at("2027-02-10")).name == "suspended"


def test_outside_every_season_a_service_tells_when_the_next_one_opens():
    seasonal = service(
        seasons=[
            Season(opens=at("2027-02-01"), closes=at("2027-03-01"), message="Inscrições de 2027"),
            Season(opens=at("2026-02-01"), closes=at("2026-03-01")),
        ]
    )
    state = status(seasonal, at("2026-11-23"))
    assert (state.name, state.since, state.until, state.message) == (
        "out_of_season",
        at("2026-03-01"),
        at("2027-02-01"),
        "Inscrições de 2027",
    )
    assert status(seasonal, at("2027-02-15")).until == at("2027-03-01")
    assert status(seasonal, at("2027-03-01")).until is None


def test_a_unit_is_open_within_its_hours():
    state = open_now(OFFICE, None, at("2026-11-23 10:00"))
    assert (state.open, state.until, state.reason) == (True, at("2026-11-23 14:00"), "hours")


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 07:59", "2026-11-23 08:00"),
        ("2026-11-23 14:00", "2026-11-24 08:00"),
        ("2026-11-27 15:00", "2026-11-30 08:00"),
    ],
)
def test_a_closed_unit_tells_when_it_opens(moment, opens):
    state = open_now(OFFICE, None, at(moment))
    assert (state.open, state.next_opening) == (False, at(opens))


def test_a_night_that_passes_midnight_belongs_to_the_day_on_which_it_began():
    bar = unit(hours=[Hours(days=["fri"], opens=time(22), closes=time(2))])
    assert open_now(bar, None, at("2026-11-28 01:30")).until == at("2026-11-28 02:00")
    assert not open_now(bar, None, at("2026-11-27 01:30")).open


def test_hours_that_meet_are_one_opening():
    split = unit(
        hours=[
            Hours(days=["mon"], opens=time(8), closes=time(12)),
            Hours(days=["mon"], opens=time(12), closes=time(18)),
        ]
    )
    assert open_now(split, None, at("2026-11-23 09:00")).until == at("2026-11-23 18:00")


def test_a_unit_that_never_closes_has_no_end():
    always = unit(hours=[Hours(days=[*WORKDAYS, "sat", "sun"], opens=time(0), closes=time(0))], open_on_holidays=True)
    state = open_now(always, None, at("2026-11-23 09:00"))
    assert (state.open, state.until) == (True, None)


def test_a_holiday_closes_a_unit_unless_it_opens_on_holidays():
    calendar = city(calendar=[Holiday(date=date(2026, 11, 23), name="Dia da cidade")])
    state = open_now(OFFICE, calendar, at("2026-11-23 10:00"))
    assert (state.open, state.reason, state.note, state.next_opening) == (
        False,
        "holiday",
        "Dia da cidade",
        at("2026-11-24 08:00"),
    )
    assert open_now(OFFICE.model_copy(update={"open_on_holidays": True}), calendar, at("2026-11-23 10:00")).open


def test_a_districts_holiday_closes_only_its_units_and_ponto_facultativo_is_told_apart():
    def calendar(district):
        return city(
            calendar=[Holiday(date=date(2026, 11, 23), name="Padroeiro", type="optional", districts=[district])]
        )

    assert open_now(OFFICE, calendar(DISTRICT), at("2026-11-23 10:00")).reason == "optional"
    assert open_now(OFFICE, calendar(OTHER_DISTRICT), at("2026-11-23 10:00")).open


def test_an_exception_counts_before_hours_and_holidays_and_the_narrowest_before_others():
    calendar = city(calendar=[Holiday(date=date(2026, 12, 25), name="Natal")])
    special = OFFICE.model_copy(
        update={
            "hours_exceptions": [
                HoursException(starts=date(2026, 12, 20), ends=date(2027, 1, 3), message="Recesso"),
                HoursException(
                    starts=date(2026, 12, 25), ends=date(2026, 12, 25), closed=False, opens=time(9), closes=time(10)
                ),
            ]
        }
    )
    assert open_now(special, calendar, at("2026-12-25 09:30")).until == at("2026-12-25 10:00")
    state = open_now(special, calendar, at("2026-12-28 09:30"))
    assert (state.open, state.reason, state.note, state.next_opening) == (
        False,
        "exception",
        "Recesso",
        at("2027-01-04 08:00"),
    )


def test_the_citys_time_zone_counts():
    acre = city(timezone="America/Rio_Branco")
    assert open_now(OFFICE, acre, datetime(2026, 11, 23, 13, 30, tzinfo=UTC)).open
    assert not open_now(OFFICE, acre, datetime(2026, 11, 23, 11, 30, tzinfo=UTC)).open


def test_a_unit_without_hours_says_that_it_does_not_know():
    assert open_now(unit(), None, at("2026-11-23 10:00")).reason == "unknown"


def test_an_itinerant_unit_lives_by_its_visits():
    bus = unit(
        itinerant=True,
        visits=[
            Visit(starts=at("2026-12-08 08:00"), ends=at("2026-12-08 12:00")),
            Visit(starts=at("2026-12-01 08:00"), ends=at("2026-12-01 12:00")),
        ],
    )
    assert open_now(bus, None, at("2026-12-01 09:00")).until == at("2026-12-01 12:00")
    assert open_now(bus, None, at("2026-12-01 12:00")).next_opening == at("2026-12-08 08:00")
    assert [visit.starts for visit in upcoming_visits(bus, at("2026-12-01 09:00"))] == [
        at("2026-12-01 08:00"),
        at("2026-12-08 08:00"),
    ]
    assert upcoming_visits(bus, at("2026-12-08 12:00")) == []


def test_an_alert_is_in_force_from_its_start_to_before_its_end():
    notice = alert(at("2026-12-01"), at("2026-12-02"))
    assert [in_force(notice, at(day)) for day in ("2026-11-30", "2026-12-01", "2026-12-02")] == [False, True, False]
    assert in_force(alert(at("2026-12-01")), at("2036-12-01"))


def test_the_newest_version_that_has_begun_is_in_force():
    form = Form(
        kind="form",
        key=KEY,
        id=id_of(KEY),
        versions=[
            FormVersion(label="3", valid_from=date(2027, 1, 1)),
            FormVersion(label="1", valid_from=date(2020, 1, 1)),
            FormVersion(label="2", valid_from=date(2026, 1, 1)),
        ],
    )
    assert version_in_force(form, None, at("2026-12-31 23:59")).label == "2"
    assert version_in_force(form, None, at("2027-01-01")).label == "3"
    assert changes_at([form], at("2026-12-31 12:00")) == at("2027-01-01")


def test_nothing_dated_never_changes():
    assert changes_at([service(), unit(), alert(at("2020-01-01"))], at("2026-11-23")) is None


def test_a_body_changes_the_day_after_its_last():
    body = Secretariat(kind="secretariat", key=KEY, id=id_of(KEY), valid_until=date(2026, 12, 31))
    assert changes_at([body], at("2026-11-23")) == at("2027-01-01")


START = at("2026-11-23 00:00")
moments = st.integers(0, 21 * 24 * 4).map(lambda quarters: START + timedelta(minutes=15 * quarters))
clocks = st.integers(0, 47).map(lambda halves: time(halves // 2, 30 * (halves % 2)))
days = st.integers(0, 20).map(lambda n: date(2026, 11, 23) + timedelta(days=n))
weekdays = st.lists(st.sampled_from([*WORKDAYS, "sat", "sun"]), min_size=1, max_size=7, unique=True)
services = st.builds(
    service,
    suspensions=st.lists(st.builds(Suspension, starts=moments, ends=st.none() | moments), max_size=3),
    seasons=st.lists(st.builds(Season, opens=moments, closes=moments), max_size=3),
)
units = st.builds(
    unit,
    hours=st.lists(st.builds(Hours, days=weekdays, opens=clocks, closes=clocks), max_size=3),
    hours_exceptions=st.lists(
        st.builds(
            HoursException,
            starts=days,
            ends=days,
            closed=st.booleans(),
            opens=st.none() | clocks,
            closes=st.none() | clocks,
        ),
        max_size=2,
    ),
    visits=st.lists(st.builds(Visit, starts=moments, ends=moments), max_size=2),
    open_on_holidays=st.booleans(),
    district=st.sampled_from([None, DISTRICT]),
)
cities = st.builds(
    city,
    calendar=st.lists(
        st.builds(
            Holiday,
            date=days,
            name=st.just("Feriado"),
            type=st.sampled_from(["holiday", "optional"]),
            districts=st.sampled_from([[], [DISTRICT]]),
        ),
        max_size=3,
    ),
    timezone=st.sampled_from(["America/Bahia", "America/Rio_Branco", "America/New_York"]),
)
alerts = st.builds(alert, moments, st.none() | moments)


def told(records, moment):
    town, one_service, one_unit, one_alert = records
    return (
        status(one_service, moment),
        open_now(one_unit, town, moment),
        upcoming_visits(one_unit, moment),
        in_force(one_alert, moment),
    )


@settings(max_examples=300, deadline=None)
@given(cities, services, units, alerts, moments, st.floats(0, 0.999))
def test_until_the_next_boundary_nothing_that_is_told_changes(town, one_service, one_unit, one_alert, moment, share):
    records = (town, one_service, one_unit, one_alert)
    boundary = changes_at(records, moment)
    assert boundary is None or boundary > moment
    later = moment + share * ((boundary - moment) if boundary else timedelta(days=30))
    assert told(records, later) == told(records, moment)


@settings(max_examples=200, deadline=None)
@given(cities, units, moments)
def test_a_unit_is_open_until_the_moment_it_names_and_closed_until_it_opens(town, one_unit, moment):
    state = open_now(one_unit, town, moment)
    if state.open and state.until:
        assert state.until > moment
        assert open_now(one_unit, town, state.until - timedelta(seconds=1)).open
    if state.next_opening:
        assert not state.open
        assert open_now(one_unit, town, state.next_opening).open
        assert not open_now(one_unit, town, state.next_opening - timedelta(seconds=1)).open
