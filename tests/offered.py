"""What the machine offers to the suite: services that some tests need."""

import os
import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """Where the browser is that tests drive, if there is one."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def absent() -> list[str]:
    """Names of the services that this machine does not offer."""
    postgres = os.environ.get("CONECTA_TEST_POSTGRES_URL") or os.environ.get("CONECTA_TEST_DATABASE_URL")
    return [name for name, found in (("PostgreSQL", postgres), ("Chromium", browser_path())) if not found]
