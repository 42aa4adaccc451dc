"""Lists of districts and of bodies as people paste them: a name a line, or the columns of a spreadsheet. Pure."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Generic, Literal, TypeVar

from django.utils.translation import gettext as _

from services.interchange.slugs import fold

Line = TypeVar("Line")
MOST_LINES = 500
_LONGEST = 255

#: What a column may be called → the field.
DISTRICT_COLUMNS = {
    "nome": "name",
    "tipo": "type",
    "distrito": "parent",
    "distrito a que pertence": "parent",
    "latitude": "latitude",
    "longitude": "longitude",
}
BODY_COLUMNS = {
    "nome": "name",
    "orgao": "name",
    "sigla": "acronym",
    "orgao superior": "superior",
    "superior": "superior",
}
_TYPES: dict[str, Literal["seat", "district", "village"]] = {
    "": "district",
    "sede": "seat",
    "distrito": "district",
    "povoado": "village",
}
#: "Secretaria de Finanças (SEFIN)".
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]{2,20})\)")


@dataclass(frozen=True)
class District:
    """A line: a part of the municipality."""

    number: int
    name: str
    type: Literal["seat", "district", "village"] = "district"
    parent: str = ""
    #: Latitude and longitude.
    point: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Body:
    """A line: a body of the city, and the one above it by acronym or name."""

    number: int
    name: str
    acronym: str = ""
    superior: str = ""


@dataclass(frozen=True)
class Fault:
    """A line that cannot be taken, and why."""

    number: int
    text: str
    sentence: str


@dataclass
class Read(Generic[Line]):
    """What a list says."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Wrong(Exception):
    """The text says what is wrong with a line."""


def read_districts(text: str) -> Read[District]:
    """Columns in this order unless a heading says another: name, type, district, latitude, longitude."""
    return _read(text, DISTRICT_COLUMNS, ("name", "type", "parent", "latitude", "longitude"), _district)


def read_bodies(text: str) -> Read[Body]:
    """Columns in this order unless a heading says another: name, acronym, body above."""
    return _read(text, BODY_COLUMNS, ("name", "acronym", "superior"), _body)


def _read(
    text: str,
    columns: Mapping[str, str],
    order: tuple[str, ...],
    made: Callable[[int, Mapping[str, str]], Line],
) -> Read[Line]:
    found: Read[Line] = Read()
    names: tuple[str, ...] = order
    seen: dict[str, int] = {}
    for number, cells in enumerate(_rows(text, columns), start=1):
        if number == 1 and fold(cells[0]) in columns:
            names = tuple(columns.get(fold(cell), "") for cell in cells)
            continue
        if number > MOST_LINES + 1:
            found.faults.append(Fault(number, cells[0], _("são mais de %d linhas: cole em duas vezes") % MOST_LINES))
            break
        told = {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=False) if name}
        if not any(told.values()):
            continue
        try:
            _require_new(told.get("name", ""), number, seen)
            found.lines.append(made(number, told))
        except _Wrong as wrong:
            found.faults.append(Fault(number, told.get("name") or cells[0], str(wrong)))
    return found


def _rows(text: str, columns: Mapping[str, str]) -> Iterator[list[str]]:
    """Names hold commas ("Cultura, Turismo e Lazer"): a comma parts columns only below a heading that it parts."""
    text = text.lstrip("\ufeff").strip("\r\n")
    first = text.partition("\n")[0]
    headed = [fold(cell) for cell in first.split(",")]
    if "\t" in text:
        delimiter = "\t"
    elif ";" in text:
        delimiter = ";"
    elif len(headed) > 1 and all(name in columns for name in headed):
        delimiter = ","
    else:
        yield from ([line] for line in text.splitlines())
        return
    yield from (row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _require_new(name: str, number: int, seen: dict[str, int]) -> None:
    if not fold(name):
        raise _Wrong(_("falta o nome"))
    if len(name) > _LONGEST:
        raise _Wrong(_("o nome é comprido demais"))
    if before := seen.get(fold(name)):
        raise _Wrong(_("este nome já está na linha %d") % before)
    seen[fold(name)] = number


def _district(number: int, told: Mapping[str, str]) -> District:
    kind = fold(told.get("type", ""))
    if kind not in _TYPES:
        raise _Wrong(_("o tipo é Sede, Distrito ou Povoado"))
    latitude, longitude = told.get("latitude", ""), told.get("longitude", "")
    if bool(latitude) != bool(longitude):
        raise _Wrong(_("latitude e longitude vão juntas"))
    point = (_degrees(latitude, 90), _degrees(longitude, 180)) if latitude else None
    return District(number, told["name"], _TYPES[kind], told.get("parent", ""), point)


def _body(number: int, told: Mapping[str, str]) -> Body:
    name, acronym = told["name"], told.get("acronym", "")
    if not acronym and (whole := _IN_BRACKETS.fullmatch(name)):
        name, acronym = whole[1], whole[2]
    if len(acronym) > 64:
        raise _Wrong(_("a sigla é comprida demais"))
    return Body(number, name, acronym, told.get("superior", ""))


def _degrees(text: str, most: int) -> Decimal:
    try:
        degrees = Decimal(text.replace(",", ".")).quantize(Decimal("0.000001"))
    except InvalidOperation:
        raise _Wrong(_("“%s” não é uma coordenada: escreva como -14.861000") % text[:20]) from None
    if abs(degrees) > most:
        raise _Wrong(_("“%s” não é uma coordenada: escreva como -14.861000") % text[:20])
    return degrees
