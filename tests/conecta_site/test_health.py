"""``/healthz/ready``, and what the worker says of the same."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from conecta_site import health
from services import changes
from services.models import LogHead
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
    monkeypatch.setattr(health, "_migrated", False)
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


def test_the_worker_tells_the_lag_of_each_follower() -> None:
    put_record(service("Podar"))
    out = StringIO()
    call_command("worker", once=True, stdout=out)
    assert out.getvalue() == "follower=embedded behind=0\n"
