"""What brings the site to a machine is well formed, and names only settings that there are."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_image_is_built_without_known_mistakes() -> None:
    run(str(BIN / "hadolint"), "--failure-threshold", "info", "Dockerfile")


def test_compose_is_what_compose_reads() -> None:
    run(str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "compose.yaml")


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "deploy/conecta.env.example"])
def test_each_setting_is_told_in_the_readme(name: str) -> None:
    # Of the front, and of Compose itself.
    others = {"CONECTA_HOST", "CONECTA_WEB", "CONECTA_MEDIA", "CONECTA_WHOLE_REQUESTS"}
    named = set(re.findall(r"\bCONECTA_[A-Z_]+\b", (ROOT / name).read_text(encoding="utf-8"))) - others
    assert named
    assert {found for found in named if f"`{found}`" not in README} == set()


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy/systemd").iterdir()), ids=lambda unit: unit.name)
def test_services_run_as_nobody_special_and_write_only_their_data(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    if unit.suffix == ".timer":
        assert "OnCalendar=" in text
        return
    for line in ("User=conecta", "NoNewPrivileges=yes", "ProtectSystem=strict", "ReadWritePaths=/srv/conecta/data"):
        assert f"\n{line}\n" in text


def test_the_image_and_the_unit_start_the_same_web_server() -> None:
    """But for where it listens: in a container to the other containers, on a machine to this machine."""
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    unit = (ROOT / "deploy/systemd/conecta-web.service").read_text(encoding="utf-8")
    command = json.loads(image[image.rindex("CMD [") + 4 :])
    started = re.search(r"^ExecStart=\S+/(granian .*)$", unit, re.MULTILINE)
    assert started is not None
    assert [each.replace("0.0.0.0", "127.0.0.1") for each in command] == started[1].split()  # noqa: S104
    told = re.search(r"^Environment=(MALLOC_.*)$", unit, re.MULTILINE)
    assert told is not None
    assert told[1] in image


def test_what_was_uploaded_runs_nothing() -> None:
    front = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    media = front[front.index("handle /media/*") : front.index("file_server")]
    policy = re.search(r'Content-Security-Policy "([^"]+)"', media)
    assert policy is not None
    assert {"default-src 'none'", "sandbox"} <= {each.strip() for each in policy[1].split(";")}
    assert "X-Content-Type-Options nosniff" in media
