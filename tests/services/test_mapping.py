"""record → page → record is the identity."""

import os
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.interchange import FORMATS, open_source
from services.mapping import as_own, misfits
from services.projecting import differences
from services.record import DERIVED, RECORD_TYPES, Entry, to_json
from tests import records, strategies
from tests.services.entries import bare, public, said, small_charter, stored, take_over, wanted_public

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
CHARTERS = Path(os.environ.get("CONECTA_CHARTERS", ROOT.parent / "shared" / "charters"))
LONG = bool(os.environ.get("CONECTA_LONG"))
SAMPLE = None if LONG else 150
EXAMPLES = 200 if LONG else 12


@pytest.fixture(scope="module")
def charter() -> dict[str, list[Entry]]:
    return small_charter()


@pytest.fixture
def present(charter, db):
    take_over(entry for entries in charter.values() for entry in entries)
    return charter


@pytest.mark.parametrize("kind", [kind for kind in RECORD_TYPES if kind not in DERIVED])
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_generated_records_come_back(present, kind, data):
    record = data.draw(strategies.records(kind, present))
    with transaction.atomic():
        summary = take_over([record])
        assert (summary.created + summary.updated, summary.refused) == (1, [])
        expected = record
        if "published_incomplete" in type(record).model_fields:
            expected = record.model_copy(update={"published_incomplete": stored(record).published_incomplete})
        assert said(record) == to_json(expected)
        assert public(record) == wanted_public(record)
        assert take_over([record]).updated == 0
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["service", "unit", "procedure", "form"])
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_an_entry_written_over_says_what_the_last_record_says(present, kind, data):
    first, second = (data.draw(strategies.records(kind, present)) for _ in range(2))
    second = second.model_copy(update={"key": first.key, "id": first.id, "slug": first.slug})
    with transaction.atomic():
        take_over([first])
        summary = take_over([second])
        assert summary.updated == (to_json(first) != to_json(second))
        expected = second
        if "published_incomplete" in type(second).model_fields:
            expected = second.model_copy(update={"published_incomplete": stored(second).published_incomplete})
        assert said(second) == to_json(expected)
        assert public(second) == wanted_public(second)
        transaction.set_rollback(True)


@cache
def read(format_name: str, path: Path) -> list[Entry]:
    format_ = FORMATS[format_name]
    assert format_.read is not None
    reading = format_.read(open_source(path, format_.suffixes))
    assert not reading.rejected
    return list(reading.records)


@pytest.mark.skipif(not CHARTERS.exists(), reason="the federal charters are not beside the project")
def test_federal_charters_come_back():
    found = read("federal-v3", CHARTERS / "federal-v3.zip")
    services = [record for record in found if record.kind == "service"]
    step = 1 if SAMPLE is None else len(services) // SAMPLE
    sample = services[::step]
    come_back([record for record in found if record.kind != "service"] + sample)


def test_the_demonstration_charter_comes_back():
    come_back(read("conecta", ROOT / "home" / "demo"))


def come_back(found: list[Entry]) -> None:
    """Take these over, and have each say what it said, but for what points to entries that are not among them."""
    summary = take_over(found)
    assert (summary.created, summary.refused) == (len(found), [])
    ids = {(record.kind, record.id) for record in found}
    for record in found:
        expected = record
        if record.kind == "service":
            related = [ref for ref in record.related if (ref.kind, ref.id) in ids]
            incomplete = stored(record).published_incomplete
            expected = record.model_copy(update={"related": related, "published_incomplete": incomplete})
        assert said(record) == to_json(expected), record.title
    assert list(differences()) == []


def test_a_complete_record_gives_what_is_the_entrys_own(present):
    own = records.service(secretariat=bare(present["secretariat"][0]), url="")
    data = own.model_dump() | {
        "questions": [{"id": "abcdefghij", "title": "Onde?"}],
        "standards": {
            "waiting": {"text": "<p>Uma hora.</p>", "origin": "secretariat"},
            "priority": {"text": "<p>Idosos.</p>", "origin": "service"},
        },
    }
    mine = as_own(type(own)(**data))
    assert mine.questions == []
    assert (mine.standards.waiting, mine.standards.priority.text) == (None, "<p>Idosos.</p>")
    take_over([type(own)(**data)])
    # It says less than the law asks.
    assert said(own) == to_json(mine.model_copy(update={"published_incomplete": True}))
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [({"acronym": "A" * 65}, "acronym"), ({"sector": "x" * 256}, "sector"), ({"acronym": "A" * 64}, "")],
)
def test_what_an_entry_cannot_hold_is_named(changed, fault):
    found = list(misfits(records.service(**changed)))
    assert [fault in sentence for sentence in found] == ([True] if fault else [])


def test_drafts_keep_an_open_value_out_of_the_record(present):
    """What is required of a value and not there yet leaves it out, and nothing else with it."""
    page = stored(present["service"][0])
    page.steps = [("step", {"title": "Ir", "channels": {"default": [{"type": "", "text": "sem tipo"}], "cases": []}})]
    page.digital_login = "own"
    page.save()
    record = type(present["service"][0]).model_validate_json(said(present["service"][0]))
    assert record.digital_link is None
    assert [step.title for step in record.steps] == ["Ir"]
    assert record.steps[0].channels.default == []
