"""The API's own description: held by a snapshot, and true to what is sent."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import given, settings
from ninja.schema import NinjaGenerateJsonSchema
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from conecta_site.api import api
from conecta_site.api_description import Description
from conecta_site.wsgi import application
from tests.records import district, put_record, ref, secretariat, service, topic, unit

#: The fuzzer asks for Brotli and does not read it.
PLAIN = {"Accept-Encoding": "identity"}
SNAPSHOT = Path(__file__).parent.parent / "api" / "openapi.json"


@pytest.fixture
def charter(db: None) -> None:
    """A few records of which some have every kind of value."""
    village, theme = district("Inhobim"), topic()
    there = unit(
        district=ref(village),
        hours=[{"days": ["mon"], "opens": "08:00", "closes": "17:30"}],
        coordinates={"latitude": "-14.86", "longitude": "-40.84"},
        visits=[{"district": ref(village), "starts": "2026-03-02T08:00:00-03:00", "ends": "2026-03-02T12:00:00-03:00"}],
    )
    whole = service(
        topics=[ref(theme)],
        units=[ref(there)],
        steps=[{"title": "Pagar", "fees": {"default": [{"name": "Taxa", "amount": "12.50"}]}}],
        suspensions=[{"starts": "2026-03-02T08:00:00-03:00"}],
        time={"type": "up_to", "max": 5, "unit": "working_days"},
    )
    for record in (village, theme, secretariat(), there, whole):
        put_record(record)


def test_the_description_is_the_one_last_agreed(client: Client) -> None:
    found = client.get("/api/v1/openapi.json").json()
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("CONECTA_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8"), "meant? then: make openapi-snapshot"


def test_every_operation_has_a_name_of_its_own(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    names = [operation["operationId"] for methods in paths.values() for operation in methods.values()]
    assert len(names) == len(set(names)) >= 27


def test_what_many_answers_hold_is_described_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All records stand in some forty answers: describing them anew for each took a second and a half of a process."""
    begun: list[object] = []
    generate = NinjaGenerateJsonSchema.generate_inner

    def counted(self: NinjaGenerateJsonSchema, schema: Any) -> Any:
        begun.append(schema)
        return generate(self, schema)

    monkeypatch.setattr(NinjaGenerateJsonSchema, "generate_inner", counted)
    description = Description(api, "/api/v1/")
    # 40,021 when each answer was described alone.
    assert 0 < len(begun) < 15_000
    agreed = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert description["components"]["schemas"].keys() == agreed["components"]["schemas"].keys()


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """As Django's own test client: a request must not close the connection that the test's transaction is on."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("charter", "_one_connection")
def test_answers_are_as_described() -> None:
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for result in description.get_all_operations():
        operation = result.ok()
        takes_something = [*operation.query, *operation.path_parameters]
        # What takes nothing can be given nothing that is wrong.
        for mode in GenerationMode if takes_something else [GenerationMode.POSITIVE]:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(max_examples=8)
            def conforms(case: Any) -> None:
                # A cursor is opaque: no schema can say which are refused.
                case.call_and_validate(headers=PLAIN, excluded_checks=[positive_data_acceptance])

            conforms()


@pytest.mark.usefixtures("charter", "_one_connection")
def test_a_fuzzer_would_see_a_lie(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    described["components"]["schemas"]["Ref"]["properties"]["url"]["type"] = "integer"
    described["components"]["schemas"]["Hours"]["properties"]["opens"]["pattern"] = "^never$"
    lie = schemathesis.openapi.from_dict(described)
    lie.app = application
    operation = lie["/api/v1/units"]["GET"]
    with pytest.raises(FailureGroup):
        operation.Case(query={}).call_and_validate(headers=PLAIN)
