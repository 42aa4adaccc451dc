"""What an installation of a city's does not start with; all that is wrong is said at once."""

import dataclasses
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from conecta_site.configuration import contact_key_of, demo_contact_key, demo_secret_key
from home import demonstration
from home.demo_guard import refuse_demonstration
from tests import records
from tests.services.entries import take_over

ROOT = Path(__file__).resolve().parents[3]
READS = (
    "import conecta_site.settings as s; print(s.DEBUG, s.CONECTA.demo, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE)"
)


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """A city's own, complete: without what the suite sets for itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONECTA_", "DJANGO_"))}
    return (
        kept
        | {
            "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
            "CONECTA_SECRET_KEY": "kq3Zr8vT1xWmB6nY0cJdL5sHfG2aPeU9iOoXtRzVbNlMwQyEuKgS",
            "CONECTA_ALLOWED_HOSTS": "servicos.example.gov.br",
            "CONECTA_BASE_URL": "https://servicos.example.gov.br",
            "CONECTA_DATABASE_URL": f"sqlite:///{folder}/conecta.sqlite3",
            "CONECTA_DATA_DIR": str(folder),
            "CONECTA_CONTACT_KEYS": Fernet.generate_key().decode(),
            "CONECTA_EMAIL_URL": "smtp://localhost:25",
            "CONECTA_EMAIL_FROM": "servicos@example.gov.br",
        }
        | changes
    )


def python(code: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - Python, with a line of this file
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_what_is_safe_is_so_without_being_asked(tmp_path: Path) -> None:
    done = python(READS, environment(tmp_path))
    assert done.stdout.split() == ["False", "False", str(365 * 24 * 3600), "True"], done.stderr
    # No variable turns it on.
    assert python(READS, environment(tmp_path, DEBUG="1", CONECTA_DEBUG="1")).stdout.split()[0] == "False"


def test_all_that_is_wrong_is_said_in_one_message(tmp_path: Path) -> None:
    demo_secret_key(tmp_path)
    wrong = environment(
        tmp_path,
        CONECTA_SECRET_KEY="curta",
        CONECTA_ALLOWED_HOSTS="*",
        CONECTA_BASE_URL="http://servicos.example.gov.br",
        CONECTA_EMAIL_URL="dummymail://",
        CONECTA_CONTACT_KEYS=demo_contact_key(tmp_path),
    )
    del wrong["CONECTA_DATABASE_URL"]
    said = python(READS, wrong).stderr.strip().splitlines()[-1]
    assert said.startswith("environs.exceptions.EnvValidationError")
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "CONTACT_KEYS", "DATABASE_URL"):
        assert f"CONECTA_{name}" in said


@pytest.mark.parametrize("key", ["", "a" * 60, "django-insecure-" + "q1w2e3r4t5" * 5, "q1w2e3r4t5" * 4])
def test_a_key_that_can_be_guessed_is_refused(tmp_path: Path, key: str) -> None:
    assert "CONECTA_SECRET_KEY" in python(READS, environment(tmp_path, CONECTA_SECRET_KEY=key)).stderr


def test_the_keys_of_a_demo_are_refused_where_it_stood(tmp_path: Path) -> None:
    key = demo_secret_key(tmp_path)
    assert "demo's key" in python(READS, environment(tmp_path, CONECTA_SECRET_KEY=key)).stderr
    many = f"{Fernet.generate_key().decode()},{demo_contact_key(tmp_path)}"
    assert contact_key_of(tmp_path).exists()
    assert "demo's key" in python(READS, environment(tmp_path, CONECTA_CONTACT_KEYS=many)).stderr


@pytest.fixture
def in_production(settings: Any) -> None:
    settings.CONECTA = dataclasses.replace(settings.CONECTA, demo=False)


@pytest.mark.django_db
@pytest.mark.usefixtures("in_production")
def test_nothing_starts_beside_a_demonstration() -> None:
    refuse_demonstration()
    demonstration.accounts()
    take_over([records.topic("Saude", source=demonstration.SOURCE, url="")])
    with pytest.raises(ImproperlyConfigured, match=r"login admin.*charter .1 entries.*load_demo --remove"):
        refuse_demonstration()
    assert [each.id for each in run_checks(tags=[Tags.database])] == ["conecta_home.E001"]
    with pytest.raises(CommandError, match="demonstration"):
        call_command("worker", "--once", stderr=io.StringIO())
    demonstration.remove()
    refuse_demonstration()


@pytest.mark.django_db
def test_a_demo_starts_beside_its_own() -> None:
    demonstration.accounts()
    refuse_demonstration()


def test_the_server_asks_before_it_answers() -> None:
    text = (ROOT / "conecta_site" / "wsgi.py").read_text(encoding="utf-8")
    assert text.index("get_wsgi_application()") < text.index("refuse_demonstration()")


def test_check_deploy_has_nothing_to_say(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = environment(tmp_path)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert "no issues (1 silenced)" in done.stdout
