"""Processes that are started again when they die, as systemd does with ours (deploy/systemd)."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.faults.conftest import PATIENCE

#: ``RestartSec`` of the units.
RESTART_SECONDS = 2.0


class Kept:
    """One of ours, with whatever it starts; its output goes to a file."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path) -> None:
        self.command, self.environment, self.folder, self.log = command, environment, folder, log
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: threading.Thread | None = None
        self._ended = threading.Event()

    def start(self) -> None:
        """Start it, and see to it that it runs."""
        self._ended = threading.Event()
        self._spawn()
        self._keeper = threading.Thread(target=self._keep, args=(self._ended,), daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """Tell it to end, and wait until it has, with all that it started."""
        self._ended.set()
        if self._process is None or self._keeper is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        self._end_the_rest()
        self._keeper.join(PATIENCE)
        self._process = self._keeper = None

    def kill(self) -> None:
        """``kill -9``."""
        os.kill(self.pid, signal.SIGKILL)

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        assert self._process is not None
        return self._process.pid

    def children(self) -> list[int]:
        """Those that it started itself: of a web server, its workers."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def _spawn(self) -> None:
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603 - this very environment's
                self.command, cwd=self.folder, env=self.environment, stdout=out, stderr=out, start_new_session=True
            )

    def _keep(self, ended: threading.Event) -> None:
        while self._process is not None:
            self._process.wait()
            if ended.is_set():
                return
            self._end_the_rest()
            if ended.wait(RESTART_SECONDS):
                return
            self._spawn()

    def _end_the_rest(self) -> None:
        """What a dead process left behind goes with it (``KillMode``)."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def wait_until(right: Callable[[], bool], what: str, *, seconds: float = PATIENCE, every: float = 0.05) -> None:
    """Look again and again; fails if it does not come to be."""
    until = time.monotonic() + seconds
    while not right():
        assert time.monotonic() < until, f"still not: {what}"
        time.sleep(every)


def owner_of(port: int, pids: Sequence[int]) -> int:
    """Which of these processes holds the end of a connection that has this port."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{line[9]}]" for line in lines if line[1].endswith(f":{port:04X}")}
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                if str(descriptor.readlink()) in sockets:
                    return pid
    raise AssertionError(f"none of {pids} has port {port}")
