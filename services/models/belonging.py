"""Which body an entry is of: the body above a page, the body that a snippet names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from services.models.entry import LiveAtOnce
from services.models.secretariat import SecretariatPage


@dataclass(frozen=True)
class Body:
    """A body as belonging needs it."""

    pk: int
    path: str
    record_id: str
    title: str
    acronym: str

    @property
    def short(self) -> str:
        """What colleagues call it."""
        return self.acronym or self.title


class Bodies:
    """All bodies, in one query, so that a list of any length asks once."""

    def __init__(self, bodies: Sequence[Body] | None = None) -> None:
        rows = SecretariatPage.objects.values_list("pk", "path", "record_id", "title", "acronym")
        found = bodies if bodies is not None else [Body(*row) for row in rows]
        # The nearest above a page is the one with the longest path.
        self._by_path = sorted(found, key=lambda body: -len(body.path))
        self._by_pk = {body.pk: body for body in found}
        self._by_record = {body.record_id: body for body in reversed(self._by_path)}

    def of(self, entry: Any) -> Body | None:
        """The body of a page, a snippet, or what goes live at once; ``None`` if it is the city's."""
        if isinstance(entry, Page):
            return next((body for body in self._by_path if entry.path.startswith(body.path)), None)
        if hasattr(entry, "secretariat_id"):
            return self._by_pk.get(entry.secretariat_id)
        if isinstance(entry, LiveAtOnce):
            owner = entry.owner()
            return self.of(owner) if owner is not None and owner is not entry else None
        return None

    def named(self, record_id: str) -> Body | None:
        """A body by its record."""
        return self._by_record.get(record_id)


def body_of(entry: Any) -> Body | None:
    """The body of one entry; ``None`` if it is the city's."""
    return Bodies().of(entry)
