"""The API's reference, as a page of the portal."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_every_operation_and_schema_is_told(client: Client) -> None:
    description = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/")
    html = page.content.decode()
    assert page.status_code == 200
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert f'id="{operation["operationId"]}"' in html
            assert f"<code>{method.upper()} {path}</code>" in html
    for name, schema in description["components"]["schemas"].items():
        assert (f'id="schema-{name}"' in html) == ("properties" in schema)


def test_it_loads_nothing_from_elsewhere(client: Client) -> None:
    html = client.get("/api/").content.decode()
    loaded = re.findall(r'<(?:script|img|link[^>]*rel="stylesheet")[^>]*(?:src|href)="([^"]+)"', html)
    assert all(address.startswith("/") for address in loaded)


def test_the_footer_leads_there(client: Client) -> None:
    assert 'href="/api/"' in client.get("/api/").content.decode()
    assert client.get("/es/api/").status_code == 200
    assert client.post("/api/").status_code == 405
