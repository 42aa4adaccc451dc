"""Of three nodes one is lost, the master too: two are enough to write and to find."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from search.engines.elasticsearch_server import Access, Server
from tests.benchmarks.postgres import free_port
from tests.faults.chaos.play import Play
from tests.faults.chaos.stage import Stage
from tests.faults.search_server import Node

pytestmark = pytest.mark.xdist_group("chaos")

Nodes = list[Node]


@pytest.fixture(scope="module")
def nodes(stage: Stage) -> Iterator[Nodes]:
    """Three, which the installation searches with in place of its single one."""
    ports = [free_port() for _ in range(3)]
    nodes = [Node(cluster=[port, *(other for other in ports if other != port)]) for port in ports]
    single = stage.search_hosts
    try:
        with ThreadPoolExecutor(3) as beside:
            list(beside.map(Node.start, nodes))
        stage.search_hosts = tuple(f"http://127.0.0.1:{node.port}" for node in nodes)
        with stage.told_otherwise(CONECTA_ELASTICSEARCH_URL=",".join(stage.search_hosts)):
            yield nodes
            stage.search_hosts = single
    finally:
        stage.search_hosts = single
        for node in nodes:
            node.remove()


def master_of(nodes: Nodes) -> Node:
    server = Server(Access(tuple(f"http://127.0.0.1:{node.port}" for node in nodes), read=20))
    (told,) = server.ask("GET", "/_cat/master?format=json", patient=True)
    return next(node for node in nodes if told["node"] == node.name)


def another_than_the_master(nodes: Nodes) -> Node:
    master = master_of(nodes)
    return next(node for node in nodes if node is not master)


@contextmanager
def lost(node: Node) -> Iterator[None]:
    node.kill()
    yield
    node.start()


@pytest.mark.parametrize("which", [another_than_the_master, master_of], ids=["a node", "the master"])
def test_one_of_three_is_lost(play: Play, nodes: Nodes, which: Callable[[Nodes], Node]) -> None:
    play.act(lost(which(nodes)))
