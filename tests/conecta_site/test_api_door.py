"""The API answers before all that knows a visitor, and yet as safely."""

import pytest
from django.test import Client

from tests.records import put_record, service

pytestmark = pytest.mark.django_db

ADDRESSES = ["/api/v1/services", "/api/v1/search?q=podar", "/api/v1/search?qq=podar", "/api/v1/nada"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_safe_and_made_for_nobody_in_particular(client: Client, address: str) -> None:
    put_record(service("Podar"))
    response = client.get(address, headers={"Accept-Language": "es"})
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Content-Language"] == "pt-BR"
    assert int(response["Content-Length"]) == len(response.content)
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


def test_a_page_in_another_language_leaves_nothing_to_the_next_answer(client: Client) -> None:
    assert client.get("/es/buscar/").status_code in {200, 404}
    assert client.get("/api/v1/nada").json()["detail"].startswith("A API não tem")


def test_an_address_that_is_not_there_asks_the_database_nothing(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/api/v1/nada").status_code == 404


def test_no_path_below_the_api_falls_through_to_the_portal(client: Client) -> None:
    response = client.get("/api/v1/a%0Ab")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/api/v1/services", headers={"Host": "evil.example"}).status_code == 400
