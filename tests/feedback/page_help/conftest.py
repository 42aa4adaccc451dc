"""The newsroom of other tests: a body with its people."""

from tests.services.newsroom.conftest import newsroom

__all__ = ["newsroom"]
