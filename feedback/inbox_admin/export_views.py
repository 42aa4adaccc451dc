"""The inbox as a table for a spreadsheet, and that somebody took it out."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.log_actions import log

from feedback.inbox_admin.filters import FilterForm
from feedback.models import InboxExport, Manifestation, Rating
from feedback.naming import titles_of
from feedback.reading import Reader
from services.spreadsheet import csv_pieces

EXPORTED = "conecta.inbox_exported"
_CHUNK = 500


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the filters leave, as CSV. Contacts are never in it, nor what a denunciation says."""
    user: Any = request.user
    reader, now = Reader.of(user), timezone.now()
    if not reader.exports:
        raise PermissionDenied
    form = FilterForm(request.GET, reader)
    manifestations = form.manifestations(timezone.localdate(now)).order_by("pk")
    comments = form.comments().order_by("pk")
    with transaction.atomic():
        run = InboxExport.objects.create(
            by=user, at=now, rows=manifestations.count() + comments.count(), filters=form.asked()
        )
        log(instance=run, action=EXPORTED, user=user, data={"rows": run.rows, "filters": run.filters})
    response = StreamingHttpResponse(
        csv_pieces(_headings(), _rows(manifestations, comments)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="caixa-de-entrada-{timezone.localdate(now)}.csv"'
    return response


def _headings() -> list[str]:
    return [
        _("Protocolo"),
        _("Tipo"),
        _("Situação"),
        _("Órgão"),
        _("Serviço"),
        _("Forma de entrada"),
        _("Recebida em"),
        _("Responder até"),
        _("Prorrogada em"),
        _("Primeira resposta em"),
        _("Encerrada em"),
        _("Foi resolvido?"),
        _("Estrelas"),
        _("Conferir"),
        _("Texto"),
        _("Resposta"),
    ]


def _rows(manifestations: Any, comments: Any) -> Iterator[list[object]]:
    for chunk in _chunks(manifestations):
        names = _names(chunk)
        yield from (_of_manifestation(row, names) for row in chunk)
    for chunk in _chunks(comments):
        names = _names(chunk)
        yield from (_of_comment(row, names) for row in chunk)


def _chunks(rows: Any) -> Iterator[list[Any]]:
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:_CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _names(chunk: list[Any]) -> dict[str, str]:
    return titles_of({entry_id for row in chunk for entry_id in (row.service_id, row.body_id)})


def _moment(moment: Any) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}" if moment else ""


def _of_manifestation(row: Manifestation, names: dict[str, str]) -> list[object]:
    return [
        row.protocol,
        str(row.get_kind_display()),
        str(row.get_state_display()),
        names.get(row.body_id, row.body_id),
        names.get(row.service_id, row.service_id),
        str(row.get_way_display()),
        _moment(row.received_at),
        f"{row.due_on:%d/%m/%Y}",
        _moment(row.extended_at),
        _moment(row.first_answered_at),
        _moment(row.closed_at),
        str(row.get_resolved_display()),
        "",
        _("sim") if row.doubtful else "",
        "" if row.restricted else row.text,
        "" if row.restricted else row.answer,
    ]


def _of_comment(row: Rating, names: dict[str, str]) -> list[object]:
    return [
        "",
        _("Comentário de avaliação"),
        "",
        names.get(row.body_id, row.body_id),
        names.get(row.service_id, row.service_id),
        str(row.get_source_display()),
        _moment(row.received_at),
        *[""] * 4,
        str(row.get_managed_display()),
        row.stars,
        _("sim") if row.set_aside else "",
        row.comment,
        "",
    ]
