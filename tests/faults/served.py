"""An installation of its own, and the server that runs it in production."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.conftest import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
PERSON = {"User-Agent": "Mozilla/5.0 (Linux; Android 10)"}


class Installation:
    """A database and a data folder that nobody else uses meanwhile."""

    def __init__(self, folder: Path, database: str) -> None:
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
            "CONECTA_DEMO": "1",
            "CONECTA_DATA_DIR": str(folder),
            "CONECTA_DATABASE_URL": database,
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A process of this Python, with its output to read."""
        return subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, script: str) -> str:
        """What a script prints that runs to its end in a process of its own."""
        with self.start("-c", f"import django; django.setup()\n{script}") as process:
            printed, _nothing = process.communicate(timeout=PATIENCE * 6)
        assert process.returncode == 0
        return printed.strip()


@pytest.fixture
def installation(tmp_path: Path, elsewhere: str) -> Installation:
    """With its tables."""
    return Installation(tmp_path, elsewhere)


class Server:
    """Two workers of one installation."""

    def __init__(self, installation: Installation) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        how = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "2")
        self.process = installation.start("-m", "granian", *how, "conecta_site.wsgi:application")

    def get(self, path: str) -> str:
        """The body of an answer. Raises ``OSError`` if there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE * 2)
        try:
            connection.request("GET", quote(path, safe="/?=&"), headers=PERSON)
            response = connection.getresponse()
            body = response.read().decode()
        finally:
            connection.close()
        assert response.status == 200
        return body

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + PATIENCE * 3
        while True:
            try:
                self.get("/api/v1/openapi.json")
            except OSError:
                assert time.monotonic() < until, "the server does not begin"
                time.sleep(0.1)
            else:
                return

    def end(self) -> None:
        """Tell it to end, and wait until it has."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE * 2)


@pytest.fixture
def server(installation: Installation) -> Iterator[Server]:
    """It answers; if it still runs when the test is over it is killed."""
    found = Server(installation)
    try:
        found.wait()
        yield found
    finally:
        if found.process.poll() is None:
            os.killpg(found.process.pid, signal.SIGKILL)
        found.process.wait()
