"""The page of the system's state: plain words, and what to do."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.state.signs import signs
from services.models import SignOfLife
from services.models.sign_of_life import BACKUP, WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def found() -> dict[str, Any]:
    return {sign.name: sign for sign in signs(timezone.now())}


def test_a_new_installation_says_what_it_lacks() -> None:
    told = found()
    states = {name: sign.state for name, sign in told.items()}
    assert states == {
        "Banco de dados": "good",
        "Atualização do banco de dados": "good",
        "Trabalho de fundo": "bad",
        "Busca desta máquina": "look",
        "Espaço em disco": states["Espaço em disco"],
        "E-mails": "look",
        "Cópia de segurança": "look",
        "Versão": "good",
    }
    assert all(sign.words for sign in told.values())
    assert all(bool(sign.todo) == (sign.state != "good") for sign in told.values())


@pytest.mark.parametrize(
    ("name", "who", "ago", "state"),
    [
        ("Trabalho de fundo", WORKER, timedelta(minutes=1), "good"),
        ("Trabalho de fundo", WORKER, timedelta(hours=3), "bad"),
        ("Cópia de segurança", BACKUP, timedelta(hours=20), "good"),
        ("Cópia de segurança", BACKUP, timedelta(days=9), "bad"),
    ],
)
def test_who_was_last_seen_long_ago_is_told(name: str, who: str, ago: timedelta, state: str) -> None:
    SignOfLife.give(who, timezone.now() - ago)
    assert found()[name].state == state


def test_a_full_disk_and_a_mail_server_that_is_away_are_told(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 10**8))
    told = found()
    assert (told["E-mails"].state, told["Espaço em disco"].state) == ("bad", "bad")
    assert told["Espaço em disco"].words == "0,1 GB livres."


def test_the_page_is_for_who_looks_after_the_system(client: Client, django_assert_max_num_queries: Any) -> None:
    address = reverse("conecta_state:state")
    assert client.get(address).status_code == 302
    client.force_login(get_user_model().objects.create_superuser("ana", password="x"))
    client.get(address)
    with django_assert_max_num_queries(30):
        html = client.get(address).content.decode()
    assert "Algo precisa de conserto" in html
    assert "O que fazer:" in html
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
