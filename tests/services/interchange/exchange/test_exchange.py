"""Every field of every kind × every format is kept or listed as lost, and the page says which."""

import os
from pathlib import Path

import pytest

from services.record import RECORD_TYPES, dump, from_data
from tests.services.interchange.exchange.experiment import kept, written
from tests.services.interchange.exchange.paper import lost, paper
from tests.services.interchange.exchange.reasons import REASONS, is_of
from tests.services.interchange.exchange.samples import full, leaves

PAGE = Path(__file__).resolve().parents[4] / "docs" / "exchange.md"


def test_the_page_is_what_the_experiment_finds() -> None:
    told = paper()
    if os.environ.get("CONECTA_WRITE_SNAPSHOT"):
        PAGE.write_text(told)
    assert PAGE.read_text() == told, "make exchange-doc"


def test_no_field_escapes_the_experiment() -> None:
    for kind, model in RECORD_TYPES.items():
        told = dump(from_data(full(kind)))
        fields = set(model.model_fields) - ({"slug"} if "slug" not in told else set())
        # What holds its default is not told: the language of the source, such as it is.
        assert fields - set(told) <= {"locale"}, kind
        assert {leaf.field for leaf in leaves(kind)} | {"kind", "id"} == fields, kind


@pytest.mark.parametrize("name", sorted(written()))
def test_a_format_tells_something(name: str) -> None:
    assert any(field == "title" for _kind, field in kept(name))


def test_the_native_form_loses_nothing() -> None:
    assert kept("conecta") == {(kind, leaf.name) for kind in RECORD_TYPES for leaf in leaves(kind)}


def test_a_reason_is_of_something_that_is_lost() -> None:
    for name, reasons in REASONS.items():
        gone = [f"{kind}.{field}" for kind, field in lost(name)]
        for start in reasons:
            assert any(is_of(path, start) for path in gone), (name, start)
