"""Streams keep the ids of their blocks, on which translations hang, and tell what they refer to."""

import json
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.fields import StreamField as WagtailStreamField

from services.interchange import FORMATS, open_source
from services.keys import DatabaseKeys
from services.mapping import own_record, write_entry
from services.models import ServicePage
from services.models.stream_references import stream_references
from services.record.service import Condition, Document, DocumentCase, Documents, Step
from services.record.values import Contact, Ref
from services.streams import chosen, read_stream, write_stream
from tests.services.entries import take_over

NAMESPACE = uuid.UUID(int=1)
DEMO = Path(__file__).resolve().parent.parent.parent / "home" / "demo"


class NoKeys:
    """Nothing is here that could be pointed to."""

    def id_of(self, kind, pk):
        return None

    def pk_of(self, kind, entry_id):
        return None

    def from_wagtail(self, html):
        return html

    def to_wagtail(self, html):
        return html


def write(values, before=()):
    return write_stream(values, "step", NoKeys(), namespace=NAMESPACE, name="steps", before=list(before))


def step(title, *documents):
    said = Documents(default=[Document(name=name) for name in documents])
    return Step(title=title, description=f"<p>{title}.</p>", documents=said)


def ids(raw):
    return {block["value"]["title"]: block["id"] for block in raw}


def document_ids(block):
    return {item["value"]["name"]: item["id"] for item in block["value"]["documents"]["default"]}


FIRST, SECOND, THIRD = step("Pedir", "RG", "CPF"), step("Pagar", "boleto"), step("Buscar")


def test_new_blocks_have_the_same_ids_at_every_import():
    assert write([FIRST, SECOND]) == write([FIRST, SECOND])
    assert read_stream(Step, write([FIRST, SECOND]), NoKeys()) == [FIRST, SECOND]


def test_what_is_unchanged_is_written_as_it_was():
    before = write([FIRST, SECOND, THIRD])
    assert write([FIRST, SECOND, THIRD], before) == before


@pytest.mark.parametrize(
    "after",
    [
        [THIRD, FIRST, SECOND],
        [step("Ler"), FIRST, SECOND, THIRD],
        [FIRST, step("Ler"), SECOND, THIRD],
        [SECOND, THIRD],
        [THIRD, step("Ler"), FIRST],
    ],
)
def test_blocks_keep_their_ids_wherever_they_go(after):
    before = write([FIRST, SECOND, THIRD])
    found = write(after, before)
    old = {block["value"]["title"]: block for block in before}
    for block in found:
        if block["value"]["title"] in old:
            assert block == old[block["value"]["title"]]
    assert len({block["id"] for block in found}) == len(found)


def test_an_edited_block_keeps_its_id_and_those_inside_it():
    before = write([FIRST, SECOND])
    edited = step("Pedir", "CPF", "foto", "RG")
    found = write([step("Ler"), edited, SECOND], before)
    assert ids(found)["Pedir"] == ids(before)["Pedir"]
    assert ids(found)["Pagar"] == ids(before)["Pagar"]
    assert ids(found)["Ler"] not in ids(before).values()
    inside = document_ids(found[1])
    assert {name: inside[name] for name in ("RG", "CPF")} == document_ids(before[0])
    assert len(set(inside.values())) == 3


def test_a_block_rewritten_in_its_place_keeps_its_id():
    before = write([FIRST, SECOND])
    found = write([Step(title="Outra coisa"), SECOND], before)
    assert [block["id"] for block in found] == [block["id"] for block in before]


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=5, unique=True), max_size=5))
def test_ids_are_never_shared(versions):
    raw = []
    for titles in versions:
        known = ids(raw)
        raw = write([step(title, title * 2, title * 3) for title in titles], raw)
        assert len(set(ids(raw).values())) == len(raw)
        assert {title: ids(raw)[title] for title in titles if title in known} == {
            title: known[title] for title in titles if title in known
        }
        for block in raw:
            assert len(set(document_ids(block).values())) == 2


def test_lists_from_before_their_items_had_ids_are_read():
    raw = [{"type": "step", "value": {"title": "Ir", "documents": {"default": [{"name": "RG"}]}}}]
    assert read_stream(Step, raw, NoKeys()) == [Step(title="Ir", documents=Documents(default=[Document(name="RG")]))]


@pytest.mark.parametrize(
    ("value_type", "value", "read"),
    [
        (Contact, {"type": "phone", "value": "156"}, [Contact(type="phone", value="156")]),
        (Contact, {"type": "", "value": "156"}, []),
        (Contact, {"type": "pombo", "value": "156"}, []),
        (Document, {"name": "", "note": "cópia"}, [Document(name="", note="cópia")]),
        (Document, {"name": "", "note": ""}, []),
        (Document, {}, []),
        (DocumentCase, {"text": "Se", "condition": {"question": None, "answers": []}}, [DocumentCase(text="Se")]),
    ],
)
def test_a_draft_may_lack_anything(value_type, value, read):
    assert read_stream(value_type, [{"type": "x", "value": value, "id": "1"}], NoKeys()) == read


def test_what_choosers_point_to_is_told_without_asking_for_it():
    document = {"name": "RG", "form": 4, "service": 5}
    listed = [{"type": "item", "value": document, "id": "1"}]
    case = {"text": "Se", "condition": {"question": 6, "answers": []}, "items": listed}
    cases = [{"type": "item", "value": case, "id": "2"}]
    raw = [{"type": "step", "value": {"documents": {"default": listed, "cases": cases}}}]
    found = sorted(chosen(Step, raw))
    assert found == [("form", 4), ("form", 4), ("question", 6), ("service", 5), ("service", 5)]


def test_a_condition_needs_its_question():
    known = Ref(kind="question", id="a" * 10)
    found = write([Step(documents=Documents(cases=[DocumentCase(condition=Condition(question=known))]))])
    assert found[0]["value"]["documents"]["cases"][0]["value"]["condition"]["question"] is None
    assert read_stream(Step, found, NoKeys())[0].documents.cases == [DocumentCase()]


@pytest.fixture
def demo(db):
    native = FORMATS["conecta"]
    take_over(native.read(open_source(DEMO, native.suffixes)).records)


@pytest.mark.usefixtures("demo")
def test_references_are_those_that_wagtail_finds():
    streams = [field for field in ServicePage._meta.get_fields() if isinstance(field, WagtailStreamField)]
    found = 0
    for page in ServicePage.objects.all():
        for field in streams:
            value = getattr(page, field.name)
            ours = list(stream_references(field.stream_block, value.get_prep_value()))
            assert ours == list(field.stream_block.extract_references(value)), (page, field.name)
            found += len(ours)
    assert found > 100


def parsed(data):
    """A page's data with its streams as values: PostgreSQL keeps JSON without the order of its keys."""
    streams = [field.name for field in ServicePage._meta.get_fields() if isinstance(field, WagtailStreamField)]
    return data | {name: json.loads(data[name]) for name in streams}


@pytest.mark.usefixtures("demo")
def test_a_page_written_from_its_own_record_is_the_same_page():
    for page in ServicePage.objects.all()[:40]:
        before = parsed(page.serializable_data())
        keys = DatabaseKeys()
        write_entry(page, own_record(page, keys), keys)
        assert parsed(page.serializable_data()) == before
