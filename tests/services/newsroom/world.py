"""A city in which every act of the table can be tried."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from services.models import FormTemplate, InformationPage, SecretariatPage, ServicePage, Topic, Unit
from tests.services import charter
from tests.services.editing import filled_in
from tests.services.newsroom.people import browser, person, set_up

DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
ROLES = {
    "Redação": "redacao",
    "Revisão": "revisao",
    "Comunicação": "comunicacao",
    "Ouvidoria": "ouvidoria",
    "Controle": "controle",
    "Administração": "administracao",
    "Superuser": "",
}


@dataclass
class World:
    """Two bodies; somebody of the role in question; colleagues of the other roles."""

    user: Any
    client: Client
    reviewer: Any
    own: SecretariatPage
    other: SecretariatPage
    draft: ServicePage
    other_draft: ServicePage
    live: ServicePage
    other_live: ServicePage
    unit: Unit
    other_unit: Unit
    form: FormTemplate
    topic: Topic
    page: InformationPage


def build(role: str) -> World:
    """Somebody of a role in a small city."""
    set_up()
    own, other = charter.body("Saúde", acronym="SMS"), charter.body("Fazenda", acronym="SEFIN")
    key = ROLES[role]
    user = person("eu", key, body=own) if key else person("eu", is_superuser=True)
    return World(
        user=user,
        client=browser(user),
        reviewer=person("colega", "revisao", body=own),
        own=own,
        other=other,
        draft=charter.draft_page(own, ServicePage, "Marcar consulta"),
        other_draft=charter.draft_page(other, ServicePage, "Parcelar dívida secreta"),
        live=charter.service(own, "Tomar vacina"),
        other_live=charter.service(other, "Emitir boleto"),
        unit=charter.unit("Posto", secretariat=own),
        other_unit=charter.unit("Coletoria", secretariat=other),
        form=charter.form(secretariat=own),
        topic=charter.topic("Impostos"),
        page=charter.draft_page(charter.home(), InformationPage, "Sobre a Carta"),
    )


def sent(client: Client, address: str, **changes: Any) -> bool:
    """Whether a form opens and is taken."""
    shown = client.get(address)
    if shown.status_code != 200:
        return False
    response = client.post(address, filled_in(shown, **changes))
    return response.status_code == 302 and response.url != reverse("wagtailadmin_home")


def opens(client: Client, address: str) -> bool:
    """Whether a page opens."""
    return client.get(address).status_code == 200
