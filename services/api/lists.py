"""Every kind of record as a list and by its id.

The record is the wire type: its stored JSON is joined into the answer as text. Only what time
changes, or what is asked for in part, is read.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Count, Subquery, Value
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field, create_model

from services import changes, paging
from services.api.answers import Answer, known, remember, send
from services.api.collections import COLLECTIONS, Collection
from services.api.following import behind
from services.api.formats import described, form_asked, formats_field, send_as, varying
from services.api.public import locale_asked, told
from services.api.selecting import chosen_fields, chosen_relations, included, sparse
from services.freshness import freshness, told_at
from services.models.published import PublishedRecord
from services.querysets import Records, public_of
from services.record import RECORD_TYPES, Kind, etag_of, from_json
from services.record.identity import is_id
from services.references import relations_of
from services.schemas import Absent, ListQuery, Names, Problem, RecordQuery, Word, list_of, one_of
from services.spreadsheet import as_csv

router = Router()

# Described, not enforced: what is no id names nothing, and that is a 404.
EntryId = Annotated[str, Field(json_schema_extra={"pattern": "^[a-z2-7]{10}$"})]


def _list(request: HttpRequest, collection: Collection, query: ListQuery) -> HttpResponseBase:
    kind = collection.kind
    locale = locale_asked(query.lang)
    if query.cursor and "page" in request.GET:
        raise HttpError(422, _("Use page ou cursor, não os dois."))
    fields = chosen_fields(kind, query.fields)
    relations = chosen_relations(kind, getattr(query, "include", None))
    at = timezone.now()
    unchanged = known(request, at)
    if unchanged is not None:
        return unchanged
    place = changes.recent_head()
    records, beside = told(_narrowed(public_of(kind, locale), collection, query), kind, at)
    if getattr(query, "format", None) == "csv":
        return _table(request, collection, records, locale, at)
    order = paging.ORDERS[query.sort]
    here = _behind(records, query.cursor, order)
    start = (query.page - 1) * query.size
    rows = list(
        here.order_by(*order.by())
        .annotate(_total=Subquery(_count(records)), _changed=Subquery(_last_change()))
        .values_list("pk", "body", "_total", "_changed", *order.fields)[start : start + query.size + 1]
    )
    total = rows[0][2] if rows else records.count()
    shown = rows[: query.size]
    bodies = [row[1] for row in shown]
    following = behind(request, paging.mark(shown[-1][4:])) if len(rows) > query.size else None
    joined = ",".join(sparse(told_at(body, at), fields) for body in bodies)
    body = f'{{"total":{total},"next":{json.dumps(following)},"results":[{joined}]'
    if relations:
        pointed_to = included((row[0] for row in shown), relations, locale)
        bodies += pointed_to
        body += f',"included":[{",".join(told_at(each, at) for each in pointed_to)}]'
    body += "}"
    fresh = freshness(bodies, at, *beside)
    changed = rows[0][3] if rows and not fresh.dated else None
    answer = Answer(body, fresh.etag(etag_of(body)), locale, changed=changed, until=fresh.until)
    remember(request, answer, place)
    return send(request, answer, at)


def _narrowed(records: Records, collection: Collection, query: ListQuery) -> Records:
    if query.source_id is not None:
        records = records.filter(source_id=query.source_id)
    if query.slug is not None:
        records = records.filter(slug=query.slug)
    for name, filter_ in collection.filters.items():
        value = getattr(query, name)
        if value is not None:
            records = filter_.narrow(records, value)
    return records


def _behind(records: Records, cursor: str | None, order: paging.Order) -> Records:
    if not cursor:
        return records
    try:
        return records.filter(paging.behind(cursor, order))
    except ValueError as error:
        raise HttpError(422, _("cursor: não é o de um endereço next desta lista.")) from error


def _count(records: Records) -> Any:
    """How many there are, asked in the query that reads some of them."""
    return records.order_by().annotate(_all=Value(1)).values("_all").annotate(_n=Count("pk")).values("_n")


def _last_change() -> Any:
    """When anything was last published or removed: a list may have changed by either."""
    return PublishedRecord.objects.order_by("-sequence").values("changed_at")[:1]


def _table(
    request: HttpRequest, collection: Collection, records: Records, locale: str, at: datetime
) -> HttpResponseBase:
    paged = {"page", "size", "cursor", "sort", "fields", "include"}.intersection(request.GET)
    if paged:
        raise HttpError(422, _("format=csv traz a lista inteira: tire %s.") % ", ".join(sorted(paged)))
    bodies = records.order_by(*paging.TITLES.by()).values_list("body", flat=True)
    found = [from_json(body) for body in bodies]
    text = as_csv(collection.columns, ([getattr(record, name) for name in collection.columns] for record in found))
    response = send(request, Answer(text, etag_of(text), locale, "text/csv; charset=utf-8"), at)
    response["Content-Disposition"] = f'attachment; filename="{collection.path}.csv"'
    return response


def _one(request: HttpRequest, kind: Kind, entry_id: str, query: RecordQuery) -> HttpResponseBase:
    locale = locale_asked(query.lang)
    fields = chosen_fields(kind, query.fields)
    relations = chosen_relations(kind, getattr(query, "include", None))
    at = timezone.now()
    records, beside = told(public_of(kind, locale), kind, at)
    # What has not the form of an id is not asked for: it may hold what a database refuses.
    found = records.filter(entry_id=entry_id) if is_id(entry_id) else PublishedRecord.objects.none()
    row = found.values_list("pk", "etag", "locale", "body", "changed_at").first()
    if row is None:
        raise Http404(_("Não há registro público com este id."))
    key, etag, spoken, body, changed = row
    form = form_asked(request, kind, query)
    if form is not None:
        return send_as(request, form, body, locale=locale, spoken=spoken, at=at)
    text = sparse(told_at(body, at), fields)
    bodies = [body]
    if relations:
        pointed_to = included([key], relations, locale)
        bodies += pointed_to
        text = f'{text[:-1]},"included":[{",".join(told_at(each, at) for each in pointed_to)}]}}'
    fresh = freshness(bodies, at, *beside)
    whole = fields is None and not relations
    answer = Answer(text, fresh.etag(etag if whole else etag_of(text)), spoken, changed=changed, until=fresh.until)
    if fresh.dated or relations:
        answer = replace(answer, changed=None)
    return varying(send(request, answer, at))


def _list_view(collection: Collection) -> Callable[..., HttpResponseBase]:
    fields: dict[str, Any] = {
        name: (Word | Absent, Field(default=None, description=filter_.takes))
        for name, filter_ in collection.filters.items()
    }
    if collection.columns:
        fields["format"] = (
            Literal["json", "csv"],
            Field(default="json", description="csv: the whole list as a table, without page, size and cursor"),
        )
    parameters = create_model(
        f"{_title(collection.kind)}ListQuery", __base__=ListQuery, **_including(collection.kind), **fields
    )

    def view(request: HttpRequest, query: ListQuery) -> HttpResponseBase:
        return _list(request, collection, query)

    view.__annotations__["query"] = Query[parameters]
    return view


def _record_view(kind: Kind) -> Callable[..., HttpResponseBase]:
    parameters = create_model(f"{_title(kind)}Query", __base__=RecordQuery, **_including(kind), **formats_field(kind))

    def view(request: HttpRequest, entry_id: EntryId, query: RecordQuery) -> HttpResponseBase:
        return _one(request, kind, entry_id, query)

    view.__annotations__["query"] = Query[parameters]
    return view


def _title(kind: Kind) -> str:
    return RECORD_TYPES[kind].__name__


def _including(kind: Kind) -> dict[str, Any]:
    relations = relations_of(RECORD_TYPES[kind])
    if not relations:
        return {}
    said = f"Also the records that it points to, in ``included``. Some of: {', '.join(relations)}"
    return {"include": (Names | Absent, Field(default=None, description=said))}


_TABLE: dict[str, Any] = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}

for _collection in COLLECTIONS:
    _name = _collection.path.replace("-", "_")
    router.add_api_operation(
        f"/{_collection.path}",
        ["GET"],
        _list_view(_collection),
        response={200: list_of(_collection.kind), 304: None, 422: Problem},
        operation_id=f"list_{_name}",
        url_name=f"list_{_name}",
        summary=f"List {_collection.path}",
        description="In the order of their titles, unless ``sort`` says another.",
        tags=[_collection.path],
        openapi_extra=_TABLE if _collection.columns else None,
    )
    router.add_api_operation(
        f"/{_collection.path}/{{entry_id}}",
        ["GET"],
        _record_view(_collection.kind),
        response={200: one_of(_collection.kind), 304: None, 404: Problem, 422: Problem},
        operation_id=f"get_{_collection.kind}",
        url_name=f"get_{_collection.kind}",
        summary=f"One of {_collection.path}",
        tags=[_collection.path],
        openapi_extra=described(_collection.kind),
    )
