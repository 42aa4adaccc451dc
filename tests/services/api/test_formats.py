"""One record in a format that others speak."""

import json

import pytest
from django.test import Client

from services.record import dump
from tests.records import put_record, service, topic
from tests.services.api.asking import get

pytestmark = pytest.mark.django_db


def test_a_format_is_asked_for_by_name_or_by_type(client: Client) -> None:
    record = service()
    put_record(record)
    address = f"/api/v1/services/{record.id}"
    named = client.get(address, {"format": "federal-v3"})
    assert named["Content-Type"].startswith("application/xml")
    assert record.title in named.content.decode()
    assert named["Vary"] == "Accept"
    accepted = client.get(address, headers={"Accept": "application/xml;q=0.9, application/json;q=0.1"})
    assert accepted.content == named.content
    linked = client.get(address, headers={"Accept": "application/ld+json"})
    assert json.loads(linked.content)["@context"]
    assert client.get(address, headers={"If-None-Match": named["ETag"], "Accept": "application/xml"}).status_code == 304


@pytest.mark.parametrize("accept", ["*/*", "application/json", "image/png", "text/html,*/*;q=0.8", ""])
def test_the_record_itself_is_what_others_get(client: Client, accept: str) -> None:
    record = service()
    put_record(record)
    answer = client.get(f"/api/v1/services/{record.id}", headers={"Accept": accept})
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == dump(record)
    assert answer["Vary"] == "Accept"


def test_a_format_is_whole_and_of_its_kinds(client: Client) -> None:
    record, theme = service(), topic()
    put_record(record)
    put_record(theme)
    get(client, f"/services/{record.id}", 422, format="federal-v3", fields="title")
    get(client, f"/services/{record.id}", 422, format="nada")
    get(client, f"/topics/{theme.id}", 422, format="federal-v3")
    assert get(client, f"/topics/{theme.id}", format="json") == dump(theme)
