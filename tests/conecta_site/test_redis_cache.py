"""A Redis that is not there; what becomes of one that goes away is seen in tests/faults/chaos."""

import socket
from collections.abc import Iterator

import pytest

from conecta_site import redis_cache
from conecta_site.redis_cache import RedisCache


@pytest.fixture
def asked() -> Iterator[socket.socket]:
    """A port on which somebody takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture
def cache(asked: socket.socket) -> RedisCache:
    return RedisCache(f"redis://127.0.0.1:{asked.getsockname()[1]}/0", {})


def calls(listening: socket.socket) -> int:
    number = 0
    try:
        while True:
            listening.accept()[0].close()
            number += 1
    except BlockingIOError:
        return number


def test_it_holds_nothing_and_takes_everything(cache: RedisCache) -> None:
    assert cache.get("one", "none") == "none"
    assert cache.add("one", 1)
    assert cache.get_or_set("one", 2) == 2
    cache.set("one", 1)
    assert cache.get_many(["one"]) == {}
    assert not cache.has_key("one")
    assert not cache.touch("one")
    assert not cache.delete("one")
    assert cache.set_many({"one": 1}) == []
    cache.delete_many(["one"])
    assert not cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("one")


def test_it_is_asked_once_and_again_a_moment_later(
    cache: RedisCache, asked: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(5):
        cache.get("one")
    assert calls(asked) == 1
    monkeypatch.setattr(redis_cache, "_left_alone_until", {})
    cache.get("one")
    assert calls(asked) == 1
