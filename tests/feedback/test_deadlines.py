"""Until when an answer is owed (Lei 13.460 art. 16, counted as Lei 9.784 art. 66 says)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.deadlines import ANSWER_DAYS, BODY_DAYS, last_day, last_day_extended
from services.record import City
from services.record.city import Holiday
from tests.records import city, district, ref

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
NUMBERS = st.integers(0, 60)


def closed_on(*days: date) -> City:
    return city(calendar=[Holiday(date=day, name="Feriado") for day in days])


CITIES = st.lists(DAYS, max_size=40, unique=True).map(lambda days: closed_on(*days))


def works(day: date, found: City | None) -> bool:
    """Said another way than ``working_days`` does."""
    return day.isoweekday() <= 5 and not any(holiday.date == day for holiday in (found.calendar if found else []))


def test_art_16_thirty_days_of_the_ombudsman_and_twenty_of_a_body() -> None:
    assert (ANSWER_DAYS, BODY_DAYS) == (30, 20)


@pytest.mark.parametrize(
    ("starts", "days", "last"),
    [
        # A Thursday and a Friday; then a Saturday, which moves to Monday.
        (date(2026, 3, 3), 30, date(2026, 4, 2)),
        (date(2026, 3, 4), 30, date(2026, 4, 3)),
        (date(2026, 3, 5), 30, date(2026, 4, 6)),
        (date(2026, 3, 6), 30, date(2026, 4, 6)),
        (date(2026, 3, 7), 30, date(2026, 4, 6)),
        # Over the end of a year, and of a February with 29 days.
        (date(2027, 12, 15), 30, date(2028, 1, 14)),
        (date(2028, 2, 10), 20, date(2028, 3, 1)),
    ],
)
def test_art_16_calendar_days_without_the_first(starts: date, days: int, last: date) -> None:
    assert last_day(starts, days, city=None) == last


def test_art_16_thirty_days_more_begin_where_the_first_end() -> None:
    """These on a Saturday, and so on the Monday after; with the rule of the next working day off, on the Saturday."""
    assert last_day_extended(date(2026, 3, 5), 30, city=None) == date(2026, 5, 6)
    assert last_day_extended(date(2026, 3, 5), 30, city=None, next_working_day=False) == date(2026, 5, 4)
    # Over the end of a year: a holiday on the first day of it moves the first, and so the second.
    new_year = closed_on(date(2027, 1, 1))
    assert last_day_extended(date(2026, 12, 2), 30, city=new_year) == date(2027, 2, 3)


def test_art_66_a_last_day_off_moves_to_the_next_that_the_city_works() -> None:
    good_friday, easter_monday = date(2026, 4, 3), date(2026, 4, 6)
    starts = date(2026, 3, 4)
    assert last_day(starts, 30, city=closed_on(good_friday)) == easter_monday
    assert last_day(starts, 30, city=closed_on(good_friday, easter_monday)) == date(2026, 4, 7)
    assert last_day(starts, 30, city=closed_on(good_friday), next_working_day=False) == good_friday


def test_a_holiday_of_a_district_moves_nothing() -> None:
    of_one = Holiday(date=date(2026, 4, 3), name="Padroeiro", districts=[ref(district())])
    assert last_day(date(2026, 3, 4), 30, city=city(calendar=[of_one])) == date(2026, 4, 3)


@given(starts=DAYS, days=NUMBERS, found=st.none() | CITIES)
def test_the_last_day_is_the_first_working_one_from_the_count_on(starts: date, days: int, found: City | None) -> None:
    last, counted = last_day(starts, days, city=found), starts + timedelta(days=days)
    assert works(last, found)
    between = [counted + timedelta(days=n) for n in range((last - counted).days)]
    assert last >= counted
    assert not any(works(day, found) for day in between)


@given(starts=DAYS, days=NUMBERS, found=CITIES)
def test_without_the_rule_it_is_the_count_alone(starts: date, days: int, found: City) -> None:
    assert last_day(starts, days, city=found, next_working_day=False) == starts + timedelta(days=days)


@given(starts=DAYS, days=NUMBERS, found=CITIES, more=st.integers(1, 30))
def test_who_comes_later_is_not_owed_an_answer_earlier(starts: date, days: int, found: City, more: int) -> None:
    later = starts + timedelta(days=more)
    assert last_day(starts, days, city=found) <= last_day(later, days, city=found)
    assert last_day(starts, days, city=found) <= last_day(starts, days + more, city=found)


def test_a_calendar_that_closes_for_good_does_not_hang() -> None:
    every = closed_on(*(date(2026, 4, 2) + timedelta(days=n) for n in range(120)))
    assert last_day(date(2026, 3, 3), 30, city=every) == date(2026, 4, 2)
