"""Web processes are exchanged under load, as an upgrade does it: no request fails."""

import http.client
import signal
import threading
import time

from tests.faults.served import PERSON, Server, installation, server  # noqa: F401 - fixtures

SECONDS = 6.0


class Visitors:
    """Ask again and again, each time on a connection of its own, as through a balancer."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ended = threading.Event()
        self.answered = 0
        self.failures: list[str] = []
        self._threads = [threading.Thread(target=self._visit) for _each in range(2)]
        for thread in self._threads:
            thread.start()

    def _visit(self) -> None:
        while not self._ended.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            try:
                connection.request("GET", "/healthz/ready", headers=PERSON)
                status = connection.getresponse().status
                self.answered += status == 200
                if status != 200:
                    self.failures.append(str(status))
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(repr(error))
            finally:
                connection.close()

    def begun(self, by: float) -> None:
        """Wait until somebody was answered: on a busy machine the first answer takes seconds."""
        while not self.answered and time.monotonic() < by:
            time.sleep(0.1)

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(30)


def test_no_request_fails_while_processes_are_exchanged(server: Server) -> None:  # noqa: F811
    visitors = Visitors(server.port)
    try:
        visitors.begun(by=time.monotonic() + 60)
        before = visitors.answered
        server.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            time.sleep(0.1)
    finally:
        visitors.end()
    assert server.process.poll() is None
    assert visitors.failures == []
    assert visitors.answered > before > 0
