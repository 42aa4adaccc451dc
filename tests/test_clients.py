"""The examples of docs/clients.md and docs/api.md are run as they stand there, against a real server."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.records import put_record, ref, service, topic

pytestmark = pytest.mark.django_db(transaction=True)
DOCUMENTS = Path(__file__).resolve().parents[1] / "docs"
COMMANDS = {
    "sh": ["bash", "-euc"],
    "python": [sys.executable, "-c"],
    "js": ["node", "--input-type=module", "-e"],
}
TITLES = ["Emitir a segunda via do IPTU", "Parcelar dívida", "Pedir isenção"]


def blocks(document: str, language: str) -> list[str]:
    """A document's code in a language, in its order."""
    text = (DOCUMENTS / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(language: str, code: str, portal: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own document
        [*COMMANDS[language], code],
        env={"PATH": os.environ["PATH"], "PORTAL": portal},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
    return done.stdout.strip()


@pytest.fixture
def portal(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """Three services of a topic."""
    settings.DATA_DIR = tmp_path
    taxes = topic("Impostos")
    put_record(taxes)
    for title in TITLES:
        put_record(service(title, topics=[ref(taxes)]))
    return live_server.url


def shows_json(key: str, length: int) -> Callable[[str], None]:
    def check(output: str) -> None:
        assert len(json.loads(output)[key]) == length

    return check


def says(text: str) -> Callable[[str], None]:
    def check(output: str) -> None:
        assert output == text

    return check


EXPECTED = {
    ("api.md", "sh"): [shows_json("results", 2), shows_json("changes", 4)],
    ("clients.md", "sh"): [shows_json("results", 1), says("304"), shows_json("changes", 2), shows_json("results", 2)],
    ("clients.md", "python"): [says(TITLES[0]), says("\n".join(TITLES)), says("4 records\nTrue")],
    ("clients.md", "js"): [says(TITLES[0]), says("\n".join(TITLES)), says("4 records")],
}


def test_every_example_works(portal: str) -> None:
    for (document, language), checks in EXPECTED.items():
        if shutil.which(COMMANDS[language][0]) is None:
            # Said at the end of the suite, and a failure where all must be whole.
            continue
        for code, check in zip(blocks(document, language), checks, strict=True):
            check(run(language, code, portal))
