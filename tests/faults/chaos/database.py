"""A PostgreSQL of our own, on a disk so small that it can be filled."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.benchmarks.postgres import free_port
from tests.faults.chaos.processes import wait_until

#: What tests need of a machine for it.
NEEDED = ("pg_createcluster", "mount")
DISK = "320m"
#: Its processes are killed, and the machine is not: what was written is safe without fsync, but must have been written.
CONFIGURATION = (
    "listen_addresses = '127.0.0.1'\nfsync = off\nsynchronous_commit = on\n"
    "min_wal_size = 32MB\nmax_wal_size = 64MB\nshared_buffers = 48MB\n"
)


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, f"{command}: {done.stderr or done.stdout}"


class Database:
    """A cluster of Debian's with one database; needs root."""

    def __init__(self, folder: Path) -> None:
        self._disk = folder / "disk"
        self._name = f"conecta_chaos_{os.getpid()}"
        self._version = max((path.name for path in Path("/usr/lib/postgresql").iterdir()), key=float)
        self._port = free_port()
        password = secrets.token_hex(16)
        self.url = f"postgres://conecta:{password}@127.0.0.1:{self._port}/conecta"
        self._disk.mkdir()
        _run("mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "conecta-chaos", str(self._disk))
        try:
            _run(
                *("pg_createcluster", self._version, self._name, "-d", str(self._disk / "data")),
                *("-p", str(self._port), "--start-conf", "manual", "--"),
                *("--auth-local=peer", "--auth-host=scram-sha-256", "--locale=C.UTF-8", "--encoding=UTF8"),
            )
            Path(f"/etc/postgresql/{self._version}/{self._name}/conf.d/chaos.conf").write_text(CONFIGURATION)
            self.start()
            # Who ends the connections of others must be more than their equal.
            role = f"CREATE ROLE conecta SUPERUSER LOGIN PASSWORD '{password}'"
            for statement in (role, "CREATE DATABASE conecta OWNER conecta"):
                _run("runuser", "-u", "postgres", "--", "psql", "-p", str(self._port), "-qc", statement)
        except BaseException:
            self.remove()
            raise

    def remove(self) -> None:
        """Whatever state it is in."""
        self._try("pg_dropcluster", "--stop", self._version, self._name)
        self._try("umount", str(self._disk))
        # With what we put there, which Debian's command leaves.
        shutil.rmtree(f"/etc/postgresql/{self._version}/{self._name}", ignore_errors=True)

    def _try(self, *command: str) -> None:
        subprocess.run(command, cwd="/", capture_output=True, check=False)  # noqa: S603

    def start(self) -> None:
        """Start it, unless it runs."""
        _run("pg_ctlcluster", self._version, self._name, "start")

    def crash(self) -> None:
        """End it without a word to those who are connected: when it starts it has to recover."""
        _run("pg_ctlcluster", self._version, self._name, "stop", "-m", "immediate")

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection that no fault cuts."""
        return psycopg.connect(self.url, autocommit=True, application_name="chaos")

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a query."""
        with self.connect() as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def cut(self) -> int:
        """End all connections but those of the tests; how many there were."""
        others = "datname = current_database() AND application_name <> 'chaos'"
        return len(self.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))  # noqa: S608

    @contextmanager
    def full(self) -> Iterator[None]:
        """Not a byte is left on its disk; afterwards somebody makes room, and starts it if it has given up."""
        ballast = self._disk / "ballast"
        with ballast.open("wb", buffering=0) as out, suppress(OSError):
            while True:
                out.write(bytes(65_536))
        try:
            yield
        finally:
            ballast.unlink()
            self._start_again()

    def _start_again(self) -> None:
        def runs() -> bool:
            with suppress(psycopg.OperationalError):
                return bool(self.ask("SELECT 1"))
            self._try("pg_ctlcluster", self._version, self._name, "start")
            return False

        wait_until(runs, "the database is back")

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Nobody writes to a table, and who would waits in the middle of a transaction."""
        with psycopg.connect(self.url, application_name="chaos") as connection:
            connection.execute(f"LOCK TABLE {table} IN SHARE MODE")  # type: ignore[arg-type]
            yield

    def waiting(self, application: str, table: str) -> int | None:
        """The port of a connection of an application (``PGAPPNAME``) that waits for a locked table; None if none does.

        Whose end it is ``processes.owner_of`` tells.
        """
        asked = """
            SELECT client_port FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE NOT granted AND relation = %s::regclass AND application_name = %s
        """
        rows = self.ask(asked, table, application)
        return int(str(rows[0][0])) if rows else None
