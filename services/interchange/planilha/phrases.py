"""Times, prices and kinds of channel as a cell says them, in both directions; in Portuguese, whoever reads."""

import re
from decimal import Decimal
from typing import Any

from services.choices import CHANNEL_TYPES
from services.interchange.base import Unreadable
from services.interchange.slugs import fold
from services.record.values import TimeEstimate

_UNITS = {
    "minutes": ("minuto", "minutos"),
    "hours": ("hora", "horas"),
    "calendar_days": ("dia corrido", "dias corridos"),
    "working_days": ("dia útil", "dias úteis"),
    "months": ("mês", "meses"),
}
_UNIT_OF = {fold(word): unit for unit, words in _UNITS.items() for word in words}
_NOTE = re.compile(r"^(?P<said>[^(]*?)\s*\((?P<note>.*)\)$", re.DOTALL)
_NUMBER = r"(\d{1,6})"
_TIMES = (
    ("up_to", re.compile(rf"^ate (?P<max>{_NUMBER}) (?P<unit>[a-z ]+)$")),
    ("between", re.compile(rf"^entre (?P<min>{_NUMBER}) e (?P<max>{_NUMBER}) (?P<unit>[a-z ]+)$")),
    ("average", re.compile(rf"^em media (?P<max>{_NUMBER}) (?P<unit>[a-z ]+)$")),
)
_AMOUNT = re.compile(r"^(?:R\$)?\s*(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,10})(?:,(?P<cents>\d{1,2}))?$")
#: As programs write it; three digits after a point are thousands.
_POINTED = re.compile(r"^(?:R\$)?\s*(?P<whole>\d{1,10})\.(?P<cents>\d{1,2})$")


def line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def time_text(value: TimeEstimate | None) -> str:
    """``Até 5 dias úteis (a partir da entrega)``."""
    if value is None:
        return ""
    if value.type == "immediate":
        said = "Na hora"
    elif value.type == "not_estimated" or value.max is None or value.unit is None:
        said = "Não estimado"
    else:
        much = f"{value.max} {_UNITS[value.unit][value.max != 1]}"
        said = {
            "up_to": f"Até {much}",
            "average": f"Em média {much}",
            "between": f"Entre {value.min or 0} e {much}",
        }[value.type]
    return f"{said} ({value.note})" if value.note else said


def read_time(text: str) -> TimeEstimate | None:
    """Raises ``Unreadable``."""
    if not text:
        return None
    found = _NOTE.match(text)
    said, note = (found["said"], found["note"]) if found else (text, "")
    folded = fold(said)
    if folded in ("na hora", "imediato"):
        return TimeEstimate(type="immediate", note=note)
    if folded in ("nao estimado", "ainda nao estimado"):
        return TimeEstimate(type="not_estimated", note=note)
    for kind, pattern in _TIMES:
        match = pattern.match(folded)
        if match is None:
            continue
        if folded.endswith((" dia", " dias")):
            raise Unreadable(f"diga se são dias úteis ou dias corridos, e não só “{text[:60]}”")
        unit = _UNIT_OF.get(match["unit"])
        most, least = int(match["max"]), match.groupdict().get("min")
        if unit is None or max(most, int(least or 0)) > 100_000:
            break
        if least is not None and int(least) > most:
            raise Unreadable(f"em “{text[:60]}” o menor vem depois do maior")
        data: dict[str, Any] = {"type": kind, "max": most, "unit": unit, "note": note}
        return TimeEstimate(**data, min=int(least) if least is not None else None)
    raise Unreadable(f"não entendi o prazo “{text[:60]}”: escreva como “Na hora” ou “Até 5 dias úteis”")


def amount_text(value: Decimal | None) -> str:
    """``1.234,50``."""
    if value is None:
        return ""
    whole, _dot, cents = f"{value:,.2f}".partition(".")
    return f"{whole.replace(',', '.')},{cents}"


def read_amount(text: str) -> Decimal | None:
    """Raises ``Unreadable``."""
    if not text:
        return None
    found = _AMOUNT.match(text) or _POINTED.match(text)
    if found is None:
        raise Unreadable(f"não entendi o valor “{text[:40]}”: escreva como 42,50")
    return Decimal(f"{found['whole'].replace('.', '')}.{found['cents'] or 0}")


def channel_types() -> list[str]:
    """The kinds of channel by name, in Portuguese if that is the language now."""
    return [str(name) for _code, name in CHANNEL_TYPES]


def channel_type_text(code: str) -> str:
    """``Internet: agendar``."""
    return str(dict(CHANNEL_TYPES)[code])


def read_channel_type(text: str) -> str:
    """Raises ``Unreadable``."""
    for code, name in CHANNEL_TYPES:
        if fold(str(name)) == fold(text):
            return code
    raise Unreadable(f"não há o tipo “{text[:40]}”: escreva um destes: {', '.join(channel_types())}")
