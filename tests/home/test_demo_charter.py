"""The demonstration charter is whole and holds together: it is what a newcomer judges Conecta by."""

import csv
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from services.completeness import gaps, required
from services.completing import with_commitments
from services.heads import Heads
from services.interchange import FORMATS, open_source
from services.languages import source_locale
from services.record import Entry, Question, Service
from services.references import references, text_links

ROOT = Path(__file__).resolve().parent.parent.parent
CHARTERS = Path(os.environ.get("CONECTA_CHARTERS", ROOT.parent / "shared" / "charters"))
STATIC = ROOT / "home"


@cache
def charter() -> list[Entry]:
    native = FORMATS["conecta"]
    assert native.read is not None
    reading = native.read(open_source(ROOT / "home" / "demo", native.suffixes))
    assert not reading.rejected
    return list(reading.records)


def services() -> list[Service]:
    return [record for record in charter() if isinstance(record, Service)]


def test_it_holds_what_a_city_has():
    kinds = Counter(record.kind for record in charter())
    assert kinds["service"] == 103
    assert kinds["secretariat"] == 17
    least = {"district": 12, "unit": 25, "procedure": 8, "form": 12, "information": 10, "alert": 2, "city": 1}
    assert {kind: kinds[kind] for kind in least if kinds[kind] < least[kind]} == {}
    assert sum(len(record.visits) for record in charter() if record.kind == "unit") >= 11


@pytest.mark.skipif(not CHARTERS.exists(), reason="the city's list of services is not beside the project")
def test_names_are_the_citys_own():
    with (CHARTERS / "municipal-services.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bodies = {record.id: record for record in charter() if record.kind == "secretariat"}
    ours = {(bodies[service.secretariat.id].title, service.title) for service in services()}
    assert ours == {(row["body_name"], row["service_name"]) for row in rows}
    assert {body.title for body in bodies.values()} == {row["body_name"] for row in rows}
    online = {row["service_name"] for row in rows if row["form"] == "digital"}
    assert {s.title for s in services() if s.title in online and not (s.online and s.digital_link)} == set()


@pytest.mark.parametrize("service", services(), ids=lambda service: service.slug)
def test_each_service_is_complete(service: Service):
    assert len(service.popular_names) >= 5
    assert len(service.keywords) >= 3
    assert 20 <= len(service.summary) <= 300
    assert service.outcome
    assert service.applicants
    assert service.topics
    assert service.audiences
    assert service.legislation
    assert service.free is not None
    assert service.time
    assert service.time.type in ("immediate", "up_to", "between")
    assert service.reviewed_on
    assert service.review_due
    assert 2 <= len(service.steps) <= 6
    channels = [step.channels for step in service.steps]
    assert any(c.default or c.cases for c in channels)


def test_fees_agree_with_what_is_free():
    def asks(service: Service) -> bool:
        return any(step.fees.default or step.fees.cases for step in service.steps)

    assert [s.title for s in services() if asks(s) == s.free] == []


def test_conditions_name_answers_that_exist():
    answers = {q.id: {a.key for a in q.answers} for q in charter() if isinstance(q, Question)}
    with_conditions = 0
    for service in services():
        cases = [
            case
            for step in service.steps
            for group in (step.documents, step.fees, step.channels)
            for case in group.cases
            if case.condition
        ]
        with_conditions += bool(cases)
        for case in cases:
            assert case.condition.answers, service.title
            assert set(case.condition.answers) <= answers[case.condition.question.id], service.title
    assert with_conditions >= 25


def test_all_that_is_pointed_to_is_there():
    present = {(record.kind, record.id) for record in charter()}
    ids = {entry_id for _kind, entry_id in present}
    for record in charter():
        assert {(ref.kind, ref.id) for _relation, ref in references(record)} <= present, record.title
        assert set(text_links(record)) <= ids, record.title


def test_every_form_has_its_file():
    addresses = [version.url for record in charter() if record.kind == "form" for version in record.versions]
    files = [address for address in addresses if address]
    assert len(files) >= 12
    for address in files:
        content = (STATIC / address.lstrip("/")).read_bytes()
        assert content.startswith(b"%PDF-"), address


def test_the_gate_lets_each_entry_through():
    heads = Heads(source_locale())
    heads.remember(next(record for record in charter() if record.kind == "city"))
    for record in charter():
        if record.kind == "secretariat":
            heads.remember(with_commitments(record, heads))
    for record in charter():
        assert [str(gap) for gap in required(gaps(with_commitments(record, heads)))] == [], record.title
