"""One town for all tests of this folder that a process runs: making it takes longer than most of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.conecta_site.matrix.town import Town


@pytest.fixture(scope="package")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Town()
        transaction.set_rollback(True)


@pytest.fixture
def town(_built: Town, db: None) -> Town:
    """A test's own transaction is within that of the town, and ends first."""
    return _built
