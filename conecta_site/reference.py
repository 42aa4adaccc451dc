"""The API's reference as a page of the portal: its description, laid out to be read. Loads nothing from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from conecta_site.api import api


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a record."""

    name: str
    type: str
    required: bool
    default: str
    description: str


@dataclass(frozen=True)
class Operation:
    """What can be asked at an address."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    answers: list[tuple[str, str]]


@require_safe
@cache_control(public=True, max_age=300)
def reference(request: HttpRequest) -> HttpResponseBase:
    """Every operation by its tag, and every schema."""
    description = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation.get("tags", [""])[0], []).append(_operation(path, method, operation))
    schemas = [
        (name, schema.get("description", ""), list(_fields(schema)))
        for name, schema in description["components"]["schemas"].items()
        if "properties" in schema
    ]
    context = {"info": description["info"], "groups": groups.items(), "schemas": schemas}
    return render(request, "conecta_home/api_reference.html", context)


def _operation(path: str, method: str, operation: Any) -> Operation:
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=[
            _field(each["name"], each["schema"], required=each.get("required", False))
            for each in operation.get("parameters", [])
        ],
        answers=[(str(status), _content(answer)) for status, answer in operation["responses"].items()],
    )


def _content(answer: Any) -> str:
    told = [f"{type_}: {_type(content['schema'])}" for type_, content in answer.get("content", {}).items()]
    return ", ".join(told) or answer["description"]


def _fields(schema: Any) -> Iterator[Field]:
    required = schema.get("required", [])
    for name, value in schema["properties"].items():
        yield _field(name, value, required=name in required)


def _field(name: str, schema: Any, *, required: bool) -> Field:
    default = schema.get("default")
    shown = "" if default in (None, "", [], {}) else str(default)
    return Field(name, _type(schema), required, shown, schema.get("description", "").replace("``", ""))


def _type(schema: Any) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for joined in ("anyOf", "oneOf", "allOf"):
        if joined in schema:
            return " | ".join(_type(each) for each in schema[joined])
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    limits = [f"{sign} {schema[bound]}" for bound, sign in (("minimum", "≥"), ("maximum", "≤")) if bound in schema]
    return " ".join([schema.get("format") or schema.get("type", "any"), *limits])
