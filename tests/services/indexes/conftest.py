"""What a test of these pages counts is their own queries."""

import pytest

from home import identity


@pytest.fixture(autouse=True)
def _identity_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the first page takes longer than the city's identity is kept."""
    monkeypatch.setattr(identity, "_SECONDS", 600.0)
