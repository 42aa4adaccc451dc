"""A PostgreSQL for the run: the one that is named, or a cluster of our own that is removed afterwards."""

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

CLUSTER = "conecta_bench"
#: The data lives for minutes. Stock Wagtail, which commits much more often, gains more by this than we do.
CONFIGURATION = "listen_addresses = '127.0.0.1'\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


class Absent(Exception):
    """No PostgreSQL can be had; the message says what is missing."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a server whose role may create databases: ``postgres://…/postgres``."""
    named = os.environ.get("CONECTA_BENCH_POSTGRES_URL")
    if named:
        yield named
        return
    if os.geteuid() != 0 or not shutil.which("pg_createcluster"):
        raise Absent("PostgreSQL: name one in CONECTA_BENCH_POSTGRES_URL, or run as root with Debian's postgresql")
    version = max((path.name for path in Path("/usr/lib/postgresql").iterdir()), key=float)
    port, password = free_port(), secrets.token_hex(16)
    # Left behind by a run that was killed.
    _drop(version)
    _run(
        *("pg_createcluster", version, CLUSTER, "-p", str(port), "--start-conf", "manual", "--"),
        *("--auth-local=peer", "--auth-host=scram-sha-256", "--locale=C.UTF-8", "--encoding=UTF8"),
    )
    try:
        Path(f"/etc/postgresql/{version}/{CLUSTER}/conf.d/bench.conf").write_text(CONFIGURATION, encoding="ascii")
        _run("pg_ctlcluster", version, CLUSTER, "start")
        role = f"CREATE ROLE conecta LOGIN CREATEDB PASSWORD '{password}'"
        _run("runuser", "-u", "postgres", "--", "psql", "-p", str(port), "-qc", role)
        yield f"postgres://conecta:{password}@127.0.0.1:{port}/postgres"
    finally:
        _drop(version)


def _drop(version: str) -> None:
    _run("pg_dropcluster", "--stop", version, CLUSTER, check=False)
    # With what we put there, which Debian's command leaves.
    shutil.rmtree(f"/etc/postgresql/{version}/{CLUSTER}", ignore_errors=True)


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def create_database(server_url: str, name: str, *, like: str | None = None) -> str:
    """A new database, empty or a copy of another; its address."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        copy = sql.SQL(" TEMPLATE {}").format(sql.Identifier(like)) if like else sql.SQL("")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copy)
    return f"{server_url.rpartition('/')[0]}/{name}"


def drop_database(server_url: str, name: str) -> None:
    """Remove a database, whoever is still connected."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(*command: str, check: bool = True) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)  # noqa: S603
    if check and done.returncode:
        raise Absent(f"{' '.join(command[:2])}: {done.stderr.strip()}")
