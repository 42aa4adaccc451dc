"""A password is long, not known to everybody, and refused in words that help."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import translation
from wagtail.models import Site

from home.models import CityIdentity

pytestmark = pytest.mark.django_db


def said(password: str, user: Any = None) -> str:
    with translation.override("pt-br"):
        try:
            validate_password(password, user)
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


@pytest.fixture(autouse=True)
def _city() -> None:
    site = Site.objects.get(is_default_site=True)
    CityIdentity.objects.create(site=site, name="Prefeitura de Vitória da Conquista")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("curta-9x!", "pelo menos 10 caracteres"),
        ("1234567890", "muito comum"),
        ("90817263549", "inteiramente numérica"),
        ("Prefeitura2026", "fácil de adivinhar"),
        ("conquista@123", "fácil de adivinhar"),
        ("Vitória.da.Conquista", "fácil de adivinhar"),
        ("BRASIL!!2026!!", "fácil de adivinhar"),
        ("senhaprefeitura", "fácil de adivinhar"),
    ],
)
def test_what_is_easy_is_refused_in_portuguese(password: str, words: str) -> None:
    assert words in said(password)


def test_what_tells_who_one_is_is_refused() -> None:
    user = get_user_model()(username="mariaalmeida", first_name="Maria")
    assert "parecida" in said("mariaalmeida1", user) or "similar" in said("mariaalmeida1", user)


@pytest.mark.parametrize("password", ["cavalo bateria grampo", "xK3-vento-mala-9", "prefeitura cavalo azul grampo"])
def test_what_is_long_and_ones_own_is_taken(password: str) -> None:
    assert said(password) == ""


def test_help_is_given_before() -> None:
    with translation.override("pt-br"):
        assert any("prefeitura" in text for text in password_validators_help_texts())


def test_production_hashes_as_django_does() -> None:
    from conecta_site import settings as production

    with override_settings(PASSWORD_HASHERS=getattr(production, "PASSWORD_HASHERS", None) or _default()):
        assert get_hasher("default").algorithm == "pbkdf2_sha256"
        assert get_hasher("default").iterations >= 600_000


def _default() -> list[str]:
    from django.conf import global_settings

    return list(global_settings.PASSWORD_HASHERS)
