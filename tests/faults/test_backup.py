"""An installation is copied while it serves, and another is made from the copy."""

import ast
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from conecta_site.backup import databases
from conecta_site.backup.saving import KILLED, save
from services import changes
from services.models import PublishedRecord
from tests.services import charter

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """A database and a data folder, and its commands."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
            "CONECTA_DEMO": "1",
            "CONECTA_SECRET_KEY": "a" * 50,
            "CONECTA_DATA_DIR": str(folder),
            "CONECTA_DATABASE_URL": database,
        }

    def manage(self, *words: object, fails: bool = False) -> str:
        """What a command prints, or what it complains of."""
        command = [sys.executable, "manage.py", *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)  # noqa: S603
        assert bool(done.returncode) == fails, done.stderr
        return done.stderr if fails else done.stdout.strip()

    def ask(self, expression: str) -> str:
        """The value of an expression about its records."""
        script = f"from services import changes; from services.models import PublishedRecord; print(({expression}))"
        return self.manage("shell", "--verbosity", "0", "--no-imports", "-c", script)


@pytest.fixture
def empty(tmp_path: Path, committed: None) -> Iterator[str]:
    """The address of a database without tables."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/new.sqlite3"
        return
    own, name = connection.settings_dict, f"conecta_restored_{uuid.uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_an_empty_machine_becomes_the_same_installation(
    tmp_path: Path, request: pytest.FixtureRequest, empty: str
) -> None:
    service = charter.service(charter.body(), "Tapar buraco")
    old = Installation(tmp_path / "old", request.getfixturevalue("elsewhere"))
    for name, text in (("media/documents/guia.pdf", "guia"), ("private/manifestations/2026/01/foto.jpg", "foto")):
        (old.folder / name).parent.mkdir(parents=True)
        (old.folder / name).write_text(text)
    printed = io.StringIO()
    call_command("backup", new_key=tmp_path / "chave.txt", stdout=printed)
    recipient = printed.getvalue().strip()
    assert (tmp_path / "chave.txt").stat().st_mode & 0o077 == 0
    assert "age1" in recipient

    said = old.manage("backup", "--recipient", recipient, "--keep", 3)
    (made,) = (old.folder / "backups").iterdir()
    assert f"file={made}" in said
    assert made.suffix == ".age"
    assert b"guia" not in made.read_bytes()

    new = Installation(tmp_path / "new", empty)
    assert "epoch=-" in new.manage("restore", made, "--identity", tmp_path / "chave.txt", "--check")
    assert not (tmp_path / "new" / "media").exists()
    new.manage("restore", made, "--identity", tmp_path / "chave.txt")
    assert (new.folder / "media/documents/guia.pdf").read_text() == "guia"
    assert (new.folder / "private/manifestations/2026/01/foto.jpg").stat().st_mode & 0o077 == 0
    held = new.ask("changes.head(), sorted(PublishedRecord.objects.values_list('entry_id', 'etag'))")
    (its_epoch, its_sequence), records = ast.literal_eval(held)
    assert records == sorted(PublishedRecord.objects.values_list("entry_id", "etag"))
    assert service.record_id in dict(records)
    # A follower of the old one starts again.
    epoch, sequence = changes.head()
    assert its_sequence == sequence
    assert its_epoch != epoch
    # And what is in use is not written over.
    assert "não está vazi" in new.manage("restore", made, "--identity", tmp_path / "chave.txt", fails=True)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL copies beside any writer")
def test_a_database_that_stays_locked_is_told_and_leaves_nothing(
    tmp_path: Path, committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "PATIENCE", timedelta(seconds=0.3))
    folder = tmp_path / "copies"
    call_command("backup", str(folder), unencrypted=True)
    made = list(folder.iterdir())
    with closing(sqlite3.connect(connection.settings_dict["NAME"], uri=True)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE django_content_type SET model = model")
        with pytest.raises(CommandError, match="ocupado"):
            call_command("backup", str(folder), unencrypted=True)
        writer.rollback()
    assert list(folder.iterdir()) == made


def test_what_a_killed_one_left_is_deleted_and_what_another_is_making_is_not(
    tmp_path: Path, committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plain copy of the database is among it."""
    killed, folder, dump, now = tmp_path / "killed", tmp_path / "copies", databases.dump, datetime.now(UTC)

    def dump_and_see(path: Path) -> None:
        dump(path)
        shutil.copytree(folder, killed)

    with monkeypatch.context() as patch:
        patch.setattr(databases, "dump", dump_and_see)
        first, _contents = save(folder, at=now - timedelta(hours=1), recipients=())
    left = {path.relative_to(killed) for path in killed.rglob("*")}
    assert len(left) == 3
    first.unlink()
    shutil.copytree(killed, folder, dirs_exist_ok=True)
    # What the other one is making is as young as this.
    whole, _contents = save(folder, at=now, recipients=())
    assert {path.relative_to(folder) for path in folder.rglob("*")} == left | {Path(whole.name)}
    later, _contents = save(folder, at=now + KILLED + timedelta(minutes=1), recipients=())
    assert set(folder.rglob("*")) == {whole, later}
