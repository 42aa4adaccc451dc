"""A worker that is killed while it sends: the next one goes on where it was, and no message is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from services.models import PublishedRecord
from services.webhooks.delivering import TAKEN_FOR
from tests.faults.conftest import PATIENCE
from tests.services import charter
from tests.services.webhooks.receiver import Message, Receiver, receiving
from tests.services.webhooks.subscribing import Clock, round_of, subscription

ROOT = Path(__file__).resolve().parents[2]
TOPICS = 6


def worker(database: str, folder: Path) -> subprocess.Popen[bytes]:
    """``manage.py worker`` in a process of its own."""
    environment = os.environ | {
        "CONECTA_DEMO": "1",
        # Secrets of subscriptions are made with it.
        "CONECTA_SECRET_KEY": settings.SECRET_KEY,
        "CONECTA_DATABASE_URL": database,
        "CONECTA_DATA_DIR": str(folder),
        "CONECTA_WEBHOOK_PRIVATE_ADDRESSES": "1",
        "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
    }
    command = [sys.executable, "manage.py", "worker"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603


def waited_for(receiver: Receiver, number: int) -> None:
    """Until so many messages have come."""
    until = time.monotonic() + PATIENCE
    while len(receiver.received) < number:
        assert time.monotonic() < until, f"only {len(receiver.received)} came"
        time.sleep(0.05)


@pytest.mark.parametrize("kept", [False, True], ids=["before it was kept", "after it was kept"])
def test_killed_while_it_waits_for_an_answer(
    postgresql: None, request: pytest.FixtureRequest, tmp_path: Path, *, kept: bool
) -> None:
    for number in range(TOPICS):
        charter.topic(f"Tema {number}")
    public = {row.entry_id for row in PublishedRecord.objects.public().filter(kind="topic")}
    with receiving() as receiver:
        subscription(receiver.url())

        def third_hangs(message: Message) -> str:
            # A receiver may have kept what it could not answer any more.
            if len(receiver.received) == 3 and kept:
                receiver.taken.append(message)
            return "hangs" if len(receiver.received) == 3 else "ok"

        receiver.behaviour = third_hangs
        killed = worker(request.getfixturevalue("elsewhere"), tmp_path)
        waited_for(receiver, 3)
        killed.send_signal(signal.SIGKILL)
        assert killed.wait(PATIENCE) == -signal.SIGKILL
        receiver.behaviour = "ok"
        # The dead one has it for a while yet: two that send at once could overtake each other.
        assert round_of(Clock(timezone.now())) == 0
        left = len(public) - 2
        assert round_of(Clock(timezone.now() + TAKEN_FOR)) == left
    taken = [message.id for message in receiver.taken]
    assert {message.data["data"]["id"] for message in receiver.taken} >= public
    # The one that nobody answered comes again, under the same id; no other does.
    assert len(taken) - len(set(taken)) == int(kept)
    assert [message.id for message in receiver.received].count(receiver.received[2].id) == 2
