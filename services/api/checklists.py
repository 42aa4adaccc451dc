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
from services.case_words import helped, titled, worded
from services.cases import CASE, Question, questions_of
from services.checklist import Asked, Because, UnknownAnswer, checklist
from services.querysets import public_of
from services.record import Service, etag_of, from_json
from services.record.identity import is_id
from services.record.service import Channel, Document, Fee, QuestionAnswer, QuestionText, Step
from services.record.values import Rich, TimeEstimate
from services.schemas import Absent, InLanguage, Problem

router = Router()

_TOLD_OF_A_STEP = {"title", "description", "time"}

_ANSWER = r"(?:[a-z2-7]{10}|caso):[^:,\x00]{1,255}"
#: ``QUESTION:ANSWER`` with commas between.
GivenAnswers = Annotated[str, Field(max_length=2000, pattern=rf"^{_ANSWER}(?:,{_ANSWER})*$")]


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


class AskedStep(Schema):
    """A step that this person takes."""

    step: int = Field(ge=1, description="Its place among the service's steps")
    title: str = ""
    description: Rich = ""
    time: TimeEstimate | Absent = None


class AskedQuestion(QuestionText):
    """A question of the checklist; the one whose `id` is `caso` is made of cases that the charter tells in words."""

    many: bool = Field(default=False, description="Several answers may be given, as `caso:KEY,caso:KEY`")


class GivenAnswer(Schema):
    """What was answered to a question."""

    question: str = Field(description="The question's id")
    title: str
    answers: list[QuestionAnswer]


class ChecklistAnswer(Schema):
    """What holds for a person who gave these answers."""

    id: str
    title: str
    url: str
    documents: list[AskedDocument]
    fees: list[AskedFee]
    channels: list[AskedChannel]
    steps: list[AskedStep] = Field(description="Without those that are there for other cases alone")
    time: TimeEstimate | Absent = Field(default=None, description="In all")
    fits: bool = Field(description="False where all was answered and none of the service's channels is for this person")
    answered: list[GivenAnswer]
    questions: list[AskedQuestion] = Field(
        description="Those still to be answered. Cases that hang on one are left out; cases in words are told until "
        "`caso` is answered (`nenhum`: none of them)"
    )


class ChecklistQuery(InLanguage):
    """Parameters of a checklist."""

    answers: GivenAnswers | Absent = Field(
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
    given = _given(query.answers)
    try:
        found = checklist(record, given)
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
            "steps": [_step(number, step) for number, step in found.steps],
            **({"time": found.time.model_dump(mode="json", exclude_defaults=True)} if found.time else {}),
            "fits": found.fits,
            "answered": [_answered(q, given[q.id]) for q in questions_of(record) if q.id in given],
            "questions": [_question(question) for question in found.left],
        },
        ensure_ascii=False,
    )
    return send(request, Answer(text, etag_of(text), spoken, changed=changed), timezone.now())


def _given(asked: str | None) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for pair in dict.fromkeys(asked.split(",")) if asked else ():
        question, answer = pair.split(":", 1)
        given.setdefault(question, []).append(answer)
    if any(len(answers) > 1 for question, answers in given.items() if question != CASE):
        raise HttpError(422, _("answers: há duas respostas à mesma pergunta."))
    return given


def _told(name: str, asked: Asked[Document] | Asked[Fee] | Asked[Channel]) -> dict[str, object]:
    case = {"case": asked.case} if asked.because != "all" else {}
    told = asked.item.model_dump(mode="json", exclude_defaults=True)
    return {name: told, "step": asked.step, "because": asked.because, **case}


def _step(number: int, step: Step) -> dict[str, object]:
    return {"step": number, **step.model_dump(mode="json", include=_TOLD_OF_A_STEP, exclude_defaults=True)}


def _answered(question: Question, given: list[str]) -> dict[str, object]:
    chosen = [{"key": option.key, "text": worded(option)} for option in question.options if option.key in given]
    return {"question": question.id, "title": titled(question), "answers": chosen}


def _question(question: Question) -> dict[str, object]:
    options = [{"key": option.key, "text": worded(option)} for option in question.options]
    asked = {"id": question.id, "title": titled(question), "help": helped(question), "answers": options}
    return {**asked, "many": question.many}
