"""A page that older code made is not given out by newer code, where processes share a cache."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from conecta_site.code_version import fingerprint


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("home/templates/500.html", "services/timing.py", "home/locale/es/LC_MESSAGES/django.mo"):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(settings.BASE_DIR) / name, copy)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["home/templates/500.html", "services/timing.py", "home/locale/es/LC_MESSAGES/django.mo"]
)
def test_what_makes_a_page_tells_it_apart(site: Path, name: str) -> None:
    before = fingerprint(site)
    assert fingerprint(site) == before
    with (site / name).open("ab") as file:
        file.write(b"\n")
    assert fingerprint(site) != before


def test_a_file_that_comes_or_goes_tells_it_apart(site: Path) -> None:
    before = fingerprint(site)
    (site / "home" / "templates" / "more.html").touch()
    assert fingerprint(site) != before
