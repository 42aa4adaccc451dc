"""Which fields of two records differ, by the names that they have in the editors' forms."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from services.models import ENTRY_MODELS
from services.record import Entry

#: Fields of a record that are no content, or follow from another that is told.
_UNTOLD = frozenset(
    {"kind", "id", "key", "locale", "source", "source_id", "url", "questions", "published_incomplete", "standards"}
)
#: Fields that stand on several columns → the one whose name tells them.
_COLUMNS = {
    "time": "time_type",
    "validity": "validity_type",
    "digital_link": "digital_url",
    "coordinates": "latitude",
}


def changed_fields(before: Entry | None, after: Entry | None) -> list[str]:
    """The names of what differs, as a form calls them; nothing if one of the two is not there."""
    if before is None or after is None or before.kind != after.kind:
        return []
    return [field_label(after.kind, name) for name in _differing(before, after)]


def _differing(before: Entry, after: Entry) -> Iterator[str]:
    for name, said in after:
        if name not in _UNTOLD and said != getattr(before, name):
            yield name
    old, new = getattr(before, "standards", None), getattr(after, "standards", None)
    if old is not None and new is not None:
        yield from (f"standard_{name}" for name, said in new if said != getattr(old, name))


def field_label(kind: str, name: str) -> str:
    """A field's name: ``Prazo total``."""
    special = _special(name)
    return special or str(capfirst(_verbose_name(kind, _COLUMNS.get(name, name))))


def _special(name: str) -> str:
    names = {
        "title": _("Nome"),
        "slug": _("Endereço da página"),
        "secretariat": _("Órgão"),
        "address": _("Endereço"),
        "suspensions": _("Suspensões"),
        "hours_exceptions": _("Dias com outro horário"),
        "visits": _("Atendimentos itinerantes"),
    }
    return names.get(name, "")


@cache
def _verbose_name(kind: str, name: str) -> Any:
    try:
        return ENTRY_MODELS[kind]._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name
