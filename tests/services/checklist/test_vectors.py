"""A phone looks up what the server finds: here the server's half; the browser's is in tests/browser."""

import itertools
import json
from typing import Any
from urllib.parse import parse_qs

from hypothesis import given, settings
from hypothesis import strategies as st

from services.cases import NONE, questions_of, rows_of
from services.checklist import checklist, known
from services.decision_table import decision_table
from services.record import Service
from tests.records import question, service
from tests.services.checklist.charter import every_answer, services
from tests.services.checklist.test_every_answer import found_in, items_of
from tests.services.checklist.vectors import FILE, rebuilt, resolved


def in_the_file() -> list[dict[str, Any]]:
    return json.loads(FILE.read_text(encoding="utf-8"))["vectors"]


def test_the_file_holds_what_the_server_finds():
    for vector in in_the_file():
        record = rebuilt(vector)
        assert json.loads(json.dumps(decision_table(record))) == vector["table"]
        for asked in vector["asked"]:
            expected = {name: asked[name] for name in ("rows", "items", "left", "skipped", "fits")}
            assert resolved(record, asked["answers"]) == expected
            assert known(record, parse_qs(asked["search"])) == asked["answers"]


def test_the_file_tries_what_matters():
    asked = [each for vector in in_the_file() for each in vector["asked"]]
    assert len(asked) >= 60
    assert {each["fits"] for each in asked} == {True, False}
    assert any(each["skipped"] for each in asked)
    assert any(len(keys) > 1 for each in asked for keys in each["answers"].values())
    assert any("nenhum" in keys for each in asked for keys in each["answers"].values())


def test_a_table_is_small():
    tables = [decision_table(record) for record in services()]
    assert len(json.dumps(tables, ensure_ascii=False, separators=(",", ":"))) < 1000 * len(tables)


_QUESTIONS = [question(f"Pergunta {n}?", *(f"a{k}" for k in range(n + 1))) for n in range(4)]
_WORDS = st.sampled_from(["", "Se for menor", "Se for menor ", "Quem é <b>", "🙂", "nenhum"])


@st.composite
def _services(draw: st.DrawFn) -> Service:
    def conditions() -> st.SearchStrategy[object]:
        return st.none() | st.builds(
            lambda asked, answers: {"question": {"kind": "question", "id": asked.id}, "answers": answers},
            st.sampled_from(_QUESTIONS),
            st.lists(st.sampled_from(["a0", "a1", "a2", "a9"]), max_size=3),
        )

    number = itertools.count()

    def group(items: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        some = st.lists(items, max_size=2)
        case = st.fixed_dictionaries({"text": _WORDS, "condition": conditions(), "items": some})
        return st.fixed_dictionaries({"default": some, "cases": st.lists(case, max_size=3)})

    named = st.builds(lambda: {"name": f"Item {next(number)}"})
    ways = st.builds(lambda: {"type": "phone", "text": f"{next(number)}"})
    step = st.fixed_dictionaries(
        {
            "title": st.sampled_from(["", "Pedir"]),
            "description": st.sampled_from(["", "<p>Peça.</p>"]),
            "documents": group(named),
            "fees": group(named),
            "channels": group(ways),
        }
    )
    steps = draw(st.lists(step, max_size=3))
    return service("Gerado", steps=steps, questions=draw(st.permutations(_QUESTIONS)))


@settings(max_examples=120, deadline=None)
@given(record=_services(), data=st.data())
def test_of_any_service_nothing_is_lost_and_nothing_contradicts(record: Service, data: st.DataObject):
    every, always = items_of(record, always=False), items_of(record, always=True)
    asked = questions_of(record)
    assert all(len(q.options) == len({option.key for option in q.options}) for q in asked)
    # All that a case asks for is met by somebody.
    met = items_of(record, always=True)
    for row in rows_of(record):
        if row.when is not None:
            answers = {row.when.question: [row.when.answers[0]]}
            met |= found_in(checklist(record, answers))
        else:
            met |= found_in(checklist(record, {}))
    assert met == every
    for answers in data.draw(st.lists(st.sampled_from(list(every_answer(record))), max_size=4)):
        found = checklist(record, answers)
        assert always <= found_in(found) <= every
        assert {step for step, _item in found_in(found)} <= {number for number, _step in found.steps}
        assert found.fits == (bool(found.channels) or not any(row.part == "channels" for row in rows_of(record)))
        assert known(record, answers) == answers
        # Who answers less is told no more than who answers all, but for cases in words.
        fewer = {name: keys for name, keys in answers.items() if data.draw(st.booleans())}
        told = checklist(record, fewer)
        sure = [a for group in (told.documents, told.fees, told.channels) for a in group if a.because != "text"]
        assert all((a.step, repr(a.item)) in found_in(found) for a in sure)
    if any(question.many for question in asked):
        assert NONE in {option.key for option in asked[-1].options}
