"""The three middle apps as a plugin: what ``wagtail start`` makes, in English, without wagtail-localize."""

import json
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PLAIN = REPOSITORY / "tests" / "plain_site"
MARK = "# Conecta"
SETTINGS = """\
from plain.settings.dev import *

DATABASES["default"]["NAME"] = {folder!r} + "/plain.sqlite3"
DATA_DIR = Path({folder!r})
"""


def run(folder: Path, *command: str) -> str:
    """Run Python in a process that sees the plain site first, then Conecta; its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CONECTA_", "DJANGO_"))}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(folder), str(PLAIN), str(REPOSITORY)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "story_settings",
    }
    # -P: the script's own folder must not stand before the plain site's packages.
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-P", *command], env=environment, cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_service_is_written_published_found_and_read(tmp_path: Path) -> None:
    (tmp_path / "story_settings.py").write_text(SETTINGS.format(folder=str(tmp_path)), encoding="utf-8")
    run(tmp_path, "-m", "django", "migrate", "--verbosity", "0")
    seen = json.loads(run(tmp_path, str(REPOSITORY / "tests" / "plain_story.py")))
    assert seen["status"].pop("draft") == 404
    assert set(seen["status"].values()) == {200}
    assert "Book an appointment with a doctor." in seen["page"]
    # The host's own base template is around it.
    assert "plain.css" in seen["page"]
    # Our own words come in the host's language.
    assert "Related services" in seen["form"]
    assert "Name of the service" in seen["form"]
    assert "Did you mean <strong>see a doctor</strong>?" in seen["search"]
    assert 'data-suggest="/api/v1/suggest?lang=en' in seen["search"]
    for portuguese in ("Serviço", "Órgão", "Você", "Prefeitura", "órgão"):
        assert portuguese not in seen["page"]
        assert portuguese not in seen["search"]
        assert portuguese not in seen["form"]
    assert seen["record"]["title"] == "Book an appointment"
    assert seen["record"]["locale"] == "en"
    assert seen["found"] == ["Book an appointment"]


def test_it_takes_at_most_fifteen_lines_and_all_are_documented() -> None:
    lines = [
        line.split(MARK)[0].strip()
        for path in sorted(PLAIN.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.endswith(MARK)
    ]
    guide = (REPOSITORY / "docs" / "plugin.md").read_text(encoding="utf-8")
    assert 5 <= len(lines) <= 15
    assert [line for line in lines if line not in guide] == []
