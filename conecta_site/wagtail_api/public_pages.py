"""The pages that have a public record, and nothing of any other: what is read of a page is read in its record.

The row of a page may hold what nobody approved: that of a translation is overwritten by its drafts.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Page

from services.keys import PAGE_KINDS
from services.models import ENTRY_MODELS, PublishedRecord
from services.record import Kind


def kinds_of(models: Iterable[type[Page]]) -> list[Kind]:
    """The kinds of record that pages of these models have; ``Page`` itself is all of them."""
    asked = tuple(models)
    return [kind for kind in PAGE_KINDS if issubclass(ENTRY_MODELS[kind], asked)]


def with_record(pages: Any, kinds: Sequence[Kind]) -> Any:
    """Those of some pages whose record is public.

    Each has ``entry_kind``, ``entry_id``, ``record_pk``, ``record_title``, ``record_slug`` and ``record_url``.
    """
    if not kinds:
        return pages.none()
    rows = {kind: ENTRY_MODELS[kind]._meta.model_name for kind in kinds}
    ids = [F(f"{row}__record_id") for row in rows.values()]
    named = pages.annotate(
        entry_id=Coalesce(*ids, Value(""), output_field=CharField()),
        entry_kind=Case(
            *(When(**{f"{row}__isnull": False}, then=Value(kind)) for kind, row in rows.items()),
            default=Value(""),
            output_field=CharField(),
        ),
    )
    record = PublishedRecord.objects.public().filter(
        kind=OuterRef("entry_kind"), entry_id=OuterRef("entry_id"), locale=OuterRef("locale__language_code")
    )
    found = {name: Subquery(record.values(column)[:1]) for name, column in _COLUMNS.items()}
    return named.annotate(**found).filter(record_pk__isnull=False, alias_of__isnull=True)


_COLUMNS = {"record_pk": "pk", "record_title": "title", "record_slug": "slug", "record_url": "url"}


def read_records(pages: Iterable[Any]) -> list[Any]:
    """The pages, each with its ``record`` row: one query. One whose record went meanwhile is left out."""
    listed = list(pages)
    rows = PublishedRecord.objects.public().in_bulk([page.record_pk for page in listed])
    for page in listed:
        page.record = rows.get(page.record_pk)
    return [page for page in listed if page.record is not None]
