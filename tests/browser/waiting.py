"""Waiting that ends: a promise that a page never keeps would hold a test for ever."""

import time

from playwright.sync_api import Page

#: On a busy machine a browser needs a while; what never comes is a failure all the same.
SECONDS = 30.0


def until(page: Page, condition: str) -> None:
    """Until a JavaScript expression holds in the page (a policy against ``eval`` forbids ``wait_for_function``)."""
    ends = time.monotonic() + SECONDS
    while not page.evaluate(condition):
        assert time.monotonic() < ends, f"never came: {condition}"
        page.wait_for_timeout(50)
