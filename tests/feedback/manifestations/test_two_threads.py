"""The same tap twice at once: one manifestation, one receipt."""

import threading
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection

from feedback.manifestations import receiving
from feedback.manifestations.receiving import Brought, receive
from feedback.models import Manifestation, Movement


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    both, receipts, whole = threading.Barrier(2), [], receiving.checked
    brought = Brought(token=uuid.uuid4(), kind="praise", text="Obrigada!")

    def after_both_looked(files: object) -> object:
        both.wait(30)
        return whole(files)

    def tap() -> None:
        try:
            receipts.append(receive(brought, at=datetime(2026, 3, 5, tzinfo=UTC)))
        finally:
            connection.close()

    monkeypatch.setattr(receiving, "checked", after_both_looked)
    threads = [threading.Thread(target=tap) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Manifestation.objects.count() == Movement.objects.count() == 1
    assert len(receipts) == 2
    assert len({(receipt.manifestation.protocol, receipt.secret) for receipt in receipts}) == 1
