"""A new version has migrated and serves, and the one before still does: web servers, newsrooms and one database."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.postgres import free_port
from tests.faults.chaos.history import version_before
from tests.faults.chaos.newsroom import Newsroom
from tests.faults.chaos.play import FAULT, Play
from tests.faults.chaos.processes import wait_until
from tests.faults.chaos.stage import ROOT
from tests.faults.chaos.web import Failure, ask

pytestmark = [
    pytest.mark.xdist_group("chaos"),
    # An exported tree has none, and says so; whatever is cloned whole has.
    pytest.mark.skipif(version_before() is None, reason="no history here: git fetch --unshallow"),
]


def unpacked(commit: str, folder: Path) -> Path:
    """The code as it was."""
    folder.mkdir()
    archive = subprocess.run(["git", "-C", ROOT, "archive", commit], capture_output=True, check=True)  # noqa: S603, S607
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)  # noqa: S603, S607
    return folder


@contextmanager
def version_before_beside(play: Play) -> Iterator[None]:
    stage, commit, port = play.stage, version_before(), free_port()
    assert commit is not None
    code = unpacked(commit, stage.folder / "before")
    own = stage.folder / "data-before"
    (own / "static").mkdir(parents=True)
    web = stage.serving(port, code, own)
    web.start()
    try:
        wait_until(lambda: answers(port), "the version before serves")
        newsroom = Newsroom(stage.environment("before"), code, stage.folder / "before.log")
        try:
            for ports in (play.load.ports, play.load.rated_at):
                ports.append(port)
            play.load.newsrooms.append(newsroom)
            yield
        finally:
            newsroom.close()
    finally:
        web.stop()


def answers(port: int) -> bool:
    try:
        return ask(port, "/healthz/ready").status == 200
    except Failure:
        return False


def test_two_versions_at_once(play: Play) -> None:
    with version_before_beside(play):
        play.act(seconds=2 * FAULT)
