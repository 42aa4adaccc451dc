"""What the worker does every so often."""

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
    # Another worker begins with all of them.
    duties.do_due(AT, {})
    assert done[-2:] == ["hourly", "daily"]
