"""A draft over HTTP, for whoever has an editor's link."""

import operator
from functools import reduce
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from services.freshness import told_at
from services.front_ends.links import draft_behind
from services.models import ENTRY_MODELS, PublishedEntry, PublishedPage
from services.record import RECORD_TYPES
from services.schemas import TOLD, Problem

router = Router()

_PREVIEWED = [model.kind for model in ENTRY_MODELS.values() if issubclass(model, PublishedPage | PublishedEntry)]
_RECORD: Any = reduce(operator.or_, (TOLD.get(kind, RECORD_TYPES[kind]) for kind in _PREVIEWED))

# Described, not enforced: what has another form opens nothing, and that is a 404.
Token = Annotated[
    str, Field(description="As the editor's link brings it", json_schema_extra={"pattern": "^[A-Za-z0-9_:-]+$"})
]


@router.get(
    "/preview/{token}",
    response={200: _RECORD, 404: Problem},
    operation_id="preview",
    url_name="preview",
    tags=["preview"],
    summary="A draft behind an editor's link",
)
def preview(request: HttpRequest, token: Token) -> Any:
    """The record of a draft, in the form of a public one. The link holds for an hour, or until its editor logs out.

    Never to be kept: what it tells is not public.
    """
    at = timezone.now()
    body = draft_behind(token, at=at)
    if body is None:
        raise Http404(_("Este link de prévia não vale mais. Peça outro a quem escreve o texto."))
    response = HttpResponse(told_at(body, at), content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
