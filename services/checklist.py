"""What a person has to bring and pay, given what they answered: the cases of a service's record that hold. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from services.record import Service
from services.record.service import Channel, Condition, Document, Fee, QuestionText, Step

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
#: Whether an item is for everybody, for this person by an answer, or for whom the case's words tell.
Because = Literal["all", "answer", "text"]


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
    left: list[QuestionText]


class UnknownAnswer(ValueError):
    """An answer to a question that the service does not ask, or that the question does not have."""


def checklist(record: Service, answers: Mapping[str, str]) -> Checklist:
    """The checklist for these answers, by the question's id.

    A case that hangs on a question counts if its answer was given, and is left out if another was; while none was, the
    question is among those ``left``. A case in words alone is told with its words. Raises ``UnknownAnswer``.
    """
    _check(record, answers)
    open_questions: set[str] = set()

    def holds(condition: Condition) -> bool:
        given = answers.get(condition.question.id)
        if given is None:
            open_questions.add(condition.question.id)
        return given in condition.answers

    found = Checklist(
        documents=list(_of(record, holds, lambda step: step.documents)),
        fees=list(_of(record, holds, lambda step: step.fees)),
        channels=list(_of(record, holds, lambda step: step.channels)),
        left=[],
    )
    found.left.extend(question for question in record.questions if question.id in open_questions)
    return found


class _Case(Protocol[T_co]):
    """Items for some."""

    @property
    def text(self) -> str:
        """For whom, in words."""

    @property
    def condition(self) -> Condition | None:
        """By which answer."""

    @property
    def items(self) -> Sequence[T_co]:
        """What they meet."""


class _Group(Protocol[T_co]):
    """Items of a step."""

    @property
    def default(self) -> Sequence[T_co]:
        """Those for everybody."""

    @property
    def cases(self) -> Sequence[_Case[T_co]]:
        """Those for some."""


def _of(record: Service, holds: Callable[[Condition], bool], part: Callable[[Step], _Group[T]]) -> Iterator[Asked[T]]:
    for number, step in enumerate(record.steps, start=1):
        group = part(step)
        yield from _each(group.default, number, "all", "")
        for case in group.cases:
            if case.condition is None:
                yield from _each(case.items, number, "text", case.text)
            elif holds(case.condition):
                yield from _each(case.items, number, "answer", case.text)


def _each(items: Iterable[T], step: int, because: Because, case: str) -> Iterator[Asked[T]]:
    return (Asked(item, step, because, case) for item in items)


def _check(record: Service, answers: Mapping[str, str]) -> None:
    known = {question.id: {answer.key for answer in question.answers} for question in record.questions}
    for question, answer in answers.items():
        if question not in known:
            raise UnknownAnswer(question)
        if answer not in known[question]:
            raise UnknownAnswer(answer)
