"""The same tap twice at once: one manifestation, one receipt."""

import threading
import uuid
from datetime import UTC, datetime

import pytest

from feedback.manifestations import receiving
from feedback.manifestations.receiving import Brought, receive
from feedback.models import Manifestation, Movement
from tests.faults.conftest import Threads


def test_two_taps_at_once_are_kept_once(postgresql: None, threads: Threads, monkeypatch: pytest.MonkeyPatch) -> None:
    both, receipts, whole = threading.Barrier(2), [], receiving.checked
    brought = Brought(token=uuid.uuid4(), kind="praise", text="Obrigada!")

    def after_both_looked(files: object) -> object:
        both.wait(30)
        return whole(files)

    def tap() -> None:
        receipts.append(receive(brought, at=datetime(2026, 3, 5, tzinfo=UTC)))

    monkeypatch.setattr(receiving, "checked", after_both_looked)
    for _ in range(2):
        threads.start(tap)
    threads.join()
    assert Manifestation.objects.count() == Movement.objects.count() == 1
    assert len(receipts) == 2
    assert len({(receipt.manifestation.protocol, receipt.secret) for receipt in receipts}) == 1
