"""The ombudsman makes links as a table; nobody else does, and the register tells who did."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from feedback.models import RatingLinkBatch
from services.record import Service
from services.roles import setup_roles
from tests.records import put_record, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client: Client) -> Client:
    """Somebody of Ouvidoria, at work."""
    return somebody(client, "ouvidoria")


def somebody(client: Client, role: str) -> Client:
    setup_roles()
    user = get_user_model().objects.create_user(role)
    user.groups.add(Group.objects.get(conecta_role__role=role))
    client.force_login(user)
    return client


def wanted(record: Service, **more: object) -> dict[str, object]:
    return {"service": record.id, "unit": "", "channel": "", "count": 3, "days": 15} | more


def test_a_table_of_links_that_work(person: Client, record: Service) -> None:
    counter = unit("=Posto")
    put_record(counter)
    address = reverse("conecta_rating_links:index")
    assert record.title in person.get(address).content.decode()
    answer = person.post(address, wanted(record, unit=counter.id, channel="in_person"))
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[1][1] == record.title
    assert Client().get(rows[1][0].removeprefix("http://testserver")).status_code == 200
    batch = RatingLinkBatch.objects.get()
    assert (batch.given, batch.unit_id, batch.channel) == (3, counter.id, "in_person")
    entry = ModelLogEntry.objects.get(action="conecta.rating_links.made")
    assert entry.user.username == "ouvidoria"
    assert entry.message == "Fez 3 links de avaliação"
    assert "0 (0%)" in person.get(address).content.decode()


def test_what_is_wrong_is_said(person: Client, record: Service) -> None:
    for wrong in ({"count": 1001}, {"count": 0}, {"days": 366}, {"service": "aaaaaaaaaa"}, {"unit": "x"}):
        answer = person.post(reverse("conecta_rating_links:index"), wanted(record, **wrong))
        assert answer.status_code == 200
        assert "error-message" in answer.content.decode()
    assert not RatingLinkBatch.objects.exists()


@pytest.mark.parametrize("role", ["comunicacao", "controle"])
def test_nobody_else_makes_links(client: Client, record: Service, role: str) -> None:
    other = somebody(client, role)
    for answer in (
        other.get(reverse("conecta_rating_links:index")),
        other.post(reverse("conecta_rating_links:index"), wanted(record)),
    ):
        assert answer.status_code in {302, 403}
    assert not RatingLinkBatch.objects.exists()
    assert reverse("conecta_rating_links:index") not in other.get(reverse("wagtailadmin_home")).content.decode()
