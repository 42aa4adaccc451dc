"""``/healthz/ready``, and what the worker says of the same."""

import shutil
import socket
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from home.state import machine
from services import changes
from services.models import LogHead, SignOfLife
from services.models.sign_of_life import WORKER
from tests.conecta_site.safety.test_production import environment, python
from tests.records import put_record, service

pytestmark = pytest.mark.django_db
ADDRESS = "/healthz/ready"


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings) -> None:
    settings.DATA_DIR = tmp_path


def test_lag_goes_as_the_index_follows(client: Client) -> None:
    put_record(service("Podar"))
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "database": "ok",
        "migrations": [],
        "disk": "ok",
        "followers": {"embedded": {"lag": None}},
    }
    assert "no-store" in response["Cache-Control"]
    client.get("/api/v1/search")
    assert client.get(ADDRESS).json()["followers"] == {"embedded": {"lag": 0}}
    put_record(service("Varrer"))
    put_record(service("Tapar"))
    assert client.get(ADDRESS).json()["followers"] == {"embedded": {"lag": 2}}
    assert changes.lags() == {"embedded": 2}
    LogHead.objects.update(epoch="restored")
    assert changes.lags() == {"embedded": None}


def test_code_that_is_newer_than_its_tables_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_migrated", False)
    last = MigrationRecorder(connection).migration_qs.filter(app="conecta_services").last()
    last.delete()
    response = client.get(ADDRESS)
    assert response.status_code == 503
    assert response.json()["migrations"] == [f"conecta_services.{last.name}"]


def test_without_a_database_it_is_not_ready(client: Client) -> None:
    def gone(*_arguments: object) -> None:
        raise DatabaseError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        response = client.get(ADDRESS)
    assert response.status_code == 503
    assert response.json() == {"status": "unready", "database": "unreachable"}


def test_a_database_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    asks = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "print(Client().get('/healthz/ready', HTTP_HOST='servicos.example.gov.br').json())"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgres://nobody@127.0.0.1:{silent.getsockname()[1]}/none"
        began = time.monotonic()
        done = python(asks, environment(tmp_path, CONECTA_DATABASE_URL=address))
        taken = time.monotonic() - began
    assert done.stdout.strip() == "{'status': 'unready', 'database': 'unreachable'}", done.stderr
    # Without a limit of its own libpq would wait for ever. Most of it is the process's start.
    assert taken < 90


def test_what_is_applied_is_known_without_loading_any_migration(tmp_path: Path, elsewhere: str) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    asks = (
        "import django, sys; django.setup()\n"
        "from home.state.machine import waiting_migrations\n"
        "print(len(waiting_migrations()), len([m for m in sys.modules if '.migrations.0' in m]))"
    )
    waiting, loaded = map(int, python(asks, environment(empty)).stdout.split())
    assert waiting > 100
    assert loaded > 100
    migrated = environment(tmp_path, CONECTA_DATABASE_URL=elsewhere)
    assert python(asks, migrated).stdout.split() == ["0", "0"]


def test_without_room_to_write_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 0))
    response = client.get(ADDRESS)
    assert (response.status_code, response.json()["disk"]) == (503, "full")


def test_a_process_is_alive_whatever_becomes_of_its_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})
    assert "no-store" in response["Cache-Control"]


def test_the_worker_gives_a_sign_of_life() -> None:
    call_command("worker", once=True, stdout=StringIO())
    seen = SignOfLife.last(WORKER)
    assert seen is not None
    assert timezone.now() - seen < timedelta(minutes=1)


def test_the_worker_tells_the_lag_of_each_follower() -> None:
    put_record(service("Podar"))
    out = StringIO()
    call_command("worker", once=True, stdout=out)
    assert out.getvalue() == "follower=embedded behind=0\n"
