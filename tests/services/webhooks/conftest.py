"""A receiver that answers well until told otherwise, and a clock."""

from collections.abc import Iterator

import pytest

from tests.services.webhooks.receiver import Receiver, receiving
from tests.services.webhooks.subscribing import Clock


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def time() -> Clock:
    return Clock()
