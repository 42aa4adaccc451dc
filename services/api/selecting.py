"""What of a record is told: all of it, some fields, and the records that it points to."""

import json
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _
from ninja.errors import HttpError

from services.languages import source_locale
from services.querysets import pointed_to
from services.record import RECORD_TYPES, Kind
from services.references import relations_of
from services.schemas import TOLD


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields that an answer about a kind may have."""
    return tuple(TOLD.get(kind, RECORD_TYPES[kind]).model_fields)


def always_of(kind: Kind) -> frozenset[str]:
    """The fields that are always told, so that a sparse record is still one of its kind."""
    return frozenset(name for name, field in RECORD_TYPES[kind].model_fields.items() if field.is_required())


def chosen_fields(kind: Kind, asked: str | None) -> frozenset[str] | None:
    """The fields that ``fields=`` names, ``None`` for all. Raises ``HttpError`` that names the near one."""
    if asked is None:
        return None
    return frozenset(_chosen("fields", asked, fields_of(kind))) | always_of(kind)


def chosen_relations(kind: Kind, asked: str | None) -> tuple[str, ...]:
    """The relations that ``include=`` names. Raises ``HttpError`` that names the near one."""
    return () if asked is None else tuple(_chosen("include", asked, relations_of(RECORD_TYPES[kind])))


def _chosen(parameter: str, asked: str, known: Collection[str]) -> list[str]:
    names = [name.strip() for name in asked.split(",") if name.strip()]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = _(" Seria %s?") % near[0] if near else ""
            raise HttpError(
                422, _("%(parameter)s: não há %(name)s aqui.") % {"parameter": parameter, "name": name} + hint
            )
    return names


def sparse(body: str, fields: frozenset[str] | None) -> str:
    """A record's JSON with these fields alone."""
    if fields is None:
        return body
    record = {name: value for name, value in json.loads(body).items() if name in fields}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def included(rows: Iterable[int], relations: Collection[str], locale: str) -> list[str]:
    """The records to which these point by some relations, as JSON: one query, none if nothing is asked for."""
    if not relations:
        return []
    found = pointed_to(list(rows), relations, locale, source=source_locale())
    return list(found.values_list("body", flat=True))
