"""What a record points to, and what stays of it where that is not public."""

from typing import Any

from pydantic import BaseModel

from services.record import RECORD_TYPES, Ref
from services.record.service import Condition, FeeCase
from services.references import RELATIONS, references, text_links, with_references
from tests.records import ref, secretariat, service, topic, unit


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """A model and all that stand in its fields."""
    if model in seen:
        return seen
    seen.add(model)
    for field in model.model_fields.values():
        for inner in _types(field.annotation):
            models(inner, seen)
    return seen


def _types(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _types(part)]


def test_every_field_that_holds_a_reference_has_a_relation() -> None:
    seen: set[type[BaseModel]] = set()
    for record_type in RECORD_TYPES.values():
        models(record_type, seen)
    held = {n for m in seen for n, field in m.model_fields.items() if Ref in _types(field.annotation)}
    assert held == set(RELATIONS)


def test_references_are_found_at_any_depth() -> None:
    record = service(topics=[ref(topic())], units=[ref(unit())])
    assert [(relation, found.title) for relation, found in references(record)] == [
        ("secretariat", "Secretaria da Saúde"),
        ("topic", "Saúde"),
        ("unit", "Posto Central"),
    ]


def test_links_in_texts_are_found() -> None:
    record = service(description='<p>Veja <a href="/s/abcdefghij">isto</a>.</p>')
    assert list(text_links(record)) == ["abcdefghij"]


def test_what_is_not_found_is_left_out() -> None:
    record = service(topics=[ref(topic())], units=[ref(unit())])
    found = with_references(record, lambda held: held if held.kind == "unit" else None)
    assert found is not None
    assert (found.secretariat, found.topics, found.units) == (None, [], record.units)
    # The record itself is not changed.
    assert record.topics == [ref(topic())]


def test_a_value_that_can_not_do_without_it_goes_too() -> None:
    question = Ref(kind="question", id="abcdefghij")
    case = FeeCase(text="Para quem tem casa", condition=Condition(question=question, answers=["sim"]))
    found = with_references(case, lambda held: None)
    assert found is not None
    assert (found.text, found.condition) == ("Para quem tem casa", None)


def test_a_body_that_is_there_is_kept() -> None:
    assert with_references(service(), lambda held: ref(secretariat())).secretariat == ref(secretariat())
