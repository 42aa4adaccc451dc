"""``POST /api/v1/ratings`` and ``/rating-links``: for the city's own systems, after a transaction."""

import time
from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError, ValidationError
from ninja.params.functions import Header
from pydantic import ConfigDict, Field

from feedback.models import Rating
from feedback.submission import NotRated, says_the_same, submit
from feedback.ways import links
from feedback.ways.reading import MOST_ROWS, NotRead, RatingIn, Sender, given_by, read, refusal, rows_of
from services.api_keys.keys import asking
from services.client_address import client_of
from services.passing_names import passing_name
from services.schemas import Problem
from services.spreadsheet import as_csv

router = Router()


class RatingReceipt(Schema):
    """What became of a rating: kept and counted, or kept and set aside as one of a burst from one place.

    Sent again with the same token it is answered with the same, and 200 instead of 201.
    """

    token: str
    result: Literal["stored", "set_aside"]
    received_at: datetime


class RowResult(Schema):
    """What became of a row of a list."""

    row: int = Field(ge=0, description="Its place in the list; the first is 0")
    token: str = ""
    result: Literal["stored", "set_aside", "already_there", "refused"]
    errors: list[dict[str, Any]] = Field(default=[], description="Why it was refused")


class RatingReceipts(Schema):
    """What became of each row: those that are refused keep no other from being stored."""

    stored: int
    set_aside: int
    already_there: int
    refused: int
    results: list[RowResult]


_ONE = RatingIn.model_json_schema(ref_template="#/components/schemas/{model}")
_TOOK = _ONE.pop("$defs")["Took"]
_ONE["properties"]["took"] = {"anyOf": [_TOOK, {"type": "null"}]}
_BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"anyOf": [_ONE, {"type": "array", "items": _ONE, "minItems": 1, "maxItems": MOST_ROWS}]}
        }
    },
}


@router.post(
    "/ratings",
    response={
        200: RatingReceipt | RatingReceipts,
        201: RatingReceipt,
        400: Problem,
        401: Problem,
        413: Problem,
        422: Problem,
    },
    operation_id="rate",
    url_name="rate",
    tags=["ratings"],
    summary="Rate a service, or send many ratings",
    openapi_extra={"requestBody": _BODY},
)
def rate(
    request: HttpRequest, idempotency_key: str = Header(default="", alias="Idempotency-Key", max_length=255)
) -> Any:
    """Keep a rating, or, with a key of the API, each of a list. docs/ratings.md tells it with examples."""
    sender = _sender(request)
    try:
        sent = rows_of(_body(request))
        if isinstance(sent, list):
            return Status(200, _keep_all(sent, sender, header=idempotency_key))
        place = "" if sender.key is not None else passing_name("rating", client_of(request), now=time.time())
        rating = _keep(sent, sender, header=idempotency_key, place=place)
    except NotRead as error:
        raise ValidationError(error.errors) from error
    said = "set_aside" if rating.set_aside else "stored"
    named = idempotency_key or str(sent["token"])
    told = {"token": named, "result": said, "received_at": rating.received_at}
    return Status(200 if rating.was_there else 201, told)


def _sender(request: HttpRequest) -> Sender:
    key = asking(request)
    return Sender(key.number, key.name) if key else Sender()


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise HttpError(413, _("É muito de uma vez: mande menos avaliações em cada pedido.")) from error


def _keep(row: Any, sender: Sender, *, header: str = "", place: str = "") -> Rating:
    given = given_by(read(row, RatingIn), sender, header=header)
    try:
        rating = submit(given, at=timezone.now(), place=place)
    except NotRated as error:
        raise refusal(str(error)) from error
    if rating.was_there and not says_the_same(rating, given):
        message = _("Este token já foi usado com outro conteúdo: cada avaliação tem o seu.")
        raise NotRead([{"type": "other_content", "loc": ["body", "token"], "msg": message}])
    return rating


def _keep_all(rows: list[Any], sender: Sender, *, header: str) -> dict[str, Any]:
    if sender.key is None:
        raise HttpError(401, _("Para mandar uma lista é preciso uma chave da API, que a Administração cria."))
    if header:
        message = _("Numa lista cada avaliação traz o seu token, em vez do cabeçalho Idempotency-Key.")
        raise NotRead([{"type": "header", "loc": ["header", "Idempotency-Key"], "msg": message}])
    results: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        token = row.get("token", "") if isinstance(row, dict) else ""
        told: dict[str, Any] = {"row": number, "token": token if isinstance(token, str) else ""}
        try:
            rating = _keep(row, sender)
        except NotRead as error:
            results.append(told | {"result": "refused", "errors": error.errors})
            continue
        already = "already_there" if rating.was_there else None
        results.append(told | {"result": already or ("set_aside" if rating.set_aside else "stored")})
    counts = dict.fromkeys(("stored", "set_aside", "already_there", "refused"), 0)
    for each in results:
        counts[each["result"]] += 1
    return counts | {"results": results}


class LinksWanted(Schema):
    """For which service, and how many."""

    model_config = ConfigDict(extra="forbid")

    service_id: str = Field(pattern="^[a-z2-7]{10}$")
    unit_id: str = Field(default="", pattern="^([a-z2-7]{10})?$", description="The counter at which people were")
    channel: Literal["", "digital", "in_person", "phone", "message", "mail", "post", "home_visit"] = ""
    count: int = Field(default=1, ge=1, le=links.MOST_LINKS)
    days: int | None = Field(default=None, ge=1, le=links.LONGEST, description="For how long they hold; 30 unless said")
    format: Literal["json", "csv"] = "json"


class Links(Schema):
    """Addresses to give to people, one each: each can be used once."""

    batch: str
    service_id: str
    expires_at: datetime
    links: list[str]


_WANTED = LinksWanted.model_json_schema()


@router.post(
    "/rating-links",
    response={201: Links, 400: Problem, 401: Problem, 413: Problem, 422: Problem},
    operation_id="make_rating_links",
    url_name="make_rating_links",
    tags=["ratings"],
    summary="Private links by which people rate after a transaction",
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": _WANTED}}}},
)
def make_rating_links(request: HttpRequest) -> Any:
    """Make signed links that are used once and expire, with a key of the API. Nothing in them tells who is given one.

    With ``"format": "csv"`` they come as a table with the columns link, service and until.
    """
    sender = _sender(request)
    if sender.key is None:
        raise HttpError(401, _("Para pedir links é preciso uma chave da API, que a Administração cria."))
    try:
        wanted = read(rows_of(_body(request)), LinksWanted)
        batch, paths = links.make(
            wanted.service_id,
            unit_id=wanted.unit_id,
            channel=wanted.channel,
            count=wanted.count,
            days=wanted.days or links.default_days(),
            at=timezone.now(),
            made_by=sender.name,
        )
    except NotRated as error:
        raise ValidationError(refusal(str(error)).errors) from error
    except NotRead as error:
        raise ValidationError(error.errors) from error
    addresses = [request.build_absolute_uri(path) for path in paths]
    if wanted.format == "csv":
        return _table(addresses, batch.service_id, batch.expires_at)
    told = {"batch": batch.code, "service_id": batch.service_id, "expires_at": batch.expires_at, "links": addresses}
    return Status(201, told)


def _table(addresses: list[str], service_id: str, until: datetime) -> HttpResponseBase:
    moment = timezone.localtime(until).isoformat(timespec="minutes")
    text = as_csv(("link", "service_id", "until"), ((address, service_id, moment) for address in addresses))
    return HttpResponse(text, status=201, content_type="text/csv; charset=utf-8")
