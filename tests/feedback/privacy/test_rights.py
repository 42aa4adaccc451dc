"""A person learns in plain words what is kept of them and whom to ask (LGPD arts. 9, 18 and 41)."""

import re

import pytest
from django.test import Client

from feedback.models import DataOfficer

pytestmark = pytest.mark.django_db
ADDRESS = "/privacidade/direitos/"


def test_lgpd_art_41_the_officers_name_and_contact_are_public(client: Client) -> None:
    assert "ainda não informou o nome" in client.get(ADDRESS).content.decode()
    officer = DataOfficer.load()
    officer.name, officer.email, officer.phone = "Maria de Souza", "dados@cidade.example", "(77) 3000-0000"
    officer.save()
    html = client.get(ADDRESS).content.decode()
    assert "Maria de Souza" in html
    assert 'href="mailto:dados@cidade.example"' in html
    assert 'href="tel:' in html


def test_lgpd_art_9_the_page_is_reached_from_every_page_and_leads_to_what_it_promises(client: Client) -> None:
    assert f'href="{ADDRESS}"' in client.get("/servicos/").content.decode()
    html = client.get(ADDRESS).content.decode()
    main = re.search(r"<main.*?</main>", html, re.DOTALL).group()
    assert 'href="/manifestacoes/acompanhar/"' in main
    assert "24 meses" in main
    # As the panel of a service does it (``feedback.panel.voices``).
    assert "só aparece no site se a Ouvidoria o ler antes" in main


def test_the_officer_is_edited_in_the_admin_by_who_may(admin_client: Client) -> None:
    form = admin_client.get("/admin/settings/conecta_feedback/dataofficer/", follow=True).content.decode()
    for name in ("name", "email", "phone", "address"):
        assert f'name="{name}"' in form
