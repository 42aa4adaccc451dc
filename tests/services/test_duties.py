"""What the worker does every so often."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from services import duties

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duties, "_duties", {})


def test_each_is_done_in_its_time_and_none_holds_up_another(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail(_at: datetime) -> None:
        raise RuntimeError("no figures")

    duties.register_duty("fails", fail, every=timedelta(hours=1))
    duties.register_duty("hourly", lambda _at: done.append("hourly"), every=timedelta(hours=1))
    duties.register_duty("daily", lambda _at: done.append("daily"), every=timedelta(days=1))
    last: dict[str, datetime] = {}
    assert duties.do_due(AT, last) == 1
    assert "no figures" in caplog.text
    assert duties.do_due(AT + timedelta(minutes=59), last) == 0
    assert duties.do_due(AT + timedelta(hours=1), last) == 1
    assert duties.do_due(AT + timedelta(days=1), last) == 1
    assert done == ["hourly", "daily", "hourly", "hourly", "daily"]
    # A clock that jumped back holds nothing up until it is where it was.
    duties.do_due(AT - timedelta(hours=5), last)
    assert done[-2:] == ["hourly", "daily"]
    # Another worker begins with all of them.
    duties.do_due(AT, {})
    assert done[-2:] == ["hourly", "daily"]


def ended(name: str) -> None:
    """Wait until a duty that is done apart has come to its end."""
    for thread in threading.enumerate():
        if thread.name == f"duty {name}":
            thread.join(10)
            assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_others_holds_up_nobody_and_runs_once_at_a_time(caplog: pytest.LogCaptureFixture) -> None:
    may_end, begun = threading.Event(), []

    def wait(at: datetime) -> None:
        begun.append(at)
        assert may_end.wait(10)
        raise RuntimeError("its server is away")

    done: list[str] = []
    duties.register_duty("waits", wait, every=timedelta(minutes=1), apart=True)
    duties.register_duty("next", lambda _at: done.append("next"), every=timedelta(minutes=1))
    last: dict[str, datetime] = {}
    assert duties.do_due(AT, last) == 0
    assert duties.do_due(AT + timedelta(minutes=1), last) == 0
    assert done == ["next", "next"]
    may_end.set()
    ended("waits")
    assert begun == [AT]
    assert "its server is away" in caplog.text
    duties.do_due(AT + timedelta(minutes=2), last)
    ended("waits")
    assert len(begun) == 2
    assert duties.do_due(AT + timedelta(minutes=4), last, wait=True) == 1, "told, where it is waited for"
