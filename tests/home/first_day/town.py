"""A city on its first day, with the first person of Administração."""

from typing import Any

from django.test import Client

from services.models import SecretariatPage
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up


def first_person(login: str = "ana") -> Any:
    """Of Administração, where the roles are."""
    set_up()
    return person(login, "administracao")


def at_work(login: str = "ana") -> Client:
    """In her browser."""
    return browser(first_person(login))


def finance() -> SecretariatPage:
    """A body, with its groups."""
    return charter.body("Secretaria Municipal de Finanças", acronym="SEFIN")
