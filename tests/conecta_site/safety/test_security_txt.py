"""Where to report a weakness (RFC 9116)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from conecta_site.configuration import read_configuration

ROOT = Path(__file__).resolve().parents[3]


def test_it_is_where_programs_look_for_it(client: Client) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert said["Contact"] == "mailto:conecta@localhost"
    assert said["Canonical"] == "http://127.0.0.1:8000/.well-known/security.txt"
    assert said["Preferred-Languages"] == "pt, es, en"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365), "section 2.5.5"
    assert client.post("/.well-known/security.txt").status_code == 405


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"CONECTA_EMAIL_FROM": "Cidade <ti@example.gov.br>"}, "mailto:ti@example.gov.br"),
        ({"CONECTA_SECURITY_CONTACT": "https://example.gov.br/falhas"}, "https://example.gov.br/falhas"),
    ],
)
def test_the_city_says_who_reads_it(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], told: str) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert read_configuration().security_contact == told


def test_the_readme_leads_to_what_is_promised() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    promised = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "/.well-known/security.txt" in promised
