"""Every version of an entry that was public, over HTTP: what was said on a day can be shown."""

import json
from datetime import datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from services.api.answers import Answer, send
from services.api.collections import COLLECTIONS, Collection
from services.api.following import next_page
from services.api.lists import EntryId
from services.api.public import locale_asked
from services.freshness import wire_time
from services.models.published import PublishedRecord, PublishedVersion
from services.querysets import public_of
from services.record import DERIVED, RECORD_TYPES, etag_of
from services.record.identity import is_id
from services.schemas import DEFAULT_SIZE, MAX_PAGE, MAX_SIZE, InLanguage, Problem, Results

router = Router()


class Version(Schema):
    """A publication of the entry, or its removal."""

    sequence: int = Field(ge=1, description="Its place in the log of changes")
    published_at: datetime
    deleted: bool = Field(description="The entry was taken from public view then; there is no record of it")


class Versions(Results):
    """The versions of an entry in a language, the newest first."""

    results: list[Version]


class VersionsQuery(InLanguage):
    """Parameters of a list of versions."""

    size: int = Field(default=DEFAULT_SIZE, ge=1, le=MAX_SIZE, description="How many on a page")
    page: int = Field(default=1, ge=1, le=MAX_PAGE, description="Counts from 1")


def _row(collection: Collection, entry_id: str, lang: str | None) -> PublishedRecord:
    """The head of an entry that is public now: of what was taken down, no older version is told either."""
    found = public_of(collection.kind, locale_asked(lang))
    row = found.filter(entry_id=entry_id).only("pk", "locale").first() if is_id(entry_id) else None
    if row is None:
        raise Http404(_("Não há registro público com este id."))
    return row


def _list(request: HttpRequest, collection: Collection, entry_id: str, query: VersionsQuery) -> HttpResponseBase:
    row = _row(collection, entry_id, query.lang)
    kept = PublishedVersion.objects.filter(record=row)
    total, start = kept.count(), (query.page - 1) * query.size
    rows = kept.order_by("-sequence").values_list("sequence", "published_at", "deleted")[start : start + query.size]
    results = [
        {"sequence": sequence, "published_at": wire_time(moment), "deleted": deleted}
        for sequence, moment, deleted in rows
    ]
    following = next_page(request, page=query.page, size=query.size, total=total)
    text = json.dumps({"total": total, "next": following, "results": results})
    return send(request, Answer(text, etag_of(text), row.locale), timezone.now())


def _one(
    request: HttpRequest, collection: Collection, entry_id: str, sequence: int, query: InLanguage
) -> HttpResponseBase:
    row = _row(collection, entry_id, query.lang)
    kept = PublishedVersion.objects.filter(record=row, sequence=sequence, deleted=False)
    version = kept.values_list("etag", "body", "published_at").first()
    if version is None:
        raise Http404(_("Este registro não tem uma versão com este número."))
    etag, body, moment = version
    return send(request, Answer(body, etag, row.locale, changed=moment), timezone.now())


def _add(collection: Collection) -> None:
    def list_versions(request: HttpRequest, entry_id: EntryId, query: Query[VersionsQuery]) -> HttpResponseBase:
        return _list(request, collection, entry_id, query)

    def get_version(
        request: HttpRequest, entry_id: EntryId, sequence: int, query: Query[InLanguage]
    ) -> HttpResponseBase:
        return _one(request, collection, entry_id, sequence, query)

    kind = collection.kind
    router.add_api_operation(
        f"/{collection.path}/{{entry_id}}/versions",
        ["GET"],
        list_versions,
        response={200: Versions, 304: None, 404: Problem, 422: Problem},
        operation_id=f"list_versions_of_{kind}",
        url_name=f"list_versions_of_{kind}",
        summary=f"Versions of one of {collection.path}",
        tags=[collection.path],
    )
    router.add_api_operation(
        f"/{collection.path}/{{entry_id}}/versions/{{sequence}}",
        ["GET"],
        get_version,
        response={200: RECORD_TYPES[kind], 304: None, 404: Problem, 422: Problem},
        operation_id=f"get_version_of_{kind}",
        url_name=f"get_version_of_{kind}",
        summary=f"One of {collection.path} as it was",
        description="The record as it was published then, without the status that it had.",
        tags=[collection.path],
    )


for _collection in COLLECTIONS:
    if _collection.kind not in DERIVED:
        _add(_collection)
