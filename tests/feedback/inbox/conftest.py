"""The city that the inbox is of."""

import pytest

from tests.feedback.inbox.brought import Town, town


@pytest.fixture
def city() -> Town:
    """Two bodies, a service, one person of each role."""
    return town()
