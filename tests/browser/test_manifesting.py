"""A person complains and follows it: on a phone, with the keyboard alone, without script."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from feedback import by_programs
from feedback.models import Manifestation
from tests.browser.test_search import PHONE, violations
from tests.offered import axe_path
from tests.records import put_record, service

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A portal with a service. Nobody here has to wait as a person would."""
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(by_programs, "TOO_FAST", 0)
    put_record(service("Tapar buraco"))
    return live_server.url


def press_to(page: Page, name: str) -> None:
    """Go with the tabulator to what has this name."""
    for _ in range(80):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => { const e = document.activeElement; "
            "return (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent).trim() }"
        )
        if said.startswith(name):
            return
    pytest.fail(f"the keyboard does not reach: {name}")


def answer(protocol: str) -> None:
    """As the city does."""
    now = timezone.now()
    row = Manifestation.objects.filter(protocol=protocol)
    assert row.update(state="answered", answer="Foi tapado.", answered_at=now, first_answered_at=now) == 1


def complain(page: Page, address: str) -> tuple[str, str]:
    """From the form to the receipt; protocol and secret."""
    page.goto(f"{address}/manifestacoes/nova/")
    press_to(page, "Reclamação")
    page.keyboard.press("Space")
    press_to(page, "Conte o que aconteceu")
    page.keyboard.type("O buraco voltou.")
    press_to(page, "Enviar à Ouvidoria")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recebemos a sua manifestação")
    protocol, secret = page.locator(".c-say__receipt dd").all_inner_texts()
    return protocol, secret


def test_the_whole_way_with_the_keyboard_alone_and_without_script(address: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=True, viewport=PHONE).new_page()
    page.route("**/*.js", lambda route: route.abort())
    protocol, secret = complain(page, address)
    page.reload()
    assert page.locator(".c-say__receipt dd").all_inner_texts() == [protocol, secret]
    page.go_back()
    page.go_forward()
    assert Manifestation.objects.get().doubtful is False
    page.goto(f"{address}/manifestacoes/acompanhar/")
    press_to(page, "Protocolo")
    page.keyboard.type(protocol)
    press_to(page, "Código secreto")
    page.keyboard.type(secret.lower().replace("-", " "))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Manifestação {protocol}")
    answer(protocol)
    page.reload()
    press_to(page, "Não")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Você disse: Não. Obrigado.")).to_be_visible()
    press_to(page, "O que faltou?")
    page.keyboard.type("Abriu de novo.")
    press_to(page, "Reabrir")
    page.keyboard.press("Enter")
    expect(page.locator(".c-answer__line")).to_have_text("Em análise")
    page.context.close()


def test_without_any_script_a_photo_is_sent(address: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(f"{address}/manifestacoes/nova/")
    page.get_by_label("Elogio").check()
    file = {"name": "foto.png", "mimeType": "image/png", "buffer": b"<html>"}
    page.get_by_label("Fotos ou documentos").set_input_files([file])
    page.get_by_role("button", name="Enviar à Ouvidoria").click()
    expect(page.locator(".c-notice--warning")).to_contain_text("foto.png não foi guardado")
    page.context.close()


@pytest.mark.skipif(axe_path() is None, reason="no axe-core on this machine")
def test_axe_finds_nothing(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    protocol, secret = complain(page, address)
    assert violations(page) == []
    page.goto(f"{address}/manifestacoes/acompanhar/")
    page.get_by_label("Protocolo").fill(protocol)
    page.get_by_label("Código secreto").fill(secret)
    page.get_by_role("button", name="Ver a situação").click()
    answer(protocol)
    for path in (
        "manifestacoes/acompanhar/situacao",
        "manifestacoes/acompanhar/apagar",
        "manifestacoes/acompanhar",
        "manifestacoes",
        "manifestacoes/nova",
        "privacidade/direitos",
    ):
        page.goto(f"{address}/{path}/")
        for summary in page.locator("main details:not([open]) > summary:visible").all():
            summary.click()
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
