"""Health checks that cost no round trip, and still notice what happened to a connection."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, just asked."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server")
    wrapper = connections.create_connection("default")
    wrapper.ensure_connection()
    assert wrapper.is_usable()
    yield wrapper
    wrapper.close()


def last_statement(of: BaseDatabaseWrapper) -> str:
    with connection.cursor() as ask:
        # Within a transaction the server would repeat what it told before.
        ask.execute("SELECT pg_stat_clear_snapshot()")
        ask.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [of.connection.info.backend_pid])
        return ask.fetchone()[0]


def test_a_connection_in_use_is_not_asked_again(fresh: BaseDatabaseWrapper) -> None:
    with fresh.cursor() as ask:
        ask.execute("SELECT 2")
    assert fresh.is_usable()
    assert last_statement(fresh) == "SELECT 2"


def test_after_an_error_it_is_asked(fresh: BaseDatabaseWrapper) -> None:
    with fresh.cursor() as ask:
        ask.execute("SELECT 2")
    fresh.errors_occurred = True
    assert fresh.is_usable()
    assert last_statement(fresh) == "SELECT 1"


def test_a_connection_that_the_server_ended_is_noticed_at_once(fresh: BaseDatabaseWrapper) -> None:
    with connection.cursor() as ask:
        ask.execute("SELECT pg_terminate_backend(%s, 10000)", [fresh.connection.info.backend_pid])
        assert ask.fetchone() == (True,)
    assert not fresh.is_usable()


def test_a_connection_that_was_closed_here_is_not_usable(fresh: BaseDatabaseWrapper) -> None:
    fresh.connection.close()
    assert not fresh.is_usable()
