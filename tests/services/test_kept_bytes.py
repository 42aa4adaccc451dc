"""What took long to make is made once, and never fills the memory."""

from pathlib import Path
from typing import Any

from services.kept_bytes import KeptBytes


def test_it_is_made_once_and_the_least_asked_for_goes_first() -> None:
    kept, made = KeptBytes(capacity=1_000), list[str]()

    def ask(key: str, size: int = 300, seconds: float = 60) -> bytes:
        def make() -> bytes:
            made.append(key)
            return key.encode() * size

        return kept.get(key, make, seconds=seconds)

    for key in ("a", "b", "c", "a", "d", "a"):
        assert ask(key) == key.encode() * 300
    assert made == ["a", "b", "c", "d"]
    ask("b")
    assert made[4:] == ["b"], "it was asked for least"
    assert len(ask("e", size=5_000)) == 5_000, "what is too big for all is given, and not kept"
    ask("e", size=5_000)
    assert made[5:] == ["e", "e"]
    ask("f", seconds=-1)
    ask("f")
    assert made[7:] == ["f", "f"], "its time was over"


def test_where_processes_share_a_cache_they_share_it(settings: Any, tmp_path: Path) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    }
    assert KeptBytes().get("a", lambda: b"one", seconds=60) == b"one"
    assert KeptBytes().get("a", lambda: b"two", seconds=60) == b"one"
