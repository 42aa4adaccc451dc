"""What figures are of: titles and addresses, from published records alone."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, F, TextField, Value, When

from services.neighbours import readable


@dataclass(frozen=True)
class Named:
    """A public entry; of a unit the district in which it stands, of a service what it promises."""

    kind: str
    id: str
    title: str
    url: str
    district: str = ""
    body: str = ""


def named(ids: Collection[str], *, language: str, whole: Collection[str] = ()) -> dict[str, Named]:
    """Those of these that are public, in a language or else the source's: one query. ``whole``: with their JSON."""
    rows = readable(language).filter(entry_id__in={*ids, *whole}, kind__in=("service", "secretariat", "unit"))
    body = Case(
        When(kind="unit", then=F("body")),
        When(entry_id__in=list(whole), then=F("body")),
        default=Value(""),
        output_field=TextField(),
    )
    found: dict[str, Named] = {}
    for kind, entry_id, title, url, text in rows.values_list("kind", "entry_id", "title", "url", body):
        district = ((json.loads(text).get("district") or {}).get("title", "")) if kind == "unit" else ""
        found[entry_id] = Named(kind, entry_id, title, url, district, text)
    return found
