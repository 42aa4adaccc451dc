"""Chosen services as a table that a spreadsheet opens."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.views.mixins import Echo

from services.models import Bodies, EntryScore, ServicePage
from services.spreadsheet import safe_cell

#: Services that are held in memory at a time.
CHUNK = 500


def as_table(keys: Iterable[int]) -> Iterator[bytes]:
    """A header, then a row for each service by name; begins with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield "\ufeff".encode()
    yield writer.writerow(_header())
    bodies = Bodies()
    chosen = ServicePage.objects.filter(pk__in=list(keys)).order_by("title", "pk")
    named = list(chosen.values_list("pk", flat=True))
    for start in range(0, len(named), CHUNK):
        for row in _rows(named[start : start + CHUNK], bodies):
            yield writer.writerow([safe_cell(value) for value in row])


def _header() -> list[str]:
    return [
        _("Serviço"),
        _("Órgão"),
        _("Situação"),
        _("Pessoa responsável"),
        _("Revisado em"),
        _("Revisar até"),
        _("Completude (%)"),
        _("Itens exigidos que faltam"),
        _("Idioma"),
        _("Endereço"),
        _("Resumo"),
        _("Última mudança"),
    ]


def _rows(keys: Iterable[int], bodies: Bodies) -> Iterator[list[Any]]:
    """Two queries, however many they are."""
    found = ServicePage.objects.select_related("responsible", "locale").defer_streamfields().in_bulk(list(keys))
    ids = [page.record_id for page in found.values()]
    scores = {score.entry_id: score for score in EntryScore.objects.filter(kind="service", entry_id__in=ids)}
    for key in keys:
        # Whoever deletes one meanwhile deletes it from the table too.
        if page := found.get(key):
            yield _row(page, bodies, scores.get(page.record_id))


def _row(page: ServicePage, bodies: Bodies, score: EntryScore | None) -> list[Any]:
    body, person = bodies.of(page), page.responsible
    with override(page.locale.language_code):
        address = page.full_url or ""
    changed = page.latest_revision_created_at
    return [
        page.title,
        body.title if body else "",
        _situation(page),
        (person.get_full_name() or person.get_username()) if person else "",
        page.reviewed_on.isoformat() if page.reviewed_on else "",
        page.review_due.isoformat() if page.review_due else "",
        score.percent if score else "",
        score.required_gaps if score else "",
        page.locale.get_display_name(),
        address if page.live else "",
        page.summary,
        changed.date().isoformat() if changed else "",
    ]


def _situation(page: ServicePage) -> str:
    if not page.live:
        return _("rascunho")
    return _("no ar, com mudanças no rascunho") if page.has_unpublished_changes else _("no ar")
