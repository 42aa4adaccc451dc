"""The TLS front lets through what the form for manifestations promises, and says kindly what is too much."""

import http.client
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feedback.manifestations.attachments import LARGEST, MOST
from tests.benchmarks.postgres import free_port

CADDYFILE = Path(__file__).resolve().parents[2] / "deploy" / "Caddyfile"
pytestmark = pytest.mark.skipif(shutil.which("caddy") is None, reason="no Caddy on this machine")
#: Of what a form sends beside the files.
WORDS = 100_000


class Server(BaseHTTPRequestHandler):
    """Reads whatever comes."""

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        while left and (piece := self.rfile.read(min(left, 1 << 20))):
            left -= len(piece)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"whole" if not left else b"torn")

    def log_message(self, *_args: object) -> None:
        """Quietly."""


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of deploy/Caddyfile, without TLS, before a web server."""
    folder, port = tmp_path_factory.mktemp("front"), free_port()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    written = CADDYFILE.read_text().replace("{$CONECTA_HOST} {", f"http://127.0.0.1:{port} {{")
    # Its own door for commands would be another's if two ran on one machine; the server here tells no health.
    written = f"{{\n\tadmin off{written.partition('{')[2]}".replace("health_uri", "# health_uri")
    (folder / "Caddyfile").write_text(written)
    told = {"CONECTA_WEB": f"127.0.0.1:{server.server_port}", "CONECTA_MEDIA": str(folder), "CONECTA_HOST": "127.0.0.1"}
    told |= {"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with (folder / "log").open("w") as log, subprocess.Popen(command, env=told, stderr=log) as caddy:  # noqa: S603
        ends = time.monotonic() + 60
        while True:
            with suppress(OSError):
                http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
                break
            assert time.monotonic() < ends, (folder / "log").read_text()
            time.sleep(0.1)
        yield port
        caddy.terminate()
    server.shutdown()


def post(port: int, path: str, size: int) -> tuple[int, str]:
    """What is answered to a body of so many bytes; of one that is refused unread only its length is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(size))
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.endheaders()
    with suppress(BrokenPipeError, ConnectionResetError):
        for start in range(0, size, 1 << 20):
            connection.send(b"x" * min(1 << 20, size - start))
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.parametrize("path", ["/manifestacoes/nova/", "/es/manifestacoes/nova/"])
def test_art_11_as_many_files_as_the_form_takes_come_through(front: int, path: str) -> None:
    assert post(front, path, MOST * LARGEST + WORDS) == (200, "whole")


def test_art_11_what_is_more_is_told_how_to_come_in(front: int) -> None:
    status, said = post(front, "/manifestacoes/nova/", 100_000_000)
    assert status == 413
    assert "ainda não foi enviada" in said
    assert "Sem arquivo também vale" in said


def test_elsewhere_nothing_of_that_size_comes_through(front: int) -> None:
    assert post(front, "/avaliar/aaaaaaaaaa/", 40_000_000)[0] == 413
    assert post(front, "/manifestacoes/nova/x", 40_000_000)[0] == 413
