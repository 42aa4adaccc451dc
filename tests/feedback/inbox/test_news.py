"""Who left an address is told that there is an answer, and of what was said nothing (Lei 13.460 arts. 12 and 16)."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from feedback.inbox import answer, extend
from feedback.manifestations.contacts import NOBODY, Who
from feedback.manifestations.news import tell_people
from feedback.manifestations.receiving import Brought, receive
from feedback.models import Manifestation, Movement
from tests.feedback.inbox.brought import Town

pytestmark = pytest.mark.django_db


def brought(who: Who, locale: str = "pt-br") -> Manifestation:
    said = Brought(token=uuid.uuid4(), kind="denunciation", text="Buraco na rua.", contact=who, locale=locale)
    return receive(said, at=timezone.now()).manifestation


def test_art_12_the_answer_is_made_known_once_and_not_told(city: Town) -> None:
    ombudsman, at = city.people["ouvidoria"], timezone.now()
    found = brought(Who(name="Ana Souza", email="ana@mail.example"))
    assert tell_people(at) == 0
    answer(found, ombudsman, "A rua foi arrumada.", at=at)
    assert [tell_people(at), tell_people(at)] == [1, 0]
    (sent,) = mail.outbox
    assert sent.to == ["ana@mail.example"]
    assert found.protocol in sent.subject
    assert "/manifestacoes/acompanhar/" in sent.body
    for unsaid in ("arrumada", "Buraco", "Ana", "enúncia"):
        assert unsaid not in sent.subject + sent.body
    assert Movement.objects.get(act="answered").mailed_at == at


def test_art_16_a_longer_deadline_is_made_known(city: Town) -> None:
    found = brought(Who(email="ana@mail.example"))
    assert found.due_on >= timezone.localdate()
    extend(found, city.people["ouvidoria"], "Falta o laudo da obra.", at=timezone.now())
    assert tell_people(timezone.now()) == 1
    assert "prazo" in mail.outbox[0].subject


@pytest.mark.parametrize(
    "who", [NOBODY, Who(phone="77 3424-0000"), Who(email="não tenho"), Who(email="a@b.example\nCc: c@d")]
)
def test_who_left_no_address_gets_no_mail(city: Town, who: Who) -> None:
    answer(brought(who), city.people["ouvidoria"], "Pronto.", at=timezone.now())
    assert tell_people(timezone.now()) == 0
    assert mail.outbox == []


def test_in_the_language_in_which_it_was_brought(city: Town) -> None:
    answer(brought(Who(email="ana@mail.example"), "en"), city.people["ouvidoria"], "Pronto.", at=timezone.now())
    assert tell_people(timezone.now()) == 1
    assert "/en/manifestacoes/acompanhar/" in mail.outbox[0].body


def test_a_mail_that_did_not_go_out_is_tried_again_but_not_when_it_is_no_news(
    city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    answer(brought(Who(email="ana@mail.example")), city.people["ouvidoria"], "Pronto.", at=at)
    went_out = mail.EmailMessage.send

    def fails(*_args: Any, **_values: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMessage, "send", fails)
    assert tell_people(at) == 0
    monkeypatch.setattr(mail.EmailMessage, "send", went_out)
    # Meanwhile another worker may still be at it.
    assert tell_people(at + timedelta(minutes=1)) == 0
    assert tell_people(at + timedelta(days=8)) == 0
    assert tell_people(at + timedelta(minutes=16)) == 1
