"""Passwords that everybody in a Brazilian city hall would try first."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.identity import city_identity

#: Django's list of common passwords is of the whole world's.
_WORDS = (
    *("prefeitura", "municipio", "municipal", "secretaria", "servidor", "servico", "servicos", "cidadao", "brasil"),
    *("senha", "mudar", "trocar", "acesso", "conecta", "admin", "administracao", "gestao", "carta"),
    *("flamengo", "corinthians", "palmeiras", "deus", "jesus", "familia", "felicidade", "obrigado"),
)


class EasyHereValidator:
    """Refuses what is left of such a word, or of the city's name, with numbers and signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``."""
        letters = re.sub(r"[^a-z]", "", _plain(password))
        rest = letters
        for word in sorted({*_WORDS, *_plain(city_identity().name).split()}, key=len, reverse=True):
            if len(word) > 2:
                rest = rest.replace(word, "")
        if letters and len(rest) < 4 and rest != letters:
            raise ValidationError(
                _("Esta senha é fácil de adivinhar aqui. Junte três ou quatro palavras sem relação com a cidade."),
                code="password_easy_here",
            )

    def get_help_text(self) -> str:
        """As shown beside the field."""
        return _("Não use só o nome da cidade ou palavras como “prefeitura”, mesmo com números.")


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
