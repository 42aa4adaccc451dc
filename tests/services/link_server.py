"""A web server of all that the internet does to who follows links."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import parse_qs, urlsplit


class Site(ThreadingHTTPServer):
    """Its ``asked`` holds method, path and moment of each question."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, float]] = []
        self.answering = 0
        self.most_at_once = 0
        self.times: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.last_modified = ""
        self.dead = False
        self.ending = threading.Event()
        self.guard = threading.Lock()

    def url(self, path: str, *, host: str = "127.0.0.1") -> str:
        """An address on it."""
        return f"http://{host}:{self.server_port}{path}"

    def methods(self, path: str) -> list[str]:
        """What was asked of a path."""
        return [method for method, asked, _at in self.asked if asked == path]


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        self._respond()

    def do_GET(self) -> None:
        self._respond()

    def log_message(self, *_args: object) -> None:
        pass

    def _respond(self) -> None:
        site, where = self.server, urlsplit(self.path)
        with site.guard:
            site.asked.append((self.command, where.path, time.monotonic()))
            site.times[where.path] += 1
            site.answering += 1
            site.most_at_once = max(site.most_at_once, site.answering)
            site.agents.add(self.headers["User-Agent"])
        try:
            getattr(self, f"_{where.path.strip('/').replace('-', '_')}", self._ok)(parse_qs(where.query))
        except OSError:
            # Who asked has gone.
            self.close_connection = True
        finally:
            with site.guard:
                site.answering -= 1

    def _status(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _ok(self, _query: dict[str, list[str]]) -> None:
        time.sleep(0.02)
        modified = {"Last_Modified": self.server.last_modified} if self.server.last_modified else {}
        self._status(404 if self.server.dead else 200, **modified)

    def _missing(self, _query: dict[str, list[str]]) -> None:
        self._status(404)

    def _no_head(self, _query: dict[str, list[str]]) -> None:
        self._status(405 if self.command == "HEAD" else 200)

    def _hangs_up_on_head(self, _query: dict[str, list[str]]) -> None:
        if self.command == "HEAD":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        else:
            self._status(200)

    def _wants_login(self, _query: dict[str, list[str]]) -> None:
        self._status(401)

    def _broken_at_first(self, _query: dict[str, list[str]]) -> None:
        # HEAD and GET of the first try fail.
        self._status(500 if self.server.times["/broken-at-first"] <= 2 else 200)

    def _broken(self, _query: dict[str, list[str]]) -> None:
        self._status(503)

    def _to(self, query: dict[str, list[str]]) -> None:
        self._status(int(query.get("status", ["302"])[0]), Location=query["url"][0])

    def _round(self, _query: dict[str, list[str]]) -> None:
        self._status(302, Location="/round")

    def _hangs(self, _query: dict[str, list[str]]) -> None:
        self.server.ending.wait(30)

    def _a_letter_at_a_time(self, _query: dict[str, list[str]]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.ending.wait(0.05):
            self.wfile.write(b"x")

    def _endless(self, _query: dict[str, list[str]]) -> None:
        if self.command == "HEAD":
            self._status(405)
            return
        self.send_response(200)
        self.end_headers()
        while not self.server.ending.is_set():
            self.wfile.write(b"x" * 65_536)


@contextmanager
def serving() -> Iterator[Site]:
    """A site that answers while the block lasts."""
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.ending.set()
        site.shutdown()
        site.server_close()


def only_loopback(address: IPv4Address | IPv6Address) -> bool:
    """The rule under which tests reach their own server, and nothing else."""
    return address.is_loopback
