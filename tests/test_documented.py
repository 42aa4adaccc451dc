"""What the documentation tells to type exists; and the blocks that can be run are run, by the test that each names."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.cited import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
APPS = ("conecta_site", "feedback", "home", "search", "services")
#: Page with blocks that can be run as they stand → what runs them.
RUN_BY = {
    "api.md": "tests/test_clients.py",
    "clients.md": "tests/test_clients.py",
    "front-ends.md": "tests/services/front_ends/test_examples.py",
    "install.md": ".ci/install-page",
    "operate.md": ".ci/install-page",
    "plugin.md": "tests/test_plain_site.py",
    "ratings.md": "tests/feedback/ways/test_documented.py",
    "scale.md": "tests/test_simulation.py",
    "webhooks.md": "tests/services/webhooks/test_documented.py",
}


def own_commands() -> set[str]:
    found = (ROOT.glob(f"{app}/management/commands/[a-z]*.py") for app in APPS)
    return {path.stem for paths in found for path in paths}


def test_every_command_that_is_told_exists_and_every_one_of_ours_is_told() -> None:
    told = set(re.findall(r"`?manage(?:\.py)? ([a-z]\w+)", TEXT))
    known = set(get_commands())
    assert told - known - {"of"} == set()
    # ``publish_scheduled`` is Wagtail's own name, for those whose timers call it.
    assert own_commands() - told - {"publish_scheduled"} == set()


def test_every_target_of_make_that_is_told_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", TEXT)) <= targets


def test_every_setting_that_is_told_is_read_and_every_one_that_is_read_is_told() -> None:
    source = (ROOT / "conecta_site" / "configuration.py").read_text(encoding="utf-8")
    read = {f"CONECTA_{name}" for name in re.findall(r"(?:env\.\w+|needed|\.bool)\(\s*\"([A-Z_]+)\"", source)}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    # The row of Elasticsearch's settings gives their ends alone.
    told = set(re.findall(r"CONECTA_[A-Z_]+[A-Z]", readme)) | {
        f"CONECTA_ELASTICSEARCH{end}" for end in re.findall(r"`(_[A-Z_]+)`", readme)
    }
    assert read - told == set()
    assert {name for name in told if "_TEST_" not in name} - read == set()


@pytest.mark.parametrize("told", PAGES[1:], ids=lambda told: told.name)
def test_blocks_that_can_be_run_are_run(told: Path) -> None:
    """``console`` marks what needs a machine of its own (systemd, a container engine, the city's name)."""
    if not re.search(r"^```(sh|python|js)$", told.read_text(encoding="utf-8"), re.MULTILINE):
        assert told.name not in RUN_BY
        return
    assert told.name in (ROOT / RUN_BY[told.name]).read_text(encoding="utf-8")


def test_the_two_commands_of_the_readme_are_run() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "begin demo .ci/demo" in run
    assert "make --no-print-directory test" in run
    assert "demo PORT=" in (ROOT / ".ci" / "demo").read_text(encoding="utf-8")


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(
            r"\]\(([^)#:]+)(?:#[^)]*)?\)", re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))
        )
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = set(re.findall(r"\(([\w-]+\.md)\)", (ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in PAGES} - {"README.md"} == listed
