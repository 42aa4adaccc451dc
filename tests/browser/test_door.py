"""The door as people see it: the code after the password, and a session that ends while one writes."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from home import demonstration
from home.second_factor.models import Authenticator
from services.models import InformationPage
from tests.browser.axe import violations
from tests.offered import axe_path
from tests.services import charter

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = ((360, 740), (1280, 900))


def enter(page: Page, base: str, login: str) -> None:
    page.goto(f"{base}/admin/login/")
    page.locator("[name=username]").fill(login)
    page.locator("[name=password]").fill(demonstration.PASSWORD)
    page.get_by_role("button", name="Entrar").click()


def code(login: str) -> str:
    device = Authenticator.objects.filter(user__username=login).order_by("-confirmed").first()
    assert device is not None
    while int(time.time()) // 30 <= device.last_t:
        time.sleep(1)
    totp = TOTP(device.bin_key)
    totp.time = time.time()
    return f"{totp.token():06}"


def looked_at(page: Page, name: str) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (name, width, wide)
        if axe_path() is not None:
            assert violations(page) == [], (name, width)


@pytest.fixture
def site(live_server: Any, page: Page, settings: Any, tmp_path: Path) -> str:
    """The admin with its people."""
    settings.DATA_DIR = tmp_path
    settings.CONECTA_SECOND_FACTOR = True
    page.set_default_timeout(15_000)
    demonstration.accounts()
    return str(live_server.url)


def test_a_telephone_is_linked_and_asked_for(site: str, page: Page) -> None:
    page.goto(f"{site}/admin/login/")
    looked_at(page, "entrar")
    enter(page, site, "comunicacao")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ligue um celular à sua conta")
    page.get_by_text("Não consigo usar a câmera").click()
    looked_at(page, "ligar")
    page.get_by_label("Código de 6 números").fill(code("comunicacao"))
    page.get_by_role("button", name="Ligar este celular").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agora guarde estes códigos")
    looked_at(page, "codigos")
    paper = page.locator(".c-door__codes code").first.inner_text()
    page.get_by_role("link", name="Já guardei").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    page.goto(f"{site}/admin/conecta/segundo-fator/minha/")
    looked_at(page, "meu")
    page.goto(f"{site}/admin/conecta/sair/todos-os-aparelhos/")
    looked_at(page, "todos")
    page.get_by_role("button", name="Sair de todos os aparelhos").click()
    expect(page.get_by_text("Você saiu de todos os aparelhos")).to_be_visible()
    enter(page, site, "comunicacao")
    expect(page.get_by_role("heading", level=1)).to_have_text("Digite o código do celular")
    looked_at(page, "codigo")
    page.get_by_label("Código de 6 números").fill("000000")
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_text("Este código não vale")).to_be_visible()
    looked_at(page, "errado")
    page.get_by_role("link", name="Estou sem o celular").click()
    looked_at(page, "papel")
    page.get_by_label("Código de recuperação").fill(paper)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_text("Códigos de recuperação que ainda valem: 9")).to_be_visible()


def test_administracao_resets_a_colleagues(site: str, page: Page) -> None:
    enter(page, site, "admin")
    page.get_by_label("Código de 6 números").fill(code("admin"))
    page.get_by_role("button", name="Ligar este celular").click()
    colleague = get_user_model().objects.get(username="ouvidoria")
    page.goto(f"{site}/admin/conecta/segundo-fator/zerar/{colleague.pk}/")
    looked_at(page, "zerar")
    page.get_by_role("button", name="Zerar o segundo fator").click()
    expect(page.get_by_text("Zerado.")).to_be_visible()


def test_what_is_written_while_the_session_ends_is_saved_after_signing_in_elsewhere(
    site: str, page: Page, settings: Any
) -> None:
    settings.CONECTA_SECOND_FACTOR = False
    written = charter.draft_page(charter.home(), InformationPage, "Sobre a Carta")
    enter(page, site, "comunicacao")
    expect(page).to_have_url(re.compile("/admin/$"))
    page.goto(f"{site}/admin/pages/{written.pk}/edit/")
    title = page.locator("[name=title]")
    saved = page.locator(".w-autosave-indicator__state--saved")
    # Wagtail begins to look for changes two seconds after it has drawn the form.
    page.wait_for_timeout(3_000)
    title.fill("Antes do fim")
    expect(saved).to_be_visible()
    Session.objects.all().delete()
    title.fill("Durante")
    expect(page.locator(".w-autosave-indicator__state--paused")).to_be_visible()
    other = page.context.new_page()
    enter(other, site, "comunicacao")
    expect(other).to_have_url(re.compile("/admin/$"))
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    title.fill("Depois do fim")
    expect(saved).to_be_visible()
    written.refresh_from_db()
    assert written.get_latest_revision_as_object().title == "Depois do fim"
