"""An Elasticsearch of a test's own that can be stopped and suspended, and a door before it that can misbehave."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from tests.benchmarks.postgres import free_port
from tests.benchmarks.sites import ROOT

_SCRIPTS = ROOT / ".ci" / "elasticsearch"
_ENDS = b"\r\n\r\n"


class Node:
    """A server process and its data."""

    def __init__(self, cluster: Sequence[int] = ()) -> None:
        """``cluster``: ports by which nodes find each other, the first is this one's; all are to be started at once."""
        self.port = free_port()
        self.name = f"node-{cluster[0]}" if cluster else ""
        self._cluster = {"CLUSTER": " ".join(map(str, cluster))} if cluster else {}
        self._folder = Path(tempfile.mkdtemp(prefix="conecta-node-"))
        # Started by root it runs as a user of its own, who cannot enter what pytest makes.
        self._folder.chmod(0o755)

    def remove(self) -> None:
        """Stop it, and delete its data."""
        self.stop()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        """Start it, with the data that it had."""
        environment = os.environ | {"ES_JAVA_OPTS": "-Xms256m -Xmx256m -XX:TieredStopAtLevel=1"} | self._cluster
        subprocess.run([_SCRIPTS / "start", str(self.port), self._folder], env=environment, check=True)  # noqa: S603

    def stop(self) -> None:
        """Stop it, suspended or not."""
        subprocess.run([_SCRIPTS / "stop", self._folder], check=True)  # noqa: S603

    def kill(self) -> None:
        """``kill -9``."""
        pid = self._pid()
        os.kill(pid, signal.SIGKILL)
        # It is nobody's child.
        while Path(f"/proc/{pid}/exe").exists():
            time.sleep(0.01)

    def suspend(self) -> None:
        """Connections are still taken, by the system, and nobody answers."""
        os.kill(self._pid(), signal.SIGSTOP)

    def resume(self) -> None:
        """Go on where it was."""
        os.kill(self._pid(), signal.SIGCONT)

    def _pid(self) -> int:
        return int((self._folder / "pid").read_text())


class Door:
    """A port that leads to a server, or to something else."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._behave: Callable[[socket.socket], None] = self.honest
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def behave(self, how: Callable[[socket.socket], None]) -> None:
        """Be something else from now on; who is connected is cut off."""
        self._behave = how
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """No door any more."""
        self._listening.close()

    def honest(self, caller: socket.socket) -> None:
        """Pass everything on, both ways."""
        with socket.create_connection(("127.0.0.1", self._server_port)) as server:
            threading.Thread(target=_pump, args=(server, caller), daemon=True).start()
            _pump(caller, server)

    def silent(self, caller: socket.socket) -> None:
        """Take what comes, and never answer."""
        while caller.recv(65_536):
            pass

    def slow(self, caller: socket.socket) -> None:
        """Pass on what comes, five seconds later."""
        threading.Event().wait(5)
        self.honest(caller)

    def no_http(self, caller: socket.socket) -> None:
        """Answer with what is no HTTP at all."""
        caller.recv(65_536)
        caller.sendall(b"\x16\x03\x01 nonsense" + _ENDS)

    def no_json(self, caller: socket.socket) -> None:
        """Say that it is Elasticsearch, and send half of an object."""
        self._say(caller, b'{"hits": {"total')

    def empty(self, caller: socket.socket) -> None:
        """Say that it is Elasticsearch, and send an answer to no question."""
        self._say(caller, b"{}")

    def _say(self, caller: socket.socket, body: bytes) -> None:
        lines = ["HTTP/1.1 200 OK", "X-Elastic-Product: Elasticsearch", "Content-Type: application/json"]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}"]).encode()
        while _ENDS in caller.recv(1_000_000):
            caller.sendall(head + _ENDS + body)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _address = self._listening.accept()
                threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        self._open.add(caller)
        try:
            with caller, suppress(OSError):
                self._behave(caller)
        finally:
            self._open.discard(caller)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
    for each in (source, sink):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
