"""What the demonstration's translators wrote: a language's texts by the text of the source, in files by kind.

A text of the source is written as wagtail-localize cuts it: a line, a paragraph or an item of a list.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.strings import StringValue

from services.record import Kind

#: Kind → source ids of its entries that are translated.
Chosen = dict[Kind, list[str]]


def languages(folder: Path) -> list[str]:
    """The languages that a folder of translations has."""
    return sorted(path.name for path in folder.glob("*") if path.is_dir())


def chosen(folder: Path) -> Chosen:
    """Which entries are translated: of the services, the most wanted first."""
    file = folder / "entries.json"
    found: Chosen = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


@dataclass
class Catalogue:
    """One language's texts. Those asked for and not there are noted."""

    language: str
    texts: dict[str, str]
    missing: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path, language: str) -> "Catalogue":
        """All files of a language."""
        texts: dict[str, str] = {}
        for file in sorted((folder / language).glob("*.json")):
            texts |= json.loads(file.read_text(encoding="utf-8"))
        return cls(language, texts)

    def translated(self, segments: Sequence[Any], where: str) -> list[Any] | None:
        """An entry's segments with their strings in this language; ``None`` if any is missing."""
        strings = list(_strings(segments))
        missing = [text for segment in strings if (text := segment.string.data) not in self.texts]
        if missing:
            self.missing += [f"{self.language} {where}: {text}" for text in missing]
            return None
        title = next((self.texts[segment.string.data] for segment in strings if segment.path == "title"), "")
        return [self._said(segment, title) for segment in segments]

    def _said(self, segment: Any, title: str) -> Any:
        if not isinstance(segment, StringSegmentValue):
            return segment
        # An address says the title in its language.
        said = slugify(title) if segment.path == "slug" and title else self.texts.get(segment.string.data)
        return StringSegmentValue(
            segment.path, StringValue(said or segment.string.data), attrs=segment.attrs, order=segment.order
        )


def _strings(segments: Iterable[Any]) -> Iterable[Any]:
    return (s for s in segments if isinstance(s, StringSegmentValue) and s.path != "slug")
