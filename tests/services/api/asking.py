"""Asking the API, with what every answer promises."""

from typing import Any

from django.test import Client


def get(client: Client, path: str, status: int = 200, **parameters: Any) -> Any:
    """The JSON of an answer with this status."""
    response = client.get(f"/api/v1{path}", parameters)
    assert response.status_code == status, response.content
    expected = "application/json" if status < 400 else "application/problem+json"
    assert response["Content-Type"] == expected
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()
