"""Times, prices and channels as a cell says them, in both directions; in Portuguese, whoever reads."""

import re
from decimal import Decimal
from typing import Any

from services.choices import CHANNEL_TYPES
from services.interchange.base import Unreadable
from services.interchange.slugs import fold
from services.record.service import Channel, Document, Fee
from services.record.values import TimeEstimate

_UNITS = {
    "minutes": ("minuto", "minutos"),
    "hours": ("hora", "horas"),
    "calendar_days": ("dia corrido", "dias corridos"),
    "working_days": ("dia útil", "dias úteis"),
    "months": ("mês", "meses"),
}
_UNIT_OF = {fold(word): unit for unit, words in _UNITS.items() for word in words} | {
    "dia": "calendar_days",
    "dias": "calendar_days",
}
_NOTE = re.compile(r"^(?P<said>.*?)\s*\((?P<note>[^()]*)\)$")
_TIMES = (
    ("up_to", re.compile(r"^ate (?P<max>\d{1,6}) (?P<unit>[a-z ]+)$")),
    ("between", re.compile(r"^entre (?P<min>\d{1,6}) e (?P<max>\d{1,6}) (?P<unit>[a-z ]+)$")),
    ("average", re.compile(r"^em media (?P<max>\d{1,6}) (?P<unit>[a-z ]+)$")),
)
_AMOUNT = re.compile(r"^(?:(?P<name>.*?):\s*)?R\$\s*(?P<amount>\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?|\d+(?:,\d{1,2})?)$")
_VARIES = re.compile(r"^(?:(?P<name>.*?):\s*)?varia:\s*(?P<varies>.+)$")


def line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def with_note(said: str, note: str) -> str:
    """``said (note)``."""
    return f"{said} ({line(note)})" if note else said


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
    return with_note(said, value.note)


def read_time(text: str) -> TimeEstimate | None:
    """Raises ``Unreadable``."""
    if not text:
        return None
    found = _NOTE.match(text)
    said, note = (found["said"], found["note"]) if found else (text, "")
    folded = fold(said)
    if folded == "na hora":
        return TimeEstimate(type="immediate", note=note)
    if folded in ("nao estimado", "sem prazo estimado"):
        return TimeEstimate(type="not_estimated", note=note)
    for kind, pattern in _TIMES:
        if (match := pattern.match(folded)) and (unit := _UNIT_OF.get(match["unit"])):
            least = match.groupdict().get("min")
            data: dict[str, Any] = {"type": kind, "max": int(match["max"]), "unit": unit, "note": note}
            return TimeEstimate(**data, min=int(least) if least else None)
    raise Unreadable(f"não entendi o prazo “{text[:60]}”: escreva como “Na hora” ou “Até 5 dias úteis”")


def document_text(value: Document) -> str:
    """``RG ou CNH (cópia simples)``."""
    return with_note(line(value.name), value.note)


def read_document(text: str) -> Document:
    """A document with its note."""
    found = _NOTE.match(text)
    return Document(name=found["said"], note=found["note"]) if found and found["said"] else Document(name=text)


def fee_text(value: Fee) -> str:
    """``Taxa de vistoria: R$ 42,50``, ``Taxa: varia: com o tamanho do imóvel``."""
    before = f"{line(value.name)}: " if value.name else ""
    if value.amount is not None:
        whole, _dot, cents = f"{value.amount:,.2f}".partition(".")
        return f"{before}R$ {whole.replace(',', '.')},{cents}"
    return f"{before}varia: {line(value.varies)}" if value.varies else line(value.name)


def read_fee(text: str) -> Fee:
    """Raises ``Unreadable`` where money is meant that is no amount."""
    if found := _AMOUNT.match(text):
        amount = Decimal(found["amount"].replace(".", "").replace(",", "."))
        return Fee(name=found["name"] or "", amount=amount)
    if found := _VARIES.match(text):
        return Fee(name=found["name"] or "", varies=found["varies"])
    if "R$" in text:
        raise Unreadable(f"não entendi o valor em “{text[:60]}”: escreva como “Taxa de vistoria: R$ 42,50”")
    return Fee(name=text)


def _channel_names() -> dict[str, str]:
    """The longest first: one may begin like another."""
    names = {str(name): code for code, name in CHANNEL_TYPES}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


def channel_text(value: Channel) -> str:
    """``Internet: Peça pelo site. | https://…``."""
    name = next(name for name, code in _channel_names().items() if code == value.type)
    return f"{name}: {line(value.text)}" + (f" | {value.url}" if value.url else "")


def read_channel(text: str) -> Channel:
    """Raises ``Unreadable``."""
    for name, code in _channel_names().items():
        if text.casefold().startswith(f"{name.casefold()}:"):
            said, _bar, url = text[len(name) + 1 :].partition("|")
            said, url = said.strip(), url.strip()
            if not url and said.startswith(("http://", "https://")):
                said, url = "", said
            return Channel(type=code, text=said, url=url)
    raise Unreadable(f"não entendi o canal “{text[:60]}”: comece como em “Presencial: Praça de Atendimento”")
