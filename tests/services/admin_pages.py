"""A small charter for the tests of the admin: a home, a body, services below it."""

from typing import Any

from home.models import HomePage
from services.models import SecretariatPage, ServicePage


def body_page(title: str = "Secretaria Municipal de Finanças", **fields: Any) -> SecretariatPage:
    home = HomePage.objects.get()
    return home.add_child(instance=SecretariatPage(title=title, **fields))


def service_page(body: SecretariatPage, title: str, **fields: Any) -> ServicePage:
    page = body.add_child(instance=ServicePage(title=title, **{"summary": "O que é.", **fields}))
    page.save_revision().publish()
    page.refresh_from_db()
    return page
