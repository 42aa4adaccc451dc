"""The demonstration's services as they are public: with the questions that their cases hang on. No database."""

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from services.cases import NONE, Question, questions_of
from services.interchange import FORMATS, open_source
from services.record import Question as SharedQuestion
from services.record import Service
from services.record.service import QuestionText
from services.references import references

DEMO = Path(__file__).resolve().parents[3] / "home" / "demo"


@cache
def services() -> tuple[Service, ...]:
    native = FORMATS["conecta"]
    assert native.read is not None
    reading = native.read(open_source(DEMO, native.suffixes))
    assert not reading.rejected
    shared = {record.id: record for record in reading.records if isinstance(record, SharedQuestion)}
    return tuple(_public(record, shared) for record in reading.records if isinstance(record, Service))


def _public(service: Service, shared: dict[str, SharedQuestion]) -> Service:
    ids = dict.fromkeys(ref.id for relation, ref in references(service) if relation == "question")
    asked = [QuestionText(id=q.id, title=q.title, help=q.help, answers=q.answers) for q in map(shared.__getitem__, ids)]
    return service.model_copy(update={"questions": asked})


def every_answer(record: Service) -> Iterator[dict[str, list[str]]]:
    """Each combination of answers; of a question that takes several: none, each one, each two, and all."""
    questions = questions_of(record)
    for chosen in itertools.product(*(_choices(question) for question in questions)):
        yield {question.id: keys for question, keys in zip(questions, chosen, strict=True)}


def _choices(question: Question) -> list[list[str]]:
    keys = [option.key for option in question.options]
    if not question.many:
        return [[key] for key in keys]
    cases = [key for key in keys if key != NONE]
    pairs = [list(pair) for pair in itertools.combinations(cases, 2)]
    return [[NONE], *([key] for key in cases), *pairs, *([cases] if len(cases) > 2 else [])]
