"""The change log over HTTP, for followers that ask again and again, or wait."""

import json
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError

from services import changes, languages
from services.api.waiting import wait_for_change
from services.schemas import Changes, ChangesQuery, Problem

router = Router()


def _change_json(change: changes.Change) -> str:
    head = {
        "sequence": change.sequence,
        "kind": change.kind,
        "id": change.id,
        "source_id": change.source_id,
        "locale": languages.wire_tag(change.locale),
        "deleted": change.deleted,
    }
    record = "null" if change.deleted else change.body
    return f'{json.dumps(head, ensure_ascii=False)[:-1]},"record":{record}}}'


def _changes_json(cursor: str, found: Iterable[changes.Change]) -> str:
    return f'{{"cursor":{json.dumps(cursor)},"changes":[{",".join(map(_change_json, found))}]}}'


@router.get(
    "/changes",
    response={200: Changes, 410: Problem, 422: Problem},
    operation_id="list_changes",
    url_name="list_changes",
    tags=["changes"],
)
def list_changes(request: HttpRequest, query: Query[ChangesQuery]) -> HttpResponse:
    """The newest state of all that changed after a cursor, in order; deletions leave a tombstone.

    ``wait`` holds the answer back at the head of the log until something is published.
    """
    wait_for_change(query.after, query.wait)
    try:
        cursor, found = changes.read(query.after, limit=query.limit)
    except changes.CursorGone as error:
        raise HttpError(410, _("Este cursor não vale mais: recomece com after=0.")) from error
    except ValueError as error:
        raise HttpError(422, _("after: não é um cursor; use 0 ou o último cursor recebido.")) from error
    response = HttpResponse(_changes_json(cursor, found), content_type="application/json")
    response["Cache-Control"] = "no-cache"
    return response
