"""Processes that are killed in the middle of their work, with -9: it was done or it was not, and is done again."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from tests.faults.chaos.editor import Editor
from tests.faults.chaos.ledger import Ledger, log_of
from tests.faults.chaos.play import Play
from tests.faults.chaos.processes import owner_of, wait_until
from tests.faults.chaos.stage import ROOT, Stage
from tests.faults.chaos.test_search_engine import indices, server_of
from tests.faults.chaos.web import Failure, ask
from tests.faults.conftest import PATIENCE

pytestmark = pytest.mark.xdist_group("chaos")
#: Written when a record is, before its transaction ends.
VERSIONS = "conecta_services_publishedversion"


@contextmanager
def in_the_middle(stage: Stage, application: str) -> Iterator[int]:
    """Nobody else publishes while a process of this name gets into the middle of it; the port of its connection."""
    with stage.newsroom.silent(), stage.database.locked(VERSIONS):
        found: list[int] = []

        def is_there() -> bool:
            found.extend(filter(None, [stage.database.waiting(application, VERSIONS)]))
            return bool(found)

        wait_until(is_there, f"{application} in the middle of publishing")
        yield found[0]


@contextmanager
def web_killed_in_publish(stage: Stage, ledger: Ledger) -> Iterator[None]:
    editor, title = Editor(stage), f"Tema {uuid.uuid4().hex[:8]}"
    with ThreadPoolExecutor(1) as browser:
        pressed = browser.submit(editor.publish, title)
        with in_the_middle(stage, "web") as port:
            os.kill(owner_of(port, stage.web.children()), signal.SIGKILL)
        with pytest.raises(Failure):
            pressed.result()
    yield
    wait_until(lambda: _pressed_again(editor, title), "the editor's button works again")
    ledger.published(editor.entry, title)


def _pressed_again(editor: Editor, title: str) -> bool:
    with suppress(Failure):
        return editor.publish(title)
    return False


@contextmanager
def worker_killed_in_publish(stage: Stage, ledger: Ledger) -> Iterator[None]:
    entry = next(entry for entry, record in log_of(stage).items() if record["title"].startswith("S "))
    title = f"S depois {uuid.uuid4().hex[:8]}"
    stage.newsroom.do("schedule", entry=entry, title=title, seconds=1)
    ledger.published(entry, title)
    with in_the_middle(stage, "worker"):
        stage.worker.kill()
    yield


@contextmanager
def import_killed(stage: Stage) -> Iterator[None]:
    words = ("import_charters", stage.charter(f"I{uuid.uuid4().hex[:4]}", 10), "--format", "conecta")
    command = [sys.executable, "manage.py", *map(str, words), "--publish-incomplete"]
    with subprocess.Popen(command, cwd=ROOT, env=stage.environment("import")) as killed:  # noqa: S603
        with in_the_middle(stage, "import"):
            killed.kill()
        assert killed.wait() == -signal.SIGKILL
    yield
    assert "rejected=0" in stage.manage(*words, "--publish-incomplete")


@contextmanager
def booklet_killed(stage: Stage, killed: list[str]) -> Iterator[None]:
    code = stage.newsroom.do("booklet")
    asked = "SELECT state FROM conecta_services_bookletedition WHERE code = %s"
    wait_until(lambda: stage.database.ask(asked, code) == [("making",)], "a booklet is being made")
    stage.worker.kill()
    killed.append(code)
    yield
    assert stage.database.ask(asked, code) == [("making",)], "it was not killed in the middle"


@contextmanager
def search_server_killed_in_rebuild(stage: Stage) -> Iterator[None]:
    serving = indices(server_of(stage))
    assert any(killed_in_rebuild(stage) for _attempt in range(5)), "it was never in the middle"
    wait_until(lambda: set(serving) <= set(indices(server_of(stage))), "the index that served is there")
    yield


def killed_in_rebuild(stage: Stage) -> bool:
    """Whether it was in the middle; a small charter's index is soon built."""
    server = server_of(stage)
    before = set(indices(server))
    command = [sys.executable, "manage.py", "rebuild_search", "--engine", "elasticsearch"]
    with subprocess.Popen(command, cwd=ROOT, env=stage.environment("rebuild"), stderr=subprocess.DEVNULL) as rebuild:  # noqa: S603

        def is_time() -> bool:
            return bool(set(indices(server)) - before) or rebuild.poll() is not None

        wait_until(is_time, "an index is built beside", every=0.002)
        stage.node.kill()
        try:
            return rebuild.wait() != 0
        finally:
            stage.node.start()


def test_a_web_server_in_publish(play: Play) -> None:
    play.act(web_killed_in_publish(play.stage, play.ledger), failing=0.2)


def test_the_worker_in_publish(play: Play) -> None:
    play.act(worker_killed_in_publish(play.stage, play.ledger))


def test_an_import(play: Play) -> None:
    play.act(import_killed(play.stage))
    assert play.stage.manage("project_records").strip().endswith("0")


def booklet_made(stage: Stage) -> bool:
    """Whether one was; while the worker makes the night's own, no other is."""
    try:
        return "edition=" in stage.manage("make_booklet")
    except subprocess.CalledProcessError as refused:
        if "Outro livreto está sendo feito" not in refused.stderr:
            raise
        return False


def test_the_worker_in_a_booklet(play: Play) -> None:
    """The edition before stays; a minute later the killed one says why it is not there, and another is made."""
    stage = play.stage
    wait_until(lambda: booklet_made(stage), "a booklet is made", seconds=90 + PATIENCE)
    before = ask(stage.port, "/carta-de-servicos/livreto.pdf")
    killed: list[str] = []
    play.act(booklet_killed(stage, killed))
    assert ask(stage.port, "/carta-de-servicos/livreto.pdf").body == before.body
    told = "SELECT state, message FROM conecta_services_bookletedition WHERE code = %s"
    failed = [("failed", "O trabalho parou no meio. Peça de novo.")]
    wait_until(
        lambda: stage.database.ask(told, killed[0]) == failed, "it is told that it stopped", seconds=90 + PATIENCE
    )
    wait_until(lambda: booklet_made(stage), "another is made", seconds=90 + PATIENCE)


def test_the_search_server_in_a_rebuild(play: Play) -> None:
    play.act(search_server_killed_in_rebuild(play.stage))
    # What the killed one left behind, the next one clears away.
    play.stage.manage("rebuild_search", "--engine", "elasticsearch")
    assert len(indices(server_of(play.stage))) == 1
