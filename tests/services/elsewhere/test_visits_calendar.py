"""Visits as a calendar program reads them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from services.models import PublishedRecord
from services.record import City, Unit
from tests import records
from tests.services.portal import entry

pytestmark = pytest.mark.django_db
ADDRESS = "/visitas.ics"
TOMORROW = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
NORTH, SOUTH = records.district("Norte"), records.district("Sul")


def visit(hours: int = 0, **given: Any) -> dict[str, Any]:
    starts = TOMORROW + timedelta(hours=hours)
    return {"starts": starts, "ends": starts + timedelta(hours=4), **given}


def bus(*visits: dict[str, Any], title: str = "Ônibus da saúde") -> Unit:
    return records.unit(title, itinerant=True, visits=list(visits))


def events(client: Client, address: str = ADDRESS, **query: str) -> dict[str, Any]:
    """The events by their UIDs."""
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    assert len({str(event["uid"]) for event in found}) == len(found)
    return {str(event["uid"]): event for event in found}


def test_a_visit_says_when_where_and_what_in_the_citys_time(client: Client, django_assert_num_queries: Any) -> None:
    records.put_record(entry(City, "city", "Cidade", timezone="America/Manaus"))
    records.put_record(NORTH)
    vaccine = records.service("Tomar vacina")
    shown = bus(visit(place="Praça; ao lado da igreja", district=records.ref(NORTH), services=[records.ref(vaccine)]))
    row = records.put_record(shown)
    with django_assert_num_queries(2):
        answer = client.get(ADDRESS)
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    (event,) = events(client).values()
    assert str(event["summary"]) == "Ônibus da saúde em Norte"
    assert str(event["location"]) == "Praça; ao lado da igreja, Norte"
    assert str(event["description"]) == "Serviços: Tomar vacina."
    assert str(event["url"]).startswith("http://testserver/unidades/")
    assert event["dtstart"].params["TZID"] == "America/Manaus"
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=-4)
    assert event["dtstart"].dt == TOMORROW
    assert event["dtend"].dt == TOMORROW + timedelta(hours=4)
    assert int(event["sequence"]) == row.sequence
    assert event["last-modified"].dt == records.PUBLISHED_AT
    zone = Calendar.from_ical(answer.content).walk("VTIMEZONE")[0]
    assert str(zone["tzid"]) == "America/Manaus"


def test_an_event_keeps_its_name_while_it_changes_and_leaves_when_it_is_called_off(client: Client) -> None:
    records.put_record(bus(visit(place="Praça"), visit(8, place="Escola")))
    before = events(client)
    assert [event["dtstart"].dt.utcoffset() for event in before.values()] == [timedelta(hours=-3)] * 2
    first = min(before, key=lambda uid: before[uid]["dtstart"].dt)
    changed = records.put_record(bus(visit(place="Mercado")))
    after = events(client)
    assert list(after) == [first]
    assert str(after[first]["location"]) == "Mercado"
    assert int(after[first]["sequence"]) > int(before[first]["sequence"])
    assert list(events(client, "/es/visitas.ics")) == [first]
    records.remove_record(changed)
    assert events(client) == {}
    twice = bus(visit(place="Praça"), visit(place="Praça"), visit(place="Nunca", ends=TOMORROW - timedelta(hours=1)))
    records.put_record(twice)
    assert len(events(client)) == 2


def test_of_a_unit_or_a_district_and_of_the_last_month_at_most(client: Client) -> None:
    for place in (NORTH, SOUTH):
        records.put_record(place)
    health, trade = bus(), bus(title="Ônibus da fazenda")
    long_ago = {"starts": datetime(2020, 1, 1, tzinfo=UTC), "ends": datetime(2020, 1, 2, tzinfo=UTC)}
    records.put_record(bus(visit(district=records.ref(NORTH)), visit(8, district=records.ref(SOUTH)), long_ago))
    records.put_record(bus(visit(district=records.ref(NORTH)), title="Ônibus da fazenda"))

    def told(**query: str) -> list[str]:
        return sorted(str(event["summary"]) for event in events(client, **query).values())

    assert len(told()) == 3
    assert told(unidade=trade.slug) == told(unidade=trade.id) == ["Ônibus da fazenda em Norte"]
    assert told(distrito=SOUTH.slug) == ["Ônibus da saúde em Sul"]
    assert told(distrito=NORTH.id, unidade=health.id) == ["Ônibus da saúde em Norte"]
    named = Calendar.from_ical(client.get(ADDRESS, {"distrito": "sul"}).content)
    assert str(named["name"]) == str(named["x-wr-calname"]) == "Atendimento itinerante: Sul"
    for query in ({"unidade": "nada"}, {"distrito": "\x00"}, {"distrito": "x" * 3_000}, {"unidade": ""}):
        assert client.get(ADDRESS, query).status_code == 404
    PublishedRecord.objects.filter(kind="unit").update(deleted=True)
    assert told() == []


def test_pages_lead_to_it(client: Client) -> None:
    records.put_record(NORTH)
    itinerant = bus(visit(district=records.ref(NORTH)))
    records.put_record(itinerant)
    assert f'href="webcal://testserver{ADDRESS}?unidade={itinerant.id}"' in client.get(itinerant.url).content.decode()
    assert f'href="{ADDRESS}?distrito={NORTH.id}"' in client.get(NORTH.url).content.decode()
    records.put_record(SOUTH)
    records.put_record(records.unit("Posto Sul", district=records.ref(SOUTH)))
    assert ADDRESS not in client.get(SOUTH.url).content.decode()
