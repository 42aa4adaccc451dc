"""What one process publishes, all others tell within a second: over real sockets, with nobody purging anything."""

import http.client
import time
from collections.abc import Iterator

import brotli
import pytest

from tests.faults.conftest import PATIENCE
from tests.faults.served import PERSON, Installation, Server, installation  # noqa: F401 - the last is a fixture

PUBLISH = """
import time
from tests import records
records.put_record(records.service("Podar", summary="{summary}"))
print(time.time(), flush=True)
"""
ADDRESS = "/servicos/podar/"


@pytest.fixture
def servers(installation: Installation) -> Iterator[list[Server]]:  # noqa: F811
    """Two hosts of one site, with two processes each."""
    found = [Server(installation), Server(installation)]
    try:
        for each in found:
            each.wait()
        yield found
    finally:
        for each in found:
            each.end()


def ask(server: Server, method: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request(method, ADDRESS, headers=PERSON | headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_every_process_of_every_host_shows_a_publication_within_a_second(
    servers: list[Server],
    installation: Installation,  # noqa: F811
) -> None:
    installation.run(PUBLISH.format(summary="Antes"))
    for server in servers:
        # Several times: whichever process answers keeps it.
        assert all("Antes" in server.get(ADDRESS) for _each in range(6))
    with installation.start("-c", f"import django; django.setup()\n{PUBLISH.format(summary='Depois')}") as process:
        assert process.stdout is not None
        published = float(process.stdout.readline())
        time.sleep(max(0.0, published + 1.0 - time.time()))
        for server in servers:
            pages = [server.get(ADDRESS) for _each in range(6)]
            assert all("Depois" in page and "Antes" not in page for page in pages)
    whole, body = ask(servers[0], "GET", {})
    small, packed = ask(servers[0], "GET", {"Accept-Encoding": "br"})
    head, nothing = ask(servers[0], "HEAD", {})
    same, empty = ask(servers[0], "GET", {"If-None-Match": str(whole.getheader("ETag"))})
    assert brotli.decompress(packed) == body
    assert small.getheader("Content-Encoding") == "br"
    assert (head.status, nothing, head.getheader("Content-Length")) == (200, b"", str(len(body)))
    assert (same.status, empty) == (304, b"")
    # What was counted is written at the latest when a process is told to end.
    for server in servers:
        server.end()
    total = installation.run(
        "from django.db.models import Sum\nfrom services.models import VisitCount\n"
        "print(VisitCount.objects.aggregate(n=Sum('visits'))['n'])"
    )
    assert int(total) == 2 * 12 + 3
