"""What a person has to bring, pay and do, given what they answered: the cases of a service's record that hold. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from services.cases import CASE, NONE, Question, Row, optional_steps, questions_of, rows_of
from services.record import Service
from services.record.service import Channel, Document, Fee, Step
from services.record.values import TimeEstimate

T = TypeVar("T")
#: Whether an item is for everybody, for this person by an answer, or for whom the case's words tell.
Because = Literal["all", "answer", "text"]
#: The answers to each question, by its id: one, or several where the question takes them.
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Asked(Generic[T]):
    """Something of a step (counted from 1) that this person meets; ``case`` is in words when it is for some."""

    item: T
    step: int
    because: Because
    case: str = ""


@dataclass(frozen=True)
class Checklist:
    """What holds for a person, and the questions whose answers would still change it."""

    documents: list[Asked[Document]]
    fees: list[Asked[Fee]]
    channels: list[Asked[Channel]]
    steps: list[tuple[int, Step]]
    time: TimeEstimate | None
    left: list[Question]
    #: False where all was answered and no channel of the service is for this person.
    fits: bool


class UnknownAnswer(ValueError):
    """An answer to a question that the service does not ask, that it does not have, or that excludes another."""


def checklist(record: Service, answers: Answers) -> Checklist:
    """The checklist for these answers.

    A case that hangs on a question counts if its answer was given, and is left out if another was; while none was, the
    question is among those ``left``. A case in words alone is told with its words until it is asked about, and then
    counts as another would. Raises ``UnknownAnswer``.
    """
    questions = questions_of(record)
    _check(questions, answers)
    rows = rows_of(record)
    held = [row for row in rows if holds(row, answers)]
    left = [question for question in questions if question.id not in answers]
    busy = {row.step for row in held}
    skipped = set(optional_steps(record)) - busy - {row.step for row in rows if _is_open(row, answers)}
    return Checklist(
        documents=_each(held, Document, answers),
        fees=_each(held, Fee, answers),
        channels=_each(held, Channel, answers),
        steps=[(number, step) for number, step in enumerate(record.steps, start=1) if number not in skipped],
        time=record.time,
        left=left,
        fits=_fits(rows, held, answers),
    )


def holds(row: Row, answers: Answers) -> bool:
    """Whether a row's items are for whoever gave these answers."""
    if row.when is None:
        return True
    given = answers.get(row.when.question)
    return row.when.told if given is None else not set(row.when.answers).isdisjoint(given)


def known(record: Service, answers: Answers) -> dict[str, list[str]]:
    """Those of the answers that the service knows: an old link may hold others, and parameters that are none."""
    found: dict[str, list[str]] = {}
    for question in questions_of(record):
        keys = [option.key for option in question.options if option.key in answers.get(question.id, ())]
        if question.many and len(keys) > 1:
            keys = [key for key in keys if key != NONE]
        if keys:
            found[question.id] = keys if question.many else keys[:1]
    return found


def _is_open(row: Row, answers: Answers) -> bool:
    return row.when is not None and row.when.question not in answers


def _fits(rows: Sequence[Row], held: Sequence[Row], answers: Answers) -> bool:
    channels = [row for row in rows if row.part == "channels"]
    return (
        not channels or any(row.part == "channels" for row in held) or any(_is_open(row, answers) for row in channels)
    )


def _each(held: Sequence[Row], wanted: type[T], answers: Answers) -> list[Asked[T]]:
    return [
        Asked(item, row.step, _because(row, answers), row.text)
        for row in held
        for item in row.items
        if isinstance(item, wanted)
    ]


def _because(row: Row, answers: Answers) -> Because:
    if row.case == 0:
        return "all"
    return "answer" if row.when is not None and row.when.question in answers else "text"


def _check(questions: Sequence[Question], answers: Answers) -> None:
    asked = {question.id: question for question in questions}
    for name, given in answers.items():
        question = asked.get(name)
        if question is None:
            raise UnknownAnswer(name)
        keys = {option.key for option in question.options}
        strange = next((answer for answer in given if answer not in keys), None)
        if strange is not None or not given:
            raise UnknownAnswer(strange or name)
        if len(given) > 1 and (not question.many or (name == CASE and NONE in given)):
            raise UnknownAnswer(given[1])
