"""Several workers look at the same moment: who is to be reminded gets one mail."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from services.reviews.reminders import remind
from tests.faults.conftest import Threads
from tests.services import charter
from tests.services.test_reminders import AT, TODAY

pytestmark = pytest.mark.usefixtures("postgresql")


def test_four_workers_at_once_send_one_mail(threads: Threads) -> None:
    ana = get_user_model().objects.create_user("ana", email="ana@prefeitura.example")
    charter.service(charter.body(), review_due=TODAY, responsible=ana)
    together = threading.Barrier(4)
    sent: list[int] = []

    def work() -> None:
        together.wait()
        sent.append(remind(AT))

    for _number in range(4):
        threads.start(work)
    threads.join()
    assert sorted(sent) == [0, 0, 0, 1]
    assert len(mail.outbox) == 1
