"""What a result shows, and what its extract is taken from: kept with a document, never analysed by an engine."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import translation

from services import wording
from services.record import Entry, Service, Unit
from services.record.service import Season, Suspension
from services.record.values import Value
from services.timing import Status, status

_SUMMARY_LENGTH = 300
#: An extract is taken from the beginning of a long text: what stands far down is seldom what an entry is about.
_TEXT_LENGTH = 1_500
_MOST_NAMES, _MOST_KEYWORDS = 60, 30
#: Where markup ended before a full stop.
_STRAY_SPACE = re.compile(r" (?=[.,;:!?)])")
_DATED = ("suspensions", "seasons")


@dataclass(frozen=True, slots=True)
class Display:
    """A result. All of it is plain JSON."""

    id: str
    source_id: str
    kind: str
    title: str
    summary: str
    url: str
    #: How it is asked for, what it costs, how long it takes; of a unit its address. In the record's language.
    answer: Sequence[str] = ()
    #: What it is called beside its title, acronym first; what an editor lets it be found by; and what it says.
    names: Sequence[str] = ()
    keywords: Sequence[str] = ()
    text: str = ""
    #: A service's ``suspensions`` and ``seasons`` as in its record: dates, and never what they come to.
    dates: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """What an engine keeps and gives back as keywords; ``dataclasses.asdict`` would copy deeply."""
        every = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in every.items() if value or name in _ALWAYS}

    def status(self, at: datetime) -> Status | None:
        """Whether a service is given at a moment; None for what is given always, or is no service."""
        return status(_Given.model_validate(self.dates), at) if self.dates else None


class _Given(Value):
    suspensions: list[Suspension] = []
    seasons: list[Season] = []


_ALWAYS = ("id", "source_id", "kind", "title", "summary", "url")


def display_of(record: Entry, texts: Mapping[str, Sequence[str]]) -> Display:
    """What is shown of a record, from its plain texts by the names of ``search.document.TEXTS``."""
    with translation.override(record.locale):
        answer = _answer(record)
    first, *more = _lines(texts["summary"]) or [""]
    summary = cut(first, _SUMMARY_LENGTH)
    text = [*more, *_lines(texts["text"])] if summary == first else [first, *more, *_lines(texts["text"])]
    return Display(
        id=record.id,
        source_id=record.source_id,
        kind=record.kind,
        title=record.title,
        summary=summary,
        url=record.url,
        answer=answer,
        names=list(dict.fromkeys([*texts["acronym"], *texts["popular"]]))[:_MOST_NAMES],
        keywords=list(dict.fromkeys(texts["keywords"]))[:_MOST_KEYWORDS],
        text=cut("\n".join(text), _TEXT_LENGTH).removesuffix("…"),
        dates=record.model_dump(mode="json", include=set(_DATED), exclude_defaults=True),
    )


def cut(text: str, length: int) -> str:
    """The beginning of a text that is longer, up to a whole word, with an ellipsis."""
    return text if len(text) <= length else re.sub(r"\W*\s\S*\Z", "", text[:length]) + "…"


def _lines(texts: Iterable[str]) -> list[str]:
    """Each text as one line; an address is for finding, not for reading."""
    lines = (_STRAY_SPACE.sub("", " ".join(text.split())) for text in texts)
    return [line for line in lines if line and "://" not in line]


def _answer(record: Entry) -> list[str]:
    if isinstance(record, Service):
        return wording.short_answer(record)
    address = wording.address(record.address) if isinstance(record, Unit) else ""
    return [address] if address else []
