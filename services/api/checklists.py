"""What to bring, pay and do for a service, given answers, over HTTP."""

import json
from typing import Annotated

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from services.api.answers import Answer, send
from services.api.lists import EntryId
from services.api.public import locale_asked
from services.checklist import Asked, Because, UnknownAnswer, checklist
from services.querysets import public_of
from services.record import Service, etag_of, from_json
from services.record.identity import is_id
from services.record.service import Channel, Document, Fee, QuestionText
from services.schemas import Absent, InLanguage, Problem

router = Router()

#: ``QUESTION:ANSWER`` with commas between.
Answers = Annotated[
    str, Field(max_length=2000, pattern=r"^[a-z2-7]{10}:[^:,\x00]{1,255}(,[a-z2-7]{10}:[^:,\x00]{1,255})*$")
]


class AskedOf(Schema):
    """Where an item of the checklist comes from."""

    step: int = Field(ge=1, description="The step that it belongs to")
    because: Because = Field(description="all: for everybody; answer: by what was answered; text: for whom `case` says")
    case: str | Absent = Field(default=None, description="The case in words; left out for what is for everybody")


class AskedDocument(AskedOf):
    """A document to bring or send."""

    document: Document


class AskedFee(AskedOf):
    """Something to pay."""

    fee: Fee


class AskedChannel(AskedOf):
    """A way in which it is given."""

    channel: Channel


class ChecklistAnswer(Schema):
    """What holds for a person who gave these answers."""

    id: str
    title: str
    url: str
    documents: list[AskedDocument]
    fees: list[AskedFee]
    channels: list[AskedChannel]
    questions: list[QuestionText] = Field(description="Those that are still to be answered: their cases are left out")


class ChecklistQuery(InLanguage):
    """Parameters of a checklist."""

    answers: Answers | Absent = Field(
        default=None, description="The id of a question, a colon, the key of its answer; several with commas between"
    )


@router.get(
    "/services/{entry_id}/checklist",
    response={200: ChecklistAnswer, 304: None, 404: Problem, 422: Problem},
    operation_id="get_checklist",
    url_name="get_checklist",
    tags=["services"],
)
def get_checklist(request: HttpRequest, entry_id: EntryId, query: Query[ChecklistQuery]) -> HttpResponseBase:
    """What to bring, pay and do, for a person who answered some of the service's questions."""
    locale = locale_asked(query.lang)
    rows = public_of("service", locale).filter(entry_id=entry_id) if is_id(entry_id) else None
    row = rows.values_list("locale", "body", "changed_at").first() if rows is not None else None
    if row is None:
        raise Http404(_("Não há registro público com este id."))
    spoken, body, changed = row
    record = from_json(body)
    if not isinstance(record, Service):
        raise Http404
    try:
        found = checklist(record, _given(query.answers))
    except UnknownAnswer as error:
        raise HttpError(422, _("answers: o serviço não tem a pergunta ou a resposta %s.") % error) from error
    text = json.dumps(
        {
            "id": record.id,
            "title": record.title,
            "url": record.url,
            "documents": [_told("document", asked) for asked in found.documents],
            "fees": [_told("fee", asked) for asked in found.fees],
            "channels": [_told("channel", asked) for asked in found.channels],
            "questions": [question.model_dump(mode="json") for question in found.left],
        },
        ensure_ascii=False,
    )
    return send(request, Answer(text, etag_of(text), spoken, changed=changed), timezone.now())


def _given(asked: str | None) -> dict[str, str]:
    pairs = [pair.split(":", 1) for pair in asked.split(",")] if asked else []
    given = dict(pairs)
    if len(given) < len(pairs):
        raise HttpError(422, _("answers: há duas respostas à mesma pergunta."))
    return given


def _told(name: str, asked: Asked[Document] | Asked[Fee] | Asked[Channel]) -> dict[str, object]:
    case = {"case": asked.case} if asked.because != "all" else {}
    told = asked.item.model_dump(mode="json", exclude_defaults=True)
    return {name: told, "step": asked.step, "because": asked.because, **case}
