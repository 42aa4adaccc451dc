"""What the phone's program must say, said by the server's own functions: the second reader of the test vectors."""

from bisect import bisect_left
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from search.query import read_query
from search.spelling import distance
from search.text import LANGUAGES, fold
from services import wording
from services.record import City, Ref, Service, Unit
from services.record.city import Holiday
from services.timing import open_now, status
from tests import records

folded = fold


def asked(code: str, typed: str) -> list[str]:
    """The words that a query asks for."""
    return list(read_query(typed, LANGUAGES[code]).words)


def beginning(typed: str, words: list[str]) -> list[str]:
    """Of sorted words those that begin so."""
    found = []
    for word in words[bisect_left(words, typed) :]:
        if not word.startswith(typed):
            break
        found.append(word)
    return found


def alike(one: str, other: str) -> bool:
    """Whether one edit makes one word of the other."""
    return distance(one, other, 1) <= 1


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def status_told(dates: dict[str, Any], at: str) -> tuple[dict[str, Any], str, str]:
    """A service's status, and the sentences on it."""
    record = records.service("Serviço", **dates)
    assert isinstance(record, Service)
    found, zone = status(record, _moment(at)), ZoneInfo("America/Bahia")
    told = {"name": found.name, "since": _text(found.since), "until": _text(found.until), "message": found.message}
    return told, wording.status(found, zone), wording.status_in_brief(found, zone)


def open_told(dates: dict[str, Any], city: dict[str, Any], at: str) -> tuple[dict[str, Any], str]:
    """Whether a unit attends, and the sentence on it."""
    whole = {**dates, "district": _district(dates["district"]) if "district" in dates else None}
    unit = records.unit("Posto", **{"hours": [], **whole})
    assert isinstance(unit, Unit)
    calendar = [Holiday(**{**each, "districts": list(map(_district, each["districts"]))}) for each in city["calendar"]]
    the_city = records.city(timezone=city["timezone"], calendar=calendar)
    assert isinstance(the_city, City)
    found = open_now(unit, the_city, _moment(at))
    told = {
        "open": found.open,
        "until": _text(found.until),
        "next": _text(found.next_opening),
        "reason": found.reason,
        "note": found.note,
    }
    return told, wording.open_state(found, _moment(at), ZoneInfo(city["timezone"]))


def _district(entry_id: str) -> Ref:
    return Ref(kind="district", id=entry_id)
