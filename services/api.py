"""The charter over HTTP: every kind of record as a list and by its id, and the change log.

The record is the wire type: its stored JSON is joined into the answer as text. Only a service whose
dates decide whether it is given is read, to tell its status at the moment.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field, create_model

from services import changes, languages, paging
from services.freshness import etag_at, told_at
from services.models.published import PublishedRecord
from services.neighbours import the_city
from services.querysets import Records, in_district, linked_to, readable_in
from services.record import DERIVED, RECORD_TYPES, Kind, etag_of, from_json
from services.record.identity import is_id
from services.schemas import TOLD, Absent, Changes, ChangesQuery, ListQuery, Problem, RecordQuery, Word, list_of
from services.spreadsheet import as_csv
from services.timing import election_period

router = Router()

Filter = Callable[[Records, str], Records]
# Described, not enforced: what is no id names nothing, and that is a 404.
EntryId = Annotated[str, Field(json_schema_extra={"pattern": "^[a-z2-7]{10}$"})]


def _by(relation: str, kind: Kind | None = None) -> Filter:
    return lambda records, name: linked_to(records, relation, kind or relation, name)


FILTERS: dict[str, tuple[str, Filter]] = {
    "topic": ("Id or slug of a topic", _by("topic")),
    "secretariat": ("Id or slug of the body", _by("secretariat")),
    "district": ("Id or slug of a district: said to be served, or with a unit or a visit there", in_district),
    "audience": ("Id or slug of an audience", _by("audience")),
    "life_event": ("Id or slug of a moment of life", _by("life_event")),
}


@dataclass(frozen=True)
class Collection:
    """A kind of record under its path, with the filters that its links allow.

    With ``columns``, fields of the record, the whole list can be had as a table too.
    """

    path: str
    kind: Kind
    filters: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


COLLECTIONS = (
    Collection("services", "service", ("topic", "secretariat", "district", "audience", "life_event")),
    Collection("procedures", "procedure", ("topic", "secretariat", "audience", "life_event")),
    Collection("secretariats", "secretariat"),
    Collection("information", "information", ("topic", "secretariat", "audience", "life_event")),
    Collection("units", "unit", ("secretariat", "district")),
    Collection("forms", "form", ("topic", "secretariat")),
    Collection("topics", "topic"),
    Collection("audiences", "audience"),
    Collection("life-events", "life_event"),
    Collection("districts", "district"),
    Collection("questions", "question"),
    Collection("alerts", "alert", ("district",)),
    Collection("cities", "city"),
    Collection(
        "demand",
        "demand",
        columns=("id", "title", "searches", "without_result", "reformulated", "observed", "without_click"),
    ),
)


def _locale(lang: str | None) -> str:
    if lang is None:
        return languages.source_locale()
    locale = languages.locale_of(lang)
    if locale is None:
        raise HttpError(422, _("lang: este site publica em %s.") % ", ".join(languages.spoken()))
    return locale


def _public(kind: Kind, locale: str) -> Records:
    records = PublishedRecord.objects.public().filter(kind=kind)
    if kind in DERIVED:
        # What was counted in one language translates nothing that was counted in another.
        return records.filter(locale=locale)
    return readable_in(records, locale, source=languages.source_locale())


def _told(records: Records, kind: Kind, at: datetime) -> Records:
    """Without what may not be told at a moment: in an election period no alert promotes the city."""
    if kind == "alert" and election_period(the_city(), at):
        # Stored as canonical JSON.
        return records.exclude(body__contains='"level":"promotion"')
    return records


def _answer(
    request: HttpRequest, body: str, *, etag: str, locale: str = "", media_type: str = "application/json"
) -> HttpResponseBase:
    response = HttpResponse(body, content_type=media_type)
    response["ETag"] = quote_etag(etag)
    # A cache may keep it, and asks each time whether it still holds.
    response["Cache-Control"] = "public, no-cache"
    if locale:
        response["Content-Language"] = languages.wire_tag(locale)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _next_address(request: HttpRequest, cursor: str) -> str:
    parameters = request.GET.copy()
    parameters.pop("page", None)
    parameters["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")


def _list(request: HttpRequest, collection: Collection, query: ListQuery) -> HttpResponseBase:
    locale = _locale(query.lang)
    if query.cursor and "page" in request.GET:
        raise HttpError(422, _("Use page ou cursor, não os dois."))
    at = timezone.now()
    records = _told(_public(collection.kind, locale), collection.kind, at)
    if query.source_id is not None:
        records = records.filter(source_id=query.source_id)
    if query.slug is not None:
        records = records.filter(slug=query.slug)
    for name in collection.filters:
        value = getattr(query, name)
        if value is not None:
            records = FILTERS[name][1](records, value)
    if getattr(query, "format", None) == "csv":
        return _table(request, collection, records, locale)
    total = records.count()
    start = (query.page - 1) * query.size
    if query.cursor:
        try:
            records = records.filter(paging.behind(query.cursor))
        except ValueError as error:
            raise HttpError(422, _("cursor: não é o de um endereço next desta lista.")) from error
    rows = list(
        records.order_by(*paging.ORDER).values_list("title", "entry_id", "body")[start : start + query.size + 1]
    )
    shown = rows[: query.size]
    following = _next_address(request, paging.mark(*shown[-1][:2])) if len(rows) > query.size else None
    joined = ",".join(told_at(body, at) for _title, _id, body in shown)
    body = f'{{"total":{total},"next":{json.dumps(following)},"results":[{joined}]}}'
    etag = etag_at(etag_of(body), (text for _title, _id, text in shown), at)
    return _answer(request, body, etag=etag, locale=locale)


def _table(request: HttpRequest, collection: Collection, records: Records, locale: str) -> HttpResponseBase:
    if not {"page", "size", "cursor"}.isdisjoint(request.GET):
        raise HttpError(422, _("format=csv traz a lista inteira: tire page, size e cursor."))
    bodies = records.order_by(*paging.ORDER).values_list("body", flat=True)
    found = [from_json(body) for body in bodies]
    text = as_csv(collection.columns, ([getattr(record, name) for name in collection.columns] for record in found))
    response = _answer(request, text, etag=etag_of(text), locale=locale, media_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{collection.path}.csv"'
    return response


def _one(request: HttpRequest, kind: Kind, entry_id: str, query: RecordQuery) -> HttpResponseBase:
    locale = _locale(query.lang)
    # What has not the form of an id is not asked for: it may hold what a database refuses.
    at = timezone.now()
    public = _told(_public(kind, locale), kind, at)
    found = public.filter(entry_id=entry_id) if is_id(entry_id) else PublishedRecord.objects.none()
    row = found.values_list("etag", "locale", "body").first()
    if row is None:
        raise Http404(_("Não há registro público com este id."))
    etag, spoken, body = row
    return _answer(request, told_at(body, at), etag=etag_at(etag, [body], at), locale=spoken)


def _list_view(collection: Collection) -> Callable[..., HttpResponseBase]:
    title = RECORD_TYPES[collection.kind].__name__
    fields: dict[str, Any] = {
        name: (Word | Absent, Field(default=None, description=FILTERS[name][0])) for name in collection.filters
    }
    if collection.columns:
        fields["format"] = (
            Literal["json", "csv"],
            Field(default="json", description="csv: the whole list as a table, without page, size and cursor"),
        )
    parameters = create_model(f"{title}ListQuery", __base__=ListQuery, **fields)

    def view(request: HttpRequest, query: ListQuery) -> HttpResponseBase:
        return _list(request, collection, query)

    view.__annotations__["query"] = Query[parameters]
    return view


def _record_view(kind: Kind) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, entry_id: EntryId, query: Query[RecordQuery]) -> HttpResponseBase:
        return _one(request, kind, entry_id, query)

    return view


_TABLE: dict[str, Any] = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}

for _collection in COLLECTIONS:
    _model = TOLD.get(_collection.kind, RECORD_TYPES[_collection.kind])
    _name = _collection.path.replace("-", "_")
    router.add_api_operation(
        f"/{_collection.path}",
        ["GET"],
        _list_view(_collection),
        response={200: list_of(_model), 304: None, 422: Problem},
        operation_id=f"list_{_name}",
        url_name=f"list_{_name}",
        summary=f"List {_collection.path}",
        description="In the order of their titles.",
        tags=[_collection.path],
        openapi_extra=_TABLE if _collection.columns else None,
    )
    router.add_api_operation(
        f"/{_collection.path}/{{entry_id}}",
        ["GET"],
        _record_view(_collection.kind),
        response={200: _model, 304: None, 404: Problem, 422: Problem},
        operation_id=f"get_{_collection.kind}",
        url_name=f"get_{_collection.kind}",
        summary=f"One of {_collection.path}",
        tags=[_collection.path],
    )


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
    """The newest state of all that changed after a cursor, in order; deletions leave a tombstone."""
    try:
        cursor, found = changes.read(query.after, limit=query.limit)
    except changes.CursorGone as error:
        raise HttpError(410, _("Este cursor não vale mais: recomece com after=0.")) from error
    except ValueError as error:
        raise HttpError(422, _("after: não é um cursor; use 0 ou o último cursor recebido.")) from error
    response = HttpResponse(_changes_json(cursor, found), content_type="application/json")
    response["Cache-Control"] = "no-cache"
    return response
