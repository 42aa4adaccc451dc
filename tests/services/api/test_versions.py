"""Every version of an entry that was public."""

from typing import Any

import pytest
from django.test import Client

from tests.services import charter
from tests.services.api.asking import get

pytestmark = pytest.mark.django_db


def test_what_was_said_then_can_be_shown(client: Client) -> None:
    page = charter.service(charter.body())
    address = f"/services/{page.record_id}"
    first = get(client, address)
    page.title = "Outro título do serviço"
    page.save_revision().publish()
    answer = get(client, f"{address}/versions")
    newest, oldest = answer["results"]
    assert (answer["total"], answer["next"]) == (2, None)
    assert newest["sequence"] > oldest["sequence"]
    assert get(client, f"{address}/versions/{oldest['sequence']}") == first
    assert get(client, f"{address}/versions/{newest['sequence']}")["title"] == "Outro título do serviço"
    part = get(client, f"{address}/versions", size=1)
    assert client.get(part["next"]).json()["results"] == [oldest]


def test_a_removal_is_a_version_without_a_record(client: Client) -> None:
    page = charter.service(charter.body())
    address = f"/services/{page.record_id}"
    page.unpublish()
    get(client, f"{address}/versions", 404)
    page.save_revision().publish()
    back, removal, _first = get(client, f"{address}/versions")["results"]
    assert (back["deleted"], removal["deleted"]) == (False, True)
    get(client, f"{address}/versions/{removal['sequence']}", 404)


def test_a_version_of_another_entry_is_not_found(client: Client) -> None:
    body = charter.body()
    page = charter.service(body)
    (of_body,) = get(client, f"/secretariats/{body.record_id}/versions")["results"]
    get(client, f"/services/{page.record_id}/versions/{of_body['sequence']}", 404)
    get(client, f"/services/{page.record_id}/versions/{2**70}", 404)
    get(client, f"/services/{page.record_id}/versions/0", 404)


def test_no_name_of_a_person_is_told(client: Client, django_assert_num_queries: Any) -> None:
    page = charter.service(charter.body())
    with django_assert_num_queries(3):
        answer = get(client, f"/services/{page.record_id}/versions")
    assert answer["results"][0].keys() == {"sequence", "published_at", "deleted"}
