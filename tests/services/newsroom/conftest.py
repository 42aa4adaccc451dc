"""A city with one body, and its newsroom."""

from dataclasses import dataclass
from typing import Any

import pytest

from services.models import SecretariatPage
from tests.services import charter
from tests.services.newsroom.people import person, set_up


@dataclass
class Newsroom:
    """Who works there."""

    body: SecretariatPage
    writer: Any
    reviewer: Any
    approver: Any


@pytest.fixture
def newsroom() -> Newsroom:
    """Saúde with a writer and a reviewer, and one person of Comunicação."""
    set_up()
    body = charter.body("Secretaria da Saúde", acronym="SMS")
    return Newsroom(
        body,
        person("escreve", "redacao", body=body),
        person("revisa", "revisao", body=body),
        person("aprova", "comunicacao"),
    )
