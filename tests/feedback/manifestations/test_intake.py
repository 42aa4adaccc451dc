"""What is said or sent on paper is written down by the ombudsman's office (Lei 13.460 art. 10 §4)."""

import re
import uuid
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from feedback.manifestations.contacts import Who, opened
from feedback.manifestations.intake_views import IntakeForm
from feedback.models import Manifestation, Movement
from tests.records import put_record, service

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/conecta/registrar-manifestacao/"


def person(name: str, *codenames: str) -> Any:
    user = get_user_model().objects.create_user(name, password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *codenames)))
    return user


@pytest.fixture
def attendant(client: Client) -> Any:
    user = person("ouvidora", "answer_manifestations")
    client.force_login(user)
    return user


def test_art_10_4_a_spoken_one_is_written_down_with_channel_and_attendant(client: Client, attendant: Any) -> None:
    record = service("Tapar buraco")
    put_record(record)
    form = client.get(ADDRESS).content.decode()
    assert "Tapar buraco" in form
    token = re.search(r'name="token" value="([^"]+)"', form).group(1)
    said = {
        "token": token,
        "way": "phone",
        "kind": "complaint",
        "service": record.id,
        "text": "Ligou e contou.",
        "name": "Zé",
        "address": "Povoado Pradoso",
    }
    for _ in range(2):
        assert client.post(ADDRESS, said)["Location"] == f"{ADDRESS}recibo/"
    kept = Manifestation.objects.get()
    assert (kept.way, kept.taken_by, kept.service_id, kept.doubtful) == ("phone", attendant, record.id, False)
    assert opened(kept) == Who(name="Zé", address="Povoado Pradoso")
    assert Movement.objects.get().by == attendant
    receipt = client.get(f"{ADDRESS}recibo/").content.decode()
    secret = re.search(r"<dd>([A-Z]{4}-[A-Z]{4}-[A-Z]{4})</dd>", receipt).group(1)
    assert kept.protocol in receipt
    first = {"B": "B de bola", "C": "C de casa"}.get(secret[0], f"<li>{secret[0]} de ")
    assert first in receipt
    assert "/manifestacoes/acompanhar/" in receipt
    proof = {"protocol": kept.protocol, "secret": secret}
    assert Client().post("/manifestacoes/acompanhar/", proof)["Location"] == "/manifestacoes/acompanhar/situacao/"


def test_art_11_a_letter_without_a_word_and_with_a_bad_scan_is_received(client: Client, attendant: Any) -> None:
    sent = {"way": "letter", "attachments": [SimpleUploadedFile("carta.pdf", b"<html>")]}
    assert client.post(ADDRESS, sent).status_code == 302
    assert "carta.pdf não foi guardado" in client.get(f"{ADDRESS}recibo/").content.decode()
    assert Manifestation.objects.get().restricted, "nobody said of what kind it is"


def test_how_it_came_has_to_be_said_and_what_was_written_is_not_lost(client: Client, attendant: Any) -> None:
    answer = client.post(ADDRESS, {"text": "Um texto longo."})
    assert answer.status_code == 400
    assert "Um texto longo." in answer.content.decode()
    assert not Manifestation.objects.exists()


def test_who_may_not_answer_may_not_write_down(client: Client) -> None:
    client.force_login(person("redatora", "view_manifestation"))
    for sent in (client.get(ADDRESS), client.get(f"{ADDRESS}recibo/"), client.post(ADDRESS, {"way": "phone"})):
        assert sent.status_code in {302, 403}
        assert not sent.headers.get("Location", "").startswith(ADDRESS)
    assert not Manifestation.objects.exists()


def test_art_10_2_motives_are_not_asked_here_either() -> None:
    asked = {"way", "kind", "service", "text", "attachments", "name", "email", "phone", "address", "token"}
    assert set(IntakeForm().fields) == asked
    assert not [name for name, field in IntakeForm().fields.items() if field.required and name != "way"]


def test_a_receipt_that_is_no_more_leads_to_the_form(client: Client, attendant: Any) -> None:
    assert client.get(f"{ADDRESS}recibo/")["Location"] == ADDRESS
    client.post(ADDRESS, {"way": "phone", "token": str(uuid.uuid4())})
    assert client.get(f"{ADDRESS}recibo/").status_code == 200
