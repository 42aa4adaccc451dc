"""The cache that processes share falls silent, then is lost: everybody is answered, as if there had never been one."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.benchmarks.postgres import free_port
from tests.faults.chaos.play import FAULT, Play
from tests.faults.chaos.processes import wait_until
from tests.faults.chaos.stage import Stage

pytestmark = pytest.mark.xdist_group("chaos")


class Redis:
    """A server that keeps nothing on disk."""

    def __init__(self, stage: Stage) -> None:
        self.port = free_port()
        self._folder = stage.folder
        self.start()

    def start(self) -> None:
        command = [shutil.which("redis-server") or "", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(command, cwd=self._folder, stdout=subprocess.DEVNULL)  # noqa: S603
        wait_until(self._answers, "Redis answers")

    def _answers(self) -> bool:
        import redis

        with suppress(redis.RedisError), redis.Redis(port=self.port, socket_timeout=1) as client:
            return bool(client.ping())
        return False

    def suspend(self) -> None:
        os.kill(self._process.pid, signal.SIGSTOP)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def silent_and_lost(redis: Redis) -> Iterator[None]:
    redis.suspend()
    time.sleep(FAULT)
    redis.kill()
    time.sleep(FAULT / 2)
    redis.start()
    yield


def test_it_is_lost(play: Play) -> None:
    redis = Redis(play.stage)
    try:
        with play.stage.told_otherwise(CONECTA_CACHE_URL=f"redis://127.0.0.1:{redis.port}/0"):
            seen = play.act(silent_and_lost(redis))
    finally:
        redis.kill()
    assert max(each.seconds for each in seen.readings) < 10
