"""What the machine offers to the suite: services that some tests need."""

import os
import shutil
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """Where the browser is that tests drive, if there is one."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def axe_path() -> Path | None:
    """The script ``axe.min.js`` of axe-core, which finds what keeps people from a page."""
    named = os.environ.get("CONECTA_TEST_AXE")
    return Path(named) if named and Path(named).is_file() else None


def wagtail_client_path() -> Path | None:
    """The npm package ``wagtail-js``, unpacked: a client of Wagtail's API that others wrote."""
    named = os.environ.get("CONECTA_TEST_WAGTAIL_CLIENT")
    return Path(named) if named and (Path(named) / "package.json").is_file() and shutil.which("node") else None


def verapdf_path() -> Path | None:
    """The folder with the jars of veraPDF's greenfield-apps, which say whether a PDF is PDF/UA-1."""
    named = os.environ.get("CONECTA_TEST_VERAPDF")
    return Path(named) if named and list(Path(named).glob("greenfield-apps-*.jar")) and shutil.which("java") else None


def vnu_path() -> Path | None:
    """The Nu HTML checker, ``vnu.jar`` of the npm package vnu-jar."""
    named = os.environ.get("CONECTA_TEST_VNU")
    return Path(named) if named and Path(named).is_file() and shutil.which("java") else None


def chaos_lacks() -> list[str]:
    """What tests/faults/chaos needs and this machine does not have."""
    programs = ("pg_createcluster", "mount", "redis-server", "caddy", "gcc")
    needed = {
        "root": os.geteuid() == 0,
        "Elasticsearch (CONECTA_TEST_ELASTICSEARCH_URL)": os.environ.get("CONECTA_TEST_ELASTICSEARCH_URL"),
        **{name: shutil.which(name) for name in programs},
    }
    return [name for name, found in needed.items() if not found]


def absent() -> list[str]:
    """Names of the services that this machine does not offer."""
    postgres = os.environ.get("CONECTA_TEST_POSTGRES_URL") or os.environ.get("CONECTA_TEST_DATABASE_URL")
    services = {
        "PostgreSQL": postgres,
        "Chromium": browser_path(),
        "axe-core": axe_path(),
        "Node": shutil.which("node"),
        "wagtail-js and Node (CONECTA_TEST_WAGTAIL_CLIENT)": wagtail_client_path(),
        "veraPDF and Java (CONECTA_TEST_VERAPDF)": verapdf_path(),
        "the Nu HTML checker and Java (CONECTA_TEST_VNU)": vnu_path(),
        "Elasticsearch": os.environ.get("CONECTA_TEST_ELASTICSEARCH_URL"),
        "Elasticsearch with security": os.environ.get("CONECTA_TEST_ELASTICSEARCH_SECURED_URL"),
    }
    return [name for name, found in services.items() if not found]
