"""Migrating an empty database costs as much as a thousand tests: done once, then copied.

The copy is kept until a migration changes, for SQLite in pytest's own cache, for PostgreSQL as one more database on
the server. Django still runs ``migrate`` on each copy, as with ``--reuse-db``: it finds nothing left to do.
"""

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from search import starting_thesaurus


def state() -> str:
    """Of all that decides what a migrated database holds: migrations, and the thesaurus that follows them."""
    found = hashlib.sha256(version("django").encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            found.update(path.read_bytes())
    for path in (Path(starting_thesaurus.__file__), *sorted(starting_thesaurus.FOLDER.iterdir())):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def once(folder: Path) -> Iterator[None]:
    """Around what makes and migrates the test database. All processes of a run begin together: one migrates."""
    kept = OnTheServer() if connection.vendor == "postgresql" else InAFile(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = kept.give()
        if not found:
            yield
            kept.take()
    if found:
        yield
        kept.close()


class InAFile:
    """For SQLite, whose test database is in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / f"{state()}.sqlite3"
        self._creation: Any = connection.creation
        self._held: sqlite3.Connection | None = None

    def give(self) -> bool:
        """Put what is kept where the test database will be; whether something was kept."""
        if not self._file.exists():
            return False
        # What is in memory lasts as long as somebody is connected: until Django is.
        self._held = sqlite3.connect(self._creation._get_test_db_name(), uri=True)
        with closing(sqlite3.connect(self._file)) as kept:
            kept.backup(self._held)
        return True

    def take(self) -> None:
        """Keep what Django has migrated."""
        for old in self._folder.glob("*.sqlite3"):
            old.unlink()
        unfinished = self._file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as kept:
            connection.connection.backup(kept)
        unfinished.rename(self._file)

    def close(self) -> None:
        """Django is connected."""
        if self._held is not None:
            self._held.close()


class OnTheServer:
    """For PostgreSQL: its own ``CREATE DATABASE … TEMPLATE``."""

    def __init__(self) -> None:
        self._creation: Any = connection.creation
        self._state = state()
        self._name = f"migrated_{connection.settings_dict['NAME']}"

    def give(self) -> bool:
        """Let the test database be made from what is kept; whether something was kept."""
        with self._creation._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [self._name]
            )
            found = bool(cursor.fetchone() == (self._state,))
        if found:
            connection.settings_dict["TEST"]["TEMPLATE"] = self._name
        return found

    def take(self) -> None:
        """Keep what Django has migrated."""
        name, own = (connection.ops.quote_name(name) for name in (self._name, connection.settings_dict["NAME"]))
        # A database that somebody uses can be no template.
        connection.close()
        with self._creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {own}")
            cursor.execute(f"COMMENT ON DATABASE {name} IS '{self._state}'")

    def close(self) -> None:
        """Nothing is held."""
