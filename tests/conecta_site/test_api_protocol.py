"""What holds for every address of the API."""

from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client

from services.api import lists
from tests.records import put_record, service

pytestmark = pytest.mark.django_db

ADDRESSES = ["/api/v1/services", "/api/v1/changes", "/api/v1/openapi.json"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get_and_no_body(client: Client, address: str) -> None:
    put_record(service())
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers.get("ETag") == whole.headers.get("ETag")
    assert head["Content-Type"] == whole["Content-Type"]


@pytest.mark.parametrize("address", ADDRESSES[:2])
def test_options_says_what_a_foreign_page_may_do(client: Client, address: str) -> None:
    response = client.options(address)
    assert response.status_code == 204
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_a_problem(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/v1/services")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 405


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/serviços", "/api/v1/services/", "/api/v1/services/a/b"])
def test_an_address_that_is_not_there_is_a_problem(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("secret"), 500), (BadRequest("x"), 400), (PermissionDenied("não"), 403)]
)
def test_an_error_of_the_program_is_a_problem_that_tells_no_secret(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_values: Any, **_options: Any) -> None:
        raise error

    monkeypatch.setattr(lists, "_list", fail)
    response = client.get("/api/v1/services")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert "secret" not in response.content.decode()
