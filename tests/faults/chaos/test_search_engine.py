"""Whatever becomes of the search server, every search is answered and every publication found."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from search.engines.elasticsearch_server import Access, Server
from tests.faults.chaos.play import Play
from tests.faults.chaos.stage import Stage

pytestmark = pytest.mark.xdist_group("chaos")


def server_of(stage: Stage) -> Server:
    return Server(Access(stage.search_hosts, read=20))


def indices(server: Server) -> list[str]:
    return list(server.ask("GET", "/conecta-index-*/_alias", patient=True))


@contextmanager
def down(stage: Stage) -> Iterator[None]:
    stage.node.kill()
    yield
    stage.node.start()


@contextmanager
def suspended(stage: Stage) -> Iterator[None]:
    stage.node.suspend()
    try:
        yield
    finally:
        stage.node.resume()


@contextmanager
def index_deleted(stage: Stage) -> Iterator[None]:
    server = server_of(stage)
    for name in indices(server):
        server.ask("DELETE", f"/{name}", patient=True)
    yield


def test_it_is_down_while_people_publish_and_search(play: Play) -> None:
    assert play.act(down(play.stage)).degraded


def test_it_is_suspended(play: Play) -> None:
    assert play.act(suspended(play.stage)).degraded


def test_its_index_is_deleted(play: Play) -> None:
    play.act(index_deleted(play.stage))
    assert len(indices(server_of(play.stage))) == 1
