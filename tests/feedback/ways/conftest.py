"""A service, and a system of the city with a key."""

import time
from collections.abc import Callable

import pytest
from django.core.cache import cache

from services.api_keys.keys import give
from services.models.api_key import ApiKey
from services.record import Service
from tests.records import put_record, service


@pytest.fixture
def record(db: None) -> Service:
    """A public service."""
    cache.clear()
    found = service("Marcar consulta")
    put_record(found)
    return found


@pytest.fixture
def keyed(db: None) -> dict[str, str]:
    """The header of a system of the city."""
    return {"Authorization": f"Bearer {new_key('Agendamento')}"}


def new_key(name: str) -> str:
    """A key of the API."""
    holder = ApiKey(name=name, contact="sistema@example.org")
    key = give(holder)
    holder.save()
    return key


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the time go by that a person takes to fill in a form."""

    def wait() -> None:
        moment = time.time() + 30
        monkeypatch.setattr(time, "time", lambda: moment)

    return wait
