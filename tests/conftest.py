"""What holds for every test; and, at the end, what the machine did not offer."""

import os
import sqlite3
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import last_check
from tests.offered import absent

settings.register_profile(
    "suite", deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", settings.get_profile("suite"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """For the second of two databases: most of the suite asks none, and says the same beside any.

    Of what a browser shows of records the same is true; the way of a service through the admin is walked on both.
    So it is of tables that Python works out once the rows are there: ``same_on_both`` says why. What locks, commits,
    searches, orders, migrates, imports or publishes is asked of both, and every list of the admin as every role.
    """
    parser.addoption("--asking-a-database", action="store_true", help="only tests that ask a database")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests with servers, browsers and faults wait more than they reckon."""
    return (os.cpu_count() or 1) + 1


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file's bytes may hold the second in which it was made: two processes would know a test by two names."""
    return argname if isinstance(val, bytes) and len(val) > 80 else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """xdist writes a group behind a test's name; by that the run of what failed would not find it again."""
    name, at, _group = report.nodeid.rpartition("@")
    if "PYTEST_XDIST_WORKER" not in os.environ and at and report.nodeid.rfind("@") > report.nodeid.rfind("]"):
        report.nodeid = name


_APART = ("tests/faults/chaos/", *(f"tests/conecta_site/matrix/test_{name}.py" for name in ("crawl", "matrix")))
_BOTH_WAYS = "tests/browser/test_whole_way.py"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that commit come last: each leaves an empty database to the next."""
    items.sort(key=_commits)
    if config.getoption("asking_a_database"):
        left_out = [item for item in items if not _asks(item)]
        items[:] = [item for item in items if _asks(item)]
        config.hook.pytest_deselected(items=left_out)


def _asks(item: pytest.Item) -> bool:
    """pytest-django lets no other test near the database; those of faults start processes that have one.

    Those of chaos bring a PostgreSQL of their own, whatever the run's is; who is let in where is the same on both, and
    not so what no program of good will sends: PostgreSQL refuses a null character that SQLite takes.
    """
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}
    if item.nodeid.startswith("tests/browser/"):
        return item.nodeid.startswith(_BOTH_WAYS)
    apart = item.nodeid.startswith(_APART) or _same_on_both(item)
    return not apart and (bool(marked) or item.nodeid.startswith("tests/faults/"))


def _same_on_both(item: pytest.Item) -> bool:
    """Who leaves a test out of the second run says what would be seen there of the same kind."""
    mark = item.get_closest_marker("same_on_both")
    if mark is not None and not (mark.args and isinstance(mark.args[0], str)):
        raise pytest.UsageError(f"same_on_both gives no reason: {item.nodeid}")
    return mark is not None


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or bool(mark and mark.kwargs.get("transaction"))


def _must_be_whole() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With ``CI=true`` a service that is absent fails the run: what it would have shown was not seen."""
    if exitstatus == pytest.ExitCode.OK and absent() and _must_be_whole():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the absent services before pytest's own closing line."""
    names = absent()
    if names:
        terminalreporter.section("absent", red=_must_be_whole())
        terminalreporter.line(f"Not on this machine, so not tested with: {', '.join(names)}")
    if os.environ.get("CONECTA_WRITE_CHECK"):
        last_check.write(terminalreporter.stats, names)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """pytest-django's own, with what an earlier run or another process of this one has migrated."""
    from tests import restoring
    from tests.migrated import once

    config = request.config
    own = config.cache is None or config.option.reuse_db or config.option.create_db or config.option.nomigrations
    with django_db_blocker.unblock():
        with nullcontext() if own else once(config.cache.mkdir("migrated")):
            request.getfixturevalue("django_db_setup")
        restoring.keep()


@pytest.fixture
def committed(transactional_db: None) -> None:
    """The database as migrations leave it, without a transaction around the test."""


@pytest.fixture
def elsewhere(tmp_path: Path, committed: None) -> str:
    """The address of a migrated database that other processes can reach; SQLite's own is in memory."""
    own = connection.settings_dict
    if connection.vendor != "sqlite":
        return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "conecta.sqlite3") as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{tmp_path}/conecta.sqlite3"


@pytest.fixture(autouse=True)
def _source_language() -> None:
    """A request under /es/ leaves its language to the thread, and so to the next test."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test's searches leave to be counted is its own, and written when it says so, not a minute later."""
    from search import insight
    from search.query_counts import QueryCount
    from services.models.visit_count import VisitCount
    from services.visits import counting

    monkeypatch.setattr(insight, "tally", insight.Tally(QueryCount.objects.add, seconds=None))
    monkeypatch.setattr(counting, "tally", counting.Tally(VisitCount.objects.add, seconds=None))


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rolled back test gives its numbers in the log to the next one, and with them its pages."""
    from conecta_site import caching
    from home import identity
    from services import page_sources
    from services.models.published import LAST_SEEN

    cache.clear()
    # Another test's city, with arms whose file has gone, was shown for its last seconds.
    identity.forget_identity()
    LAST_SEEN.forget()
    caching.forget()
    # Each is read when the test changes it, and costs no query before.
    for name in page_sources._readers:
        page_sources._read[name] = page_sources._Read("", float("inf"))
    # On a busy machine a test's own queries take longer than what was read is believed.
    monkeypatch.setattr(page_sources, "SECONDS", 60.0)
