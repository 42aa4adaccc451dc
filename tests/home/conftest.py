"""What a process keeps must not reach the next test."""

from collections.abc import Iterator

import pytest

from home.identity import forget_identity


@pytest.fixture(autouse=True)
def _fresh_identity() -> Iterator[None]:
    forget_identity()
    yield
    forget_identity()
