"""A real browser against a real server, where the machine offers one."""

import json
import os
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.offered import browser_path

# Playwright runs a loop of its own in this thread; Django's ORM is used beside it, never inside.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are absent, and the suite's last lines say so."""
    for item in items:
        if "tests/browser" in item.path.as_posix() and browser_path() is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's browser, without its own traffic: none is downloaded."""
    flags = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")
    return {"executable_path": browser_path(), "args": [f"--{flag}" for flag in flags]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A desktop in Brazil."""
    return {"locale": "pt-BR", "timezone_id": "America/Bahia", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session", autouse=True)
def first_data(django_db_setup: None) -> str:
    """What the migrations put into the database, as JSON. Taken before Playwright's loop begins to run:

    inside it Django opens connections of its own, which know nothing of ``serialized_rollback``.
    """
    return connection._test_serialized_contents


@pytest.fixture
def restored(first_data: str, transactional_db: None, page: Any) -> None:
    """The migrations' data again, where the test before emptied every table."""
    # With this Django's flush leaves all to be restored, content types too, and the next test's setup restores it.
    connection._test_serialized_contents = first_data
    ContentType.objects.clear_cache()
    if not Group.objects.exists():
        # First the kinds of things: a task asks for its own as it is made, and would make another.
        ContentType.objects.all().delete()
        kinds = [row for row in json.loads(first_data) if row["model"] == "contenttypes.contenttype"]
        connection.creation.deserialize_db_from_string(json.dumps(kinds))
        connection.creation.deserialize_db_from_string(first_data)
    # Known before the next test's data is restored: whoever asks for one that is not there yet would make another.
    ContentType.objects.get_for_models(*apps.get_models())
