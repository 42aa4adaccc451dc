"""Whatever is answered, of whatever service: the list holds together."""

from collections import Counter

import pytest

from services.cases import CASE, questions_of, rows_of
from services.checklist import Checklist, UnknownAnswer, checklist, known
from services.record import Service
from tests.services.checklist.charter import every_answer, services


def found_in(found: Checklist) -> Counter[tuple[int, str]]:
    return Counter(
        (asked.step, repr(asked.item)) for group in (found.documents, found.fees, found.channels) for asked in group
    )


def items_of(record: Service, *, always: bool) -> Counter[tuple[int, str]]:
    """What stands in the record: what is for everybody, or all of it."""
    return Counter(
        (number, repr(item))
        for number, step in enumerate(record.steps, start=1)
        for group in (step.documents, step.fees, step.channels)
        for items in ([group.default] if always else [group.default, *(case.items for case in group.cases)])
        for item in items
    )


@pytest.mark.parametrize("record", services(), ids=lambda record: record.slug)
def test_every_combination_of_answers(record: Service):
    every, always = items_of(record, always=False), items_of(record, always=True)
    union: Counter[tuple[int, str]] = Counter()
    steps: set[int] = set()
    for answers in every_answer(record):
        found = checklist(record, answers)
        here = found_in(found)
        assert found.left == []
        assert always <= here <= every, answers
        # Whoever asks has a way to ask, and no step is empty of what the list says of it.
        assert found.fits, answers
        assert found.channels, answers
        numbers = {number for number, _step in found.steps}
        assert {step for step, _item in here} <= numbers, answers
        assert known(record, answers) == answers
        union |= here
        steps |= numbers
    assert union == every
    assert steps == set(range(1, len(record.steps) + 1))


def test_the_charter_asks_little_and_often_enough():
    asked = Counter(len(questions_of(record)) for record in services())
    assert sum(times for number, times in asked.items() if number) >= 25
    assert max(asked) <= 6
    structured = [record for record in services() if any(q.id != CASE for q in questions_of(record))]
    assert len(structured) >= 25


@pytest.mark.parametrize("record", services()[:20], ids=lambda record: record.slug)
def test_a_question_is_asked_only_if_its_answer_changes_something(record: Service):
    for question in questions_of(record):
        lists = [str(checklist(record, {question.id: [option.key]})) for option in question.options]
        assert len(set(lists)) > 1, question.title


def test_unanswered_only_what_is_sure_or_told_in_words():
    for record in services():
        rows = [row for row in rows_of(record) if row.when is None or row.when.told]
        expected = Counter((row.step, repr(item)) for row in rows for item in row.items)
        found = checklist(record, {})
        assert found_in(found) == expected
        assert found.left == questions_of(record)
        assert len(found.steps) == len(record.steps)


def test_what_no_service_asks_is_refused():
    record = services()[0]
    with pytest.raises(UnknownAnswer):
        checklist(record, {"aaaaaaaaaa": ["sim"]})
    first = questions_of(record)[0]
    with pytest.raises(UnknownAnswer):
        checklist(record, {first.id: ["outra-coisa"]})
    with pytest.raises(UnknownAnswer):
        checklist(record, {first.id: [option.key for option in first.options]})
    with pytest.raises(UnknownAnswer):
        checklist(record, {first.id: []})
    assert known(record, {first.id: ["outra-coisa"], "utm_source": ["x"]}) == {}
