"""The Elasticsearch servers that the environment offers, and indices of a test's own on them."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from search.engines.base import EngineError
from search.engines.elasticsearch_access import Access, Refused
from search.engines.elasticsearch_server import Server

#: Patient: what these tests see must not depend on how busy the machine is.
_READ_SECONDS = 20.0


def plain() -> Access | None:
    """The server of ``CONECTA_TEST_ELASTICSEARCH_URL``."""
    address = os.environ.get("CONECTA_TEST_ELASTICSEARCH_URL")
    return Access((address,), connect=_READ_SECONDS, read=_READ_SECONDS) if address else None


def secured() -> Access | None:
    """The server of ``CONECTA_TEST_ELASTICSEARCH_SECURED_URL`` (user and password in it), ``…_CA_FILE`` beside it."""
    address = os.environ.get("CONECTA_TEST_ELASTICSEARCH_SECURED_URL")
    ca_file = os.environ.get("CONECTA_TEST_ELASTICSEARCH_CA_FILE", "")
    return Access((address,), ca_file=ca_file, connect=_READ_SECONDS, read=_READ_SECONDS) if address else None


@contextmanager
def own_indices(access: Access | None) -> Iterator[Access]:
    """The same server under a prefix of the test's own; what the test made there is removed."""
    if access is None:
        pytest.skip("no Elasticsearch of this kind")
    mine = replace(access, prefix=f"test-{secrets.token_hex(6)}")
    yield mine
    remove(mine)
    with suppress(Refused):
        Server(mine).ask("DELETE", f"/{mine.prefix}-writer", patient=True)


def remove(access: Access) -> int:
    """Delete all indices under a prefix, but for the one that says who may write; how many there were."""
    server = Server(access)
    found = server.ask("GET", f"/{access.prefix}-index-*/_alias", patient=True)
    for name in found:
        server.ask("DELETE", f"/{name}", patient=True)
    return len(found)


def api_key(access: Access) -> Access:
    """Access by a new API key that may do what a site needs, under the prefix alone."""
    may = {"index": [{"names": [f"{access.prefix}*"], "privileges": ["manage", "read", "write"]}]}
    body = {"name": access.prefix, "expiration": "1h", "role_descriptors": {"conecta": may}}
    key = Server(access).ask("POST", "/_security/api_key", body, patient=True)["encoded"]
    (host,) = access.hosts
    scheme, _, rest = host.partition("://")
    return replace(access, hosts=(f"{scheme}://{rest.rpartition('@')[2]}",), api_key=key)


def answers(access: Access) -> bool:
    """Whether a server is there."""
    try:
        Server(access).ask("GET", "/_cluster/health")
    except EngineError:
        return False
    return True
