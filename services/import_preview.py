"""What an import would change in what is here, field by field: said by a dry run, which writes nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from services.comparing.fields import field_label
from services.keys import DatabaseKeys
from services.mapping import own_record
from services.record import Entry

#: Fields that an import leaves as they are here, or that are no content.
_LEFT = frozenset({"kind", "id", "key", "locale", "source", "source_id", "slug", "url", "questions"})
#: Characters of a value that are shown.
_SHOWN = 60


def changes(entry: Any, record: Entry, keys: DatabaseKeys) -> Iterator[str]:
    """``Prazo total: até 5 → até 7`` for each field in which a record differs from an entry's latest draft."""
    revision = getattr(entry, "latest_revision", None)
    draft = entry if revision is None else entry.with_content_json(revision.content)
    if revision is not None:
        draft.locale = entry.locale
    here = own_record(draft, keys)
    for name, said in record:
        held = getattr(here, name)
        if name not in _LEFT and said != held:
            yield f"{field_label(record.kind, name)}: {_difference(held, said)}"


def _difference(before: Any, after: Any) -> str:
    if isinstance(before, list) and isinstance(after, list):
        taken, added = _only_in(before, after), _only_in(after, before)
        told = [f"− {_shown(one)}" for one in taken[:2]] + [f"+ {_shown(one)}" for one in added[:2]]
        more = max(len(taken) - 2, 0) + max(len(added) - 2, 0)
        return "; ".join(told or [_("outra ordem")]) + (f"; … {more}" if more else "")
    return f"{_shown(before)} → {_shown(after)}"


def _words(value: Any) -> Iterator[str]:
    """What stands in a value, without the names of its parts."""
    if isinstance(value, BaseModel):
        value = list(value.model_dump(mode="json", exclude_defaults=True).values())
    elif isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, bool):
        yield _("sim") if value else _("não")
    elif value not in (None, ""):
        yield str(value)


def _only_in(some: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    return [one for one in some if one not in others]


def _shown(value: Any) -> str:
    if value in (None, "", []):
        return "—"
    line = " ".join(" · ".join(_words(value)).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
