"""A database into a file, as it was at one moment, and back; each kind with its own tool."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _


class Unavailable(Exception):
    """Something is missing on this machine, or refuses; the text says what."""


#: How long SQLite's own copying waits for a writer to end; it would wait for good.
PATIENCE = timedelta(seconds=60)


def dump(path: Path) -> None:
    """Write the database to a file. It serves on meanwhile. Raises ``Unavailable``."""
    if connection.vendor == "postgresql":
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={path}"])
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy, progress=_patient())


def load(path: Path) -> None:
    """Fill the empty database from such a file: wholly or not at all. Raises ``Unavailable``."""
    if connection.vendor == "postgresql":
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", options, named=True, last=[str(path)])
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(connection.connection)
    # What this process knew of the empty one.
    connection.close()


def _patient() -> Callable[[int, int, int], None]:
    """Called at each try, of which the one that succeeds is the last."""
    end = time.monotonic() + PATIENCE.total_seconds()

    def progress(status: int, _left: int, _all: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise Unavailable(_("O banco de dados está ocupado: tente a cópia de novo daqui a pouco."))

    return progress


def tables() -> list[str]:
    """Tables that are there."""
    return connection.introspection.table_names()


def _run(tool: str, options: Sequence[str], *, named: bool = False, last: Sequence[str] = ()) -> None:
    if shutil.which(tool) is None:
        raise Unavailable(
            _("Falta %s nesta máquina: instale o cliente do PostgreSQL (no Debian, postgresql-client).") % tool
        )
    settings: dict[str, Any] = connection.settings_dict
    # psql's own arguments; the database is their last word, which pg_restore wants as an option.
    (_psql, *where), environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
    if named:
        where = [*where[:-1], f"--dbname={where[-1]}"]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, with this installation's settings
        [tool, *options, *where, *last],
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unavailable(
            _("%(tool)s falhou: %(said)s") % {"tool": tool, "said": done.stderr.strip() or done.returncode}
        )
