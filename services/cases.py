"""For whom each item of a service is: its questions, and the rows that hang on their answers. Pure.

A case hangs on a shared question and some of its answers, or on words alone, as charters of other systems have them.
The words of such cases become the options of one more question, ``CASE``, of which several may be chosen at once:
nobody said that one excludes another.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from services.record import Service
from services.record.service import (
    Channel,
    ChannelCase,
    Condition,
    Document,
    DocumentCase,
    Fee,
    FeeCase,
    QuestionText,
    Step,
)

Part = Literal["documents", "fees", "channels"]
PARTS: tuple[Part, ...] = ("documents", "fees", "channels")
Item = Document | Fee | Channel
AnyCase = DocumentCase | FeeCase | ChannelCase

#: The id of the question that cases in words alone make: "Qual é o seu caso?".
CASE = "caso"
#: Its answer for whom none of the cases is.
NONE = "nenhum"


@dataclass(frozen=True)
class Option:
    """An answer that may be chosen; ``NONE`` has no words of its own."""

    key: str
    text: str


@dataclass(frozen=True)
class Question:
    """What a person is asked; that of ``CASE`` has no words of its own, for they are not the record's."""

    id: str
    title: str
    help: str
    options: tuple[Option, ...]
    #: Several answers may hold at once.
    many: bool = False


@dataclass(frozen=True)
class When:
    """Any of these answers to the question."""

    question: str
    answers: tuple[str, ...]
    #: While the question is not answered, the item stands there with its case in words.
    told: bool


@dataclass(frozen=True)
class Row:
    """Items of a step (counted from 1), and when they hold: always without ``when``.

    ``case`` 0 are those for everybody, others are counted from 1. A case that says neither words nor answers holds
    always, and is told apart from those for everybody all the same.
    """

    part: Part
    step: int
    case: int
    items: tuple[Item, ...]
    text: str = ""
    when: When | None = None


def key_of(text: str) -> str:
    """The key of a case in words: short, and the same as long as its words are."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest())[:6].decode().lower()


def questions_of(record: Service) -> list[Question]:
    """The questions on which something hangs, in the order in which the service meets them; ``CASE`` is the last."""
    asked = {question.id: question for question in record.questions}
    met: dict[str, Question] = {}
    words: dict[str, str] = {}
    for row in rows_of(record):
        if row.when is None:
            continue
        if row.when.question == CASE:
            words.setdefault(row.when.answers[0], row.text)
        elif row.when.question not in met:
            found = asked[row.when.question]
            options = tuple(Option(answer.key, answer.text) for answer in found.answers)
            met[found.id] = Question(found.id, found.title, found.help, options)
    questions = list(met.values())
    if words:
        options = tuple(Option(key, text) for key, text in words.items())
        questions.append(Question(CASE, "", "", (*options, Option(NONE, "")), many=True))
    return questions


def rows_of(record: Service) -> list[Row]:
    """All items of the steps, in their order; a row has one item at least."""
    return list(_rows(record))


def optional_steps(record: Service) -> list[int]:
    """Steps (counted from 1) that are there only for cases: without one of these there is nothing to do in them.

    What a step says at length, or through which channel it is taken, is for everybody.
    """
    return [
        number
        for number, step in enumerate(record.steps, start=1)
        if not (step.description or step.channels.default or step.channels.cases)
        and not (step.documents.default or step.fees.default)
        and any(case.items for case in _cases(step))
    ]


def _cases(step: Step) -> Sequence[DocumentCase | FeeCase]:
    return [*step.documents.cases, *step.fees.cases]


def _rows(record: Service) -> Iterator[Row]:
    asked = {question.id: question for question in record.questions}
    for number, step in enumerate(record.steps, start=1):
        for part in PARTS:
            group = getattr(step, part)
            if group.default:
                yield Row(part, number, 0, tuple(group.default))
            cases: Sequence[AnyCase] = group.cases
            for place, case in enumerate(cases, start=1):
                if case.items:
                    text, when = _told(case, asked)
                    yield Row(part, number, place, tuple(case.items), text, when)


def _told(case: AnyCase, asked: dict[str, QuestionText]) -> tuple[str, When | None]:
    """A case's own words, and on which answers it hangs."""
    if case.condition is not None:
        answers = _possible(case.condition, asked)
        if answers:
            return case.text, When(case.condition.question.id, answers, told=False)
    # A question that is not public, or that lost these answers: there is nothing to ask, so its words must do.
    text = case.text or (case.condition.question.title if case.condition is not None else "")
    return text, When(CASE, (key_of(text),), told=True) if text else None


def _possible(condition: Condition, asked: dict[str, QuestionText]) -> tuple[str, ...]:
    question = asked.get(condition.question.id)
    return tuple(answer.key for answer in question.answers if answer.key in condition.answers) if question else ()
