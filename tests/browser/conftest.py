"""A real browser against a real server, where the machine offers one."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import portal, portal_in_three_languages  # noqa: F401 - fixtures of all tests here
from tests.browser.waiting import SECONDS
from tests.offered import browser_path

# Playwright runs a loop of its own in this thread; Django's ORM is used beside it, never inside.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
expect.set_options(timeout=SECONDS * 1000)


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


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: a policy that forbids something among it."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []
