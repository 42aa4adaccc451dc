"""Holidays are computed for any year, offered, and kept once."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.first_day.holidays import customary, municipal_election, national, years_to_have
from services.neighbours import the_city
from tests.home.first_day.town import at_work
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up


def address() -> str:
    return reverse("conecta_first_day:calendar")


@pytest.mark.parametrize(
    ("year", "good_friday", "carnival", "corpus_christi"),
    [
        (2024, date(2024, 3, 29), date(2024, 2, 13), date(2024, 5, 30)),
        (2026, date(2026, 4, 3), date(2026, 2, 17), date(2026, 6, 4)),
        (2027, date(2027, 3, 26), date(2027, 2, 9), date(2027, 5, 27)),
        (2038, date(2038, 4, 23), date(2038, 3, 9), date(2038, 6, 24)),
    ],
)
def test_what_hangs_on_easter(year: int, good_friday: date, carnival: date, corpus_christi: date) -> None:
    by_name = {day.name: day.date for day in (*national(year), *customary(year))}
    assert by_name["Sexta-feira da Paixão"] == good_friday
    assert by_name["Terça-feira de Carnaval"] == carnival
    assert by_name["Corpus Christi"] == corpus_christi


def test_a_year_has_its_ten_national_days_in_their_order() -> None:
    days = [day.date for day in national(2026)]
    assert days == sorted(days)
    assert [f"{day:%d/%m}" for day in days] == [
        *("01/01", "03/04", "21/04", "01/05", "07/09", "12/10", "02/11", "15/11", "20/11", "25/12")
    ]


def test_of_elections_and_years() -> None:
    assert municipal_election(2028) == (date(2028, 7, 1), date(2028, 10, 1))
    assert municipal_election(2032) == (date(2032, 7, 3), date(2032, 10, 3))
    assert municipal_election(2026) is None
    assert years_to_have(date(2026, 10, 31)) == [2026]
    assert years_to_have(date(2026, 11, 1)) == [2026, 2027]


@pytest.mark.django_db
def test_a_year_is_kept_with_the_citys_own_days_once() -> None:
    charter.city().save()
    client = at_work()
    year = timezone.localdate().year + 1
    offered = [day.date.isoformat() for day in national(year)]
    carnival = customary(year)[1].date.isoformat()
    own = "02/07 Independência da Bahia\n24/12: Véspera de Natal (facultativo)"
    data: dict[str, Any] = {"days": offered, "optional": [carnival], "own": own}
    told = client.post(f"{address()}?ano={year}", data, follow=True).content.decode()
    assert "13 dias acrescentados." in told
    city = the_city()
    assert city is not None
    assert [day.date for day in city.calendar] == sorted(day.date for day in city.calendar)
    kept = {day.date: (day.name, day.type) for day in city.calendar}
    assert kept[date(year, 7, 2)] == ("Independência da Bahia", "holiday")
    assert kept[date(year, 12, 24)] == ("Véspera de Natal", "optional")
    assert kept[customary(year)[1].date] == ("Terça-feira de Carnaval", "optional")

    again = client.post(f"{address()}?ano={year}", {"own": own}, follow=True).content.decode()
    assert "0 dia" in again
    assert ModelLogEntry.objects.filter(action="conecta.live_at_once").count() == 1


@pytest.mark.django_db
def test_a_line_that_is_no_day_is_told_and_nothing_is_kept() -> None:
    told = at_work().post(address(), {"own": "31/02 Nada\nSão João"}).content.decode()
    assert "“31/02 Nada”: escreva o dia e o nome" in told
    assert "“São João”: escreva o dia e o nome" in told
    city = the_city()
    assert city is None or not city.calendar


@pytest.mark.django_db
def test_it_is_for_who_may_change_the_city() -> None:
    set_up()
    assert browser(person("fala", "comunicacao")).get(address()).status_code == 200
    assert browser(person("le", "controle")).get(address()).status_code == 302
