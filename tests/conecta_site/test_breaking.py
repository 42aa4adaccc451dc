"""No release breaks who reads the API by an older description of the same version."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.conecta_site.breaking import breaks

FOLDER = Path(__file__).parent.parent / "api"
RELEASED = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("openapi-1.*.json"))]


@pytest.mark.parametrize("released", RELEASED, ids=lambda each: each["info"]["version"])
@pytest.mark.django_db
def test_who_reads_by_what_was_released_still_can(client: Client, released: dict[str, Any]) -> None:
    now = client.get("/api/v1/openapi.json").json()
    assert breaks(released, now) == []


def _schema(description: dict[str, Any], name: str) -> Any:
    return description["components"]["schemas"][name]


def _parameter(description: dict[str, Any], path: str, name: str) -> Any:
    parameters = description["paths"][path]["get"]["parameters"]
    return next(each for each in parameters if each["name"] == name)


BREAKING: dict[str, Callable[[Any], Any]] = {
    "an address": lambda d: d["paths"].pop("/api/v1/units"),
    "a parameter": lambda d: d["paths"]["/api/v1/services"]["get"]["parameters"].pop(0),
    "a parameter that must be given": lambda d: _parameter(d, "/api/v1/services", "topic").update(required=True),
    "a smaller page": lambda d: _parameter(d, "/api/v1/services", "size")["schema"].update(maximum=50),
    "a field": lambda d: _schema(d, "Topic")["properties"].pop("summary"),
    "a field that was sure": lambda d: _schema(d, "Topic")["required"].remove("kind"),
    "a type": lambda d: _schema(d, "Topic")["properties"]["title"].update(type="integer"),
    "a new value of a closed list": lambda d: _schema(d, "StatusNow")["properties"]["name"]["enum"].append("gone"),
    "the envelope": lambda d: _schema(d, "UnitList")["properties"].pop("total"),
    "a field deep inside": lambda d: _schema(d, "Fee")["properties"].pop("amount"),
}
HARMLESS: dict[str, Callable[[Any], Any]] = {
    "an address": lambda d: d["paths"].update({"/api/v1/new": {"get": {"responses": {}}}}),
    "a parameter": lambda d: d["paths"]["/api/v1/services"]["get"]["parameters"].append(
        {"in": "query", "name": "new", "schema": {"type": "string"}}
    ),
    "a bigger page": lambda d: _parameter(d, "/api/v1/services", "size")["schema"].update(maximum=200),
    "a field": lambda d: _schema(d, "Topic")["properties"].update(new={"type": "string"}),
    "a kind of record": lambda d: _schema(d, "Ref")["properties"]["kind"]["enum"].append("new"),
    "nothing": lambda _d: None,
}


@pytest.mark.parametrize("change", BREAKING)
def test_what_would_break_a_reader_is_seen(change: str) -> None:
    now = copy.deepcopy(RELEASED[0])
    BREAKING[change](now)
    assert breaks(RELEASED[0], now)


@pytest.mark.parametrize("change", HARMLESS)
def test_more_breaks_nobody(change: str) -> None:
    now = copy.deepcopy(RELEASED[0])
    HARMLESS[change](now)
    assert breaks(RELEASED[0], now) == []
