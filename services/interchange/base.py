"""What every exchange format is: a name, and a way in, a way out or both.

A reader takes files and never raises for what is in them: each file or record that it cannot
take over whole is a ``Rejected`` with a reason in Portuguese, and the rest is read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services.record import RECORD_TYPES, Kind, Record, from_data

#: Bytes that a file of a source may have, of a format that has a file for each of its entries.
LARGEST_FILE = 5 * 1024 * 1024
#: And of one that has all its entries in one file: a charter of 50,000 services.
LARGEST_CHARTER = 512 * 1024 * 1024


@dataclass(frozen=True)
class SourceFile:
    """A file of a source: its name there (parts joined by ``/``) and its bytes."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The file's name without folders and suffix."""
        return self.name.rpartition("/")[2].rpartition(".")[0]


def printable(text: str, limit: int = 500) -> str:
    """One line that a terminal or a page can show, whatever a file or its name holds."""
    shown = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    line = " ".join(shown.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


@dataclass(frozen=True)
class Rejected:
    """What was not read: a file, or a place in one, and one line of reason."""

    name: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", printable(self.name))
        object.__setattr__(self, "reason", printable(self.reason))


@dataclass(frozen=True)
class Remark:
    """Something in a file that was read which a person should know: such as an element that no one knows."""

    name: str
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))


@dataclass
class Reading:
    """All that a source gave. Records come in no promised order; a Ref may point to a later one."""

    records: list[Record] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    #: Records that say only what is here already, of a format that is read over it: they are not in ``records``.
    equal: int = 0


#: What a source yields: files to read, and names that it refused.
Files = Iterable[SourceFile | Rejected]


@dataclass(frozen=True)
class Site:
    """Where a charter is published: what makes its paths addresses, in which language it is told, and when."""

    #: ``https://servicos.example.gov.br``, without a slash at its end.
    base_url: str
    #: BCP 47.
    language: str
    #: The moment of the export: what is true only at a moment is read at this one.
    at: datetime

    def address(self, path: str) -> str:
        """The whole address of a path on this site; another site's address stays as it is."""
        return f"{self.base_url}{path}" if path.startswith("/") else path


class Charter(Protocol):
    """What a writer writes: records, by kind, as often as it asks, so that nothing need be kept meanwhile."""

    @property
    def site(self) -> Site:
        """Where it is published."""

    def of(self, *kinds: Kind) -> Iterator[Record]:
        """The public records of these kinds, each kind in the order of titles; of all kinds if none is named."""

    def dated(self, *kinds: Kind) -> Iterator[tuple[Record, datetime | None]]:
        """The same, each with the moment when it last changed, where that is known."""


@dataclass(frozen=True)
class Given:
    """A charter of records at hand, in their order."""

    records: Sequence[Record]
    site: Site

    def of(self, *kinds: Kind) -> Iterator[Record]:
        """As ``Charter.of``."""
        return (record for record in self.records if not kinds or record.kind in kinds)

    def dated(self, *kinds: Kind) -> Iterator[tuple[Record, datetime | None]]:
        """As ``Charter.dated``: when they changed, nobody said."""
        return ((record, None) for record in self.of(*kinds))


Read = Callable[[Files], Reading]
#: A file in pieces. Each piece is at most some kilobytes, and no more than one record is held for it.
Write = Callable[[Charter], Iterator[bytes]]
#: Reads a source over what is here, as its caller knows it.
ReadOver = Callable[[Files, Any], Reading]


@dataclass(frozen=True)
class Alone:
    """How a format gives one record alone, where that is not a charter of one: a file of another type."""

    media_type: str
    suffix: str
    write: Write


@dataclass(frozen=True)
class Format:
    """An exchange format, by the name that ``--format`` takes.

    ``suffixes`` are those of the files that it reads, in lower case with their dot;
    ``source`` is what records from it hold as their source, if that is always the same.
    ``counted`` are the kinds that an import speaks of: a format of services brings bodies and
    topics along, without counting them.
    """

    name: str
    suffixes: frozenset[str] = frozenset()
    source: str = ""
    media_type: str = "application/octet-stream"
    counted: frozenset[str] = frozenset(RECORD_TYPES)
    read: Read | None = None
    #: Of a format that holds less than a record, and says only what changes in those that are here.
    read_over: ReadOver | None = None
    write: Write | None = None
    #: Of a format that can also be had of one record alone: the kinds of which it can.
    of_one: frozenset[Kind] = frozenset()
    #: What the name of a written file ends in, with its dot.
    suffix: str = ""
    #: Of one whose single record is another kind of file than its charter.
    alone: Alone | None = None
    #: Bytes that one of the files that it reads may have.
    largest: int = LARGEST_FILE


class Unreadable(Exception):
    """A file or record that cannot be taken over whole; its text is the reason, in Portuguese."""


def build(data: dict[str, Any]) -> Record:
    """The record of these values. Raises ``Unreadable`` with every fault in one line."""
    try:
        return from_data(data)
    except ValidationError as error:
        raise Unreadable(describe(error)) from None


_SHOWN_ERRORS = 3


def describe(error: ValidationError) -> str:
    """A validation error as one line in Portuguese: ``campo steps.0.title: falta; …``."""
    details = error.errors(include_url=False, include_context=True)
    said = [_describe_one(detail) for detail in details[:_SHOWN_ERRORS]]
    if len(details) > _SHOWN_ERRORS:
        said.append(f"e mais {len(details) - _SHOWN_ERRORS}")
    return "; ".join(said)


_FAULTS = {
    "missing": "falta",
    "extra_forbidden": "campo desconhecido",
    "string_type": "devia ser um texto",
    "string_unicode": "texto com caracteres inválidos",
    "string_pattern_mismatch": "não tem a forma esperada",
    "list_type": "devia ser uma lista",
    "dict_type": "devia ser um objeto",
    "model_type": "devia ser um objeto",
    "model_attributes_type": "devia ser um objeto",
    "bool_type": "devia ser verdadeiro ou falso",
    "bool_parsing": "devia ser verdadeiro ou falso",
    "int_type": "devia ser um número inteiro",
    "int_parsing": "devia ser um número inteiro",
    "int_from_float": "devia ser um número inteiro",
    "decimal_type": "devia ser um número",
    "decimal_parsing": "devia ser um número",
    "decimal_max_places": "tem casas decimais demais",
    "decimal_max_digits": "tem algarismos demais",
    "uuid_parsing": "não é um uuid",
    "timezone_aware": "falta o fuso horário",
    "union_tag_invalid": "tipo de registro desconhecido",
    "union_tag_not_found": "falta o tipo do registro (kind)",
}


def _describe_one(detail: ErrorDetails) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind in _FAULTS:
        fault = _FAULTS[kind]
    elif kind == "string_too_long":
        fault = f"tem mais de {context.get('max_length')} caracteres"
    elif kind == "literal_error":
        fault = f"devia ser {context.get('expected')}"
    elif kind in {"greater_than_equal", "less_than_equal"}:
        limit = context.get("ge", context.get("le"))
        fault = f"devia ser {'no mínimo' if kind == 'greater_than_equal' else 'no máximo'} {limit}"
    elif kind.startswith(("date", "time", "datetime")):
        fault = "não é uma data ou hora válida"
    else:
        fault = f"valor inválido ({kind})"
    # The first place is the record's kind: the reader has it before its eyes.
    place = ".".join(str(part) for part in detail["loc"][1:])
    return f"campo {place}: {fault}" if place else fault
