"""What a system of the city sends, read into ratings: what is wrong is named, with the name that was meant."""

import json
import uuid
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, TypeVar

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, Field, ValidationError

from feedback.elapsed import MOST as MOST_TIME
from feedback.elapsed import minutes_of
from feedback.models import LONGEST_COMMENT, Rating
from feedback.reasons import MOST
from feedback.submission import Given
from services.record.values import DurationUnit

#: Ratings of one call.
MOST_ROWS = 500
_NAMESPACE = uuid.UUID("6f0f9c0e-5b43-5d0c-9a4c-0a8c3c1f7e21")
_LONGEST_TOKEN = 255
# No database takes it in a text.
_NO_NUL = r"^[^\x00]*$"
_ID = "^[a-z2-7]{10}$"
_ID_OR_NONE = "^([a-z2-7]{10})?$"
_Read = TypeVar("_Read", bound=Schema)


class Took(Schema):
    """How long it took, from asking to having."""

    model_config = ConfigDict(extra="forbid")

    quantity: int = Field(ge=0, le=MOST_TIME)
    unit: DurationUnit = "calendar_days"


class RatingIn(Schema):
    """A person's rating of a service. Nothing that tells who it is: no name, CPF, telephone or e-mail."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(
        default="",
        max_length=_LONGEST_TOKEN,
        description="Names this rating: sent again with the same, it counts once. Instead of it, for a single one, the "
        "header Idempotency-Key. Without a key of the API it must be a random UUID",
    )
    service_id: str = Field(pattern=_ID, description="Of the service, as in /api/v1/services")
    stars: int = Field(ge=1, le=5, description="1 Péssima, 2 Ruim, 3 Mais ou menos, 4 Boa, 5 Excelente")
    reasons: list[str] = Field(
        default=[],
        max_length=MOST,
        description="For 4 and 5 stars of: easy, fast, clear, kind, near; else of: hard, slow, unclear, unkind, "
        "papers, far, unlike",
    )
    comment: str = Field(default="", max_length=LONGEST_COMMENT, pattern=_NO_NUL)
    managed: Literal["", "yes", "partly", "no"] = Field(default="", description="Whether they did what they came for")
    channel: Literal["", "digital", "in_person", "phone", "message", "mail", "post", "home_visit"] = ""
    took: Took | None = None
    unit_id: str = Field(default="", pattern=_ID_OR_NONE, description="The counter, as in /api/v1/units")
    version: str = Field(
        default="", max_length=32, pattern=_NO_NUL, description="ETag of the record that they had read"
    )


class NotRead(ValueError):
    """What was sent is not what is asked for; ``errors`` says what, in the form of the API's problems."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors[0]["msg"])
        self.errors = errors


@dataclass(frozen=True)
class Sender:
    """Who sends: a system with a key of this number, else anybody."""

    key: int | None = None
    name: str = ""


def rows_of(body: bytes) -> dict[str, Any] | list[Any]:
    """One rating or many. Raises ``NotRead``."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise NotRead([_error([], "json", _("O corpo do pedido não é JSON."))]) from None
    if isinstance(found, list):
        if not 1 <= len(found) <= MOST_ROWS:
            raise NotRead([_error([], "length", _("Uma lista tem de 1 a %d avaliações.") % MOST_ROWS)])
        return found
    if not isinstance(found, dict):
        raise NotRead([_error([], "type", _("Mande uma avaliação, ou uma lista delas."))])
    return found


def read(row: Any, model: type[_Read]) -> _Read:
    """A row as its model. Raises ``NotRead``, which names for an unknown field the near one."""
    if not isinstance(row, dict):
        raise NotRead([_error([], "type", _("Mande um objeto com os campos da avaliação."))])
    try:
        # JSON's strings may hold half of a character, which no database takes.
        return model.model_validate_json(json.dumps(row), strict=True)
    except ValidationError as error:
        known = {"took": Took}
        found = [
            _told(each["loc"], each["type"], each["msg"], known.get(str(each["loc"][0]) if each["loc"] else "", model))
            for each in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise NotRead(found) from error


def given_by(row: RatingIn, sender: Sender, *, header: str = "") -> Given:
    """The rating that a row is. Raises ``NotRead`` if its token is none."""
    if header and row.token and header != row.token:
        raise NotRead(
            [_error(["token"], "token", _("token e Idempotency-Key são dois nomes diferentes: mande um só."))]
        )
    return Given(
        token=_token(header or row.token, sender),
        service_id=row.service_id,
        stars=row.stars,
        reasons=row.reasons,
        comment=row.comment,
        managed=row.managed,
        channel=row.channel,
        took_minutes=minutes_of(row.took.quantity, unit=row.took.unit) if row.took else None,
        unit_id=row.unit_id,
        version=row.version,
        source=Rating.Source.API,
    )


def _token(named: str, sender: Sender) -> uuid.UUID:
    """Of systems with a key each has its own names; of all others only what nobody else can come upon is one."""
    if not named.strip() or len(named) > _LONGEST_TOKEN:
        raise NotRead(
            [_error(["token"], "token", _("Mande um token, ou o cabeçalho Idempotency-Key, em cada avaliação."))]
        )
    if sender.key is not None:
        return uuid.uuid5(_NAMESPACE, f"{sender.key}:{named}")
    try:
        return uuid.UUID(named)
    except ValueError:
        raise NotRead([_error(["token"], "token", _("Sem chave da API, o token é um UUID aleatório."))]) from None


def refusal(reason: str) -> NotRead:
    """What ``submit`` refused, by its one word, said to who sent it."""
    messages = {
        "service": ("service_id", _("Não há serviço público com este id.")),
        "reasons": ("reasons", _("Motivos que não são oferecidos para esta nota, ou mais de %d.") % MOST),
        "unit_id": ("unit_id", _("Não há unidade com este id.")),
    }
    field, message = messages.get(reason, (reason, _("Este valor não é aceito.")))
    return NotRead([_error([field], "not_accepted", message)])


def _told(loc: tuple[int | str, ...], kind: str, message: str, model: type[Schema]) -> dict[str, Any]:
    if kind != "extra_forbidden":
        return _error(list(loc), kind, message)
    name = str(loc[-1])[:60]
    near = get_close_matches(name, model.model_fields, n=1, cutoff=0.5)
    if near:
        advice = _("Campo desconhecido: %(name)s. Seria %(near)s?") % {"name": name, "near": near[0]}
    else:
        known = ", ".join(model.model_fields)
        advice = _("Campo desconhecido: %(name)s. Há: %(known)s.") % {"name": name, "known": known}
    return _error(list(loc), "unknown_field", advice)


def _error(loc: list[int | str], kind: str, message: str) -> dict[str, Any]:
    return {"type": kind, "loc": ["body", *loc], "msg": message}
