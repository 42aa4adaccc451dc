"""The results page tells what became of a search, in a real browser under the site's own policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page

from search import insight
from search.counting import COUNTED
from search.query_counts import QueryCount
from tests.records import put_record, service, unit

pytestmark = pytest.mark.django_db(transaction=True)
# As its headless kind it would say that it is a program.
PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.fixture
def browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """One that says of itself what a person's does, in what it sends after a page is left too."""
    flags = [*browser_type_launch_args["args"], f"--user-agent={PERSON}"]
    found = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    yield found
    found.close()


@pytest.fixture
def person(live_server: Any, browser: Browser, settings: Any, tmp_path: Path) -> Iterator[Page]:
    """Somebody at a portal with two services and the place where they are given."""
    settings.DATA_DIR = tmp_path
    for record in (service("Podar árvore"), service("Podar cerca"), unit("Onde podar")):
        put_record(record)
    context = browser.new_context(base_url=live_server.url, locale="pt-BR")
    page = context.new_page()
    page.set_default_timeout(20_000)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert refused == []


def assert_told(page: Page, expected: dict[str, dict[str, int]]) -> None:
    """What was counted once the page is left: what it says then takes a moment to come."""
    page.goto("about:blank")
    counted: dict[str, dict[str, int]] = {}
    for _ in range(100):
        insight.tally.flush()
        rows = QueryCount.objects.all()
        counted = {row.query: {name: n for name in COUNTED if (n := getattr(row, name))} for row in rows}
        if counted == expected:
            return
        page.wait_for_timeout(100)
    assert counted == expected


def search(page: Page, query: str) -> None:
    page.goto(f"/busca/?q={query}")


def test_a_result_was_opened(person: Page) -> None:
    search(person, "podar")
    person.locator(".c-result a").first.click()
    person.wait_for_load_state()
    assert_told(person, {"podar": {"searches": 1, "observed": 1, "clicked": 1}})


def test_none_was(person: Page) -> None:
    search(person, "podar")
    assert_told(person, {"podar": {"searches": 1, "observed": 1}})


def test_other_words_were_tried(person: Page) -> None:
    search(person, "podar")
    person.locator("#busca-q").fill("cerca")
    person.keyboard.press("Enter")
    person.wait_for_url("**anterior=podar**")
    expected = {"searches": 1, "observed": 1}
    assert_told(person, {"podar": expected | {"reformulated": 1}, "cerca": expected})


def test_the_same_search_goes_on(person: Page) -> None:
    search(person, "podar")
    person.evaluate("document.querySelector('.c-facets__form [name=kind]').checked = true")
    person.evaluate("document.querySelector('.c-facets__form').requestSubmit()")
    person.wait_for_url("**kind=**")
    person.locator(".c-chosen a").first.click()
    person.wait_for_url("**q=podar")
    person.locator(".c-result a").first.click()
    person.wait_for_load_state()
    assert_told(person, {"podar": {"searches": 1, "observed": 1, "clicked": 1}})


def test_without_script_nothing_is_known(browser: Browser, live_server: Any, person: Page) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    search(plain, "podar")
    plain.locator(".c-result a").first.click()
    plain.wait_for_load_state()
    context.close()
    assert_told(person, {"podar": {"searches": 1}})
