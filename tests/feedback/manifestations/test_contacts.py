"""Who manifests is kept encrypted, apart, and not for longer than needed (Lei 13.460 art. 10 §7; LGPD arts. 15, 16)."""

import uuid
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client

from feedback import checks
from feedback.manifestations import contacts
from feedback.manifestations.attachments import Clean, attach
from feedback.manifestations.closing import forget_old, months_before
from feedback.manifestations.contacts import Who
from feedback.manifestations.receiving import Brought, receive
from feedback.models import Attachment, Contact, Manifestation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
ANA = Who(name="Ana Souza", email="ana@mail.example", phone="77 99999-0000", address="Rua A, 1")


def brought_by_ana() -> Manifestation:
    return receive(Brought(token=uuid.uuid4(), kind="complaint", text="x", contact=ANA), at=AT).manifestation


def test_it_is_sealed_and_opened_with_the_key_alone(settings: Any) -> None:
    kept = brought_by_ana()
    assert contacts.opened(kept) == ANA
    assert contacts.open_contact(kept)["email"] == "ana@mail.example"
    assert all(part not in Contact.objects.get().sealed for part in ("Ana", "mail", "9999"))
    settings.CONECTA_CONTACT_KEYS = [Fernet.generate_key().decode()]
    assert contacts.opened(kept) is None


def test_keys_are_rotated_and_the_old_one_is_taken_away(settings: Any) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.CONECTA_CONTACT_KEYS = [old]
    kept = [brought_by_ana() for _ in range(3)]
    settings.CONECTA_CONTACT_KEYS = [new, old]
    assert contacts.opened(kept[0]) == ANA, "all keys open"
    said = StringIO()
    call_command("rotate_contact_keys", stdout=said)
    assert said.getvalue().strip() == "rotated=3 shut=0"
    settings.CONECTA_CONTACT_KEYS = [new]
    assert [contacts.opened(each) for each in kept] == [ANA] * 3
    settings.CONECTA_CONTACT_KEYS = [old]
    assert contacts.opened(kept[0]) is None


def test_a_contact_that_no_key_opens_is_told_and_stays(settings: Any) -> None:
    settings.CONECTA_CONTACT_KEYS = [Fernet.generate_key().decode()]
    brought_by_ana()
    sealed = Contact.objects.get().sealed
    settings.CONECTA_CONTACT_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="none of CONECTA_CONTACT_KEYS"):
        call_command("rotate_contact_keys", stdout=StringIO())
    assert Contact.objects.get().sealed == sealed
    settings.CONECTA_CONTACT_KEYS = []
    with pytest.raises(CommandError, match="not set"):
        call_command("rotate_contact_keys", stdout=StringIO())


def test_without_a_key_no_contact_is_asked_and_nothing_is_refused(client: Client, settings: Any, caplog: Any) -> None:
    settings.CONECTA_CONTACT_KEYS = []
    assert 'name="email"' not in client.get("/manifestacoes/nova/").content.decode()
    assert brought_by_ana().protocol
    assert not Contact.objects.exists()
    assert "CONECTA_CONTACT_KEYS" in caplog.text
    assert "Ana" not in caplog.text


def test_production_asks_for_a_key_once_manifestations_are_on(settings: Any) -> None:
    settings.CONECTA_MANIFESTATIONS, settings.CONECTA_CONTACT_KEYS = True, []
    assert [each.id for each in checks.check_contact_keys()] == ["conecta_feedback.E001"]
    settings.CONECTA_CONTACT_KEYS = ["short"]
    assert [each.id for each in checks.check_contact_keys()] == ["conecta_feedback.E002"]
    settings.CONECTA_CONTACT_KEYS = [Fernet.generate_key().decode()]
    assert checks.check_contact_keys() == checks.check_ombudsman() == []
    settings.CONECTA_MANIFESTATIONS, settings.CONECTA_CONTACT_KEYS = False, []
    assert checks.check_contact_keys() == []
    settings.CONECTA_MANIFESTATIONS, settings.CONECTA_OMBUDSMAN_URL = True, "https://ouvidoria.example/"
    assert [each.id for each in checks.check_ombudsman()] == ["conecta_feedback.W001"]


def test_lgpd_art_16_twenty_four_months_after_the_end_contacts_and_files_go(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ended, lasting, open_still = (brought_by_ana() for _ in range(3))
    for each in (ended, lasting, open_still):
        attach(each, [Clean("a.png", "image/png", b"x")])
    paths = [Path(each.attachments.get().file.path) for each in (ended, lasting)]
    at = datetime(2028, 3, 6, 12, 0, tzinfo=UTC)
    Manifestation.objects.filter(pk=ended.pk).update(state="closed", closed_at=datetime(2026, 3, 6, 11, 0, tzinfo=UTC))
    Manifestation.objects.filter(pk=lasting.pk).update(
        state="closed", closed_at=datetime(2026, 3, 6, 13, 0, tzinfo=UTC)
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old(at) == 1
    assert [path.exists() for path in paths] == [False, True]
    assert set(Contact.objects.values_list("manifestation_id", flat=True)) == {lasting.pk, open_still.pk}
    assert Attachment.objects.count() == 2
    assert Manifestation.objects.get(pk=ended.pk).text == "x", "what was said stays, without who"
    assert forget_old(at) == 0
    settings.CONECTA_CONTACT_MONTHS = 12
    assert forget_old(at) == 1


@pytest.mark.parametrize(
    ("at", "months", "before"),
    [
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2028, 3, 31), 1, (2028, 2, 29)),
        ((2028, 2, 29), 24, (2026, 2, 28)),
        ((2026, 1, 15), 1, (2025, 12, 15)),
        ((2026, 12, 31), 12, (2025, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(at: Any, months: int, before: Any) -> None:
    assert months_before(datetime(*at, tzinfo=UTC), months) == datetime(*before, tzinfo=UTC)
    assert months_before(datetime(*at, tzinfo=UTC), 0) - datetime(*at, tzinfo=UTC) == timedelta(0)
