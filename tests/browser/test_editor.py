"""An editor writes a service in the real form, from empty to published."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from home import demonstration
from services.models import Question, SecretariatPage, ServicePage
from tests.services import charter
from tests.services.newsroom.people import decide, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(live_server: Any, page: Page, settings: Any, tmp_path: Path) -> Page:
    """A moderator on the dashboard."""
    settings.DATA_DIR = tmp_path
    demonstration.accounts()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/admin/")
    page.locator("[name=username]").fill("comunicacao")
    page.locator("[name=password]").fill(demonstration.PASSWORD)
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("heading", name="O que você quer fazer?")).to_be_visible()
    return page


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def submit(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle], .footer .w-dropdown__toggle").last.click()
    page.get_by_role("button", name="Enviar para").click()


def approve(title: str) -> ServicePage:
    """Two others read it and approve."""
    service: ServicePage = ServicePage.objects.get(draft_title=title)
    body = SecretariatPage.objects.ancestor_of(service).get()
    decide(service, person("revisora", "revisao", body=body))
    decide(service, person("segunda", "comunicacao"))
    return charter.fresh(service)


def missing(panel: Locator, sentence: str) -> Locator:
    """The line of the panel that says so."""
    return panel.get_by_role("listitem").filter(has_text=sentence)


def write(part: Locator, content_path: str, text: str) -> None:
    """Type into the rich text editor of a field."""
    box = part.locator(f"[data-contentpath={content_path}] [role=textbox]").first
    box.click()
    box.press_sequentially(text)


def test_a_service_from_empty_to_published(live_server: Any, editor: Page) -> None:
    # The city promises all but how long one waits.
    charter.city(standard_waiting="").save()
    charter.body("Secretaria da Fazenda")
    charter.body("Secretaria da Cultura")
    question = Question(title="Onde você mora?", slug="onde-voce-mora")
    question.answers = [
        ("answer", {"key": "cidade", "text": "Na cidade"}),
        ("answer", {"key": "zona-rural", "text": "Na zona rural"}),
    ]
    question.save()
    question.save_revision().publish()
    page = editor

    page.get_by_role("link", name="Escrever um serviço").click()
    page.get_by_label("Órgão").select_option("Secretaria da Fazenda")
    page.get_by_role("button", name="Escrever o serviço").click()

    # Publishing an empty service is refused, with the sentence at the field.
    page.get_by_placeholder("Nome do serviço").fill("Emitir boleto do IPTU")
    page.keyboard.press("Tab")
    expect(page.locator("[name=slug]")).to_have_value("emitir-boleto-do-iptu")
    submit(page)
    summary = page.locator("[data-contentpath=summary]")
    expect(summary.locator(".error-message")).to_contain_text("Escreva o resumo")
    assert not ServicePage.objects.filter(live=True).exists()
    # All that is missing stands beside the form, and goes as it is written.
    panel = page.locator("[data-side-panel=completeness]")
    expect(panel).to_contain_text("Faltam 7 itens que a lei exige para publicar.")
    page.get_by_role("textbox", name="Resumo").fill("Pegue de novo o boleto do imposto da sua casa.")
    expect(panel).to_contain_text("Faltam 6 itens")
    expect(page.locator("[data-side-panel-toggle=completeness]")).to_contain_text("6")
    missing(panel, "Diga o prazo máximo").get_by_role("link", name="Ir para o campo").click()
    expect(page.locator("[name=time_type]")).to_be_focused()
    page.locator("[name=time_type]").select_option("Na hora")
    missing(panel, "Diga quem pode pedir").get_by_role("link", name="Ir para o campo").click()
    write(page.locator("form"), "requirements", "Ser dono do imóvel.")
    missing(panel, "Diga quanto tempo se espera").get_by_role("link", name="Não se aplica").click()
    reason = page.locator("[data-contentpath=not_applicable] textarea")
    expect(reason).to_be_focused()
    reason.fill("O boleto sai na hora, pela internet.")
    expect(panel).to_contain_text("Faltam 3 itens")
    # Its tab counts the error that it had.
    page.get_by_role("tab", name="O que é").click()
    page.get_by_role("textbox", name="Nomes populares").fill("segunda via do carnê")
    tab(page, "Como fazer")
    steps = page.locator("[data-contentpath=steps]")
    steps.get_by_title("Inserir um bloco").first.click()
    steps.locator("[data-contentpath=title] input").fill("Peça no balcão")
    write(steps, "description", "Leve um documento com foto.")

    # A document only for those who live in the countryside.
    documents = steps.locator("[data-contentpath=documents]").first
    documents.locator("[data-panel-toggle]").first.click()
    cases = documents.locator("[data-contentpath=cases]")
    cases.locator("[data-streamfield-list-add]").first.click()
    cases.locator("[data-contentpath=text] input").first.fill("Se você mora na zona rural")
    cases.locator("[data-contentpath=condition] [data-panel-toggle]").first.click()
    cases.get_by_role("button", name="Escolher pergunta").click()
    page.get_by_role("link", name="Onde você mora?").click()
    answers = cases.locator("[data-contentpath=answers]")
    answers.locator("[data-streamfield-list-add]").first.click()
    answers.get_by_role("combobox").select_option("Na zona rural")
    items = cases.locator("[data-contentpath=items]")
    items.locator("[data-streamfield-list-add]").first.click()
    items.locator("[data-contentpath=name] textarea").fill("Cadastro do imóvel rural")

    channels = steps.locator("[data-contentpath=channels]").first
    channels.locator("[data-panel-toggle]").first.click()
    default = channels.locator("[data-contentpath=default]").first
    default.locator("[data-streamfield-list-add]").first.click()
    default.locator("[data-contentpath=type] select").first.select_option("Presencial")
    default.locator("[data-contentpath=text] textarea, [data-contentpath=text] input").first.fill(
        "Praça de Atendimento"
    )
    expect(panel).to_contain_text("Nada impede a publicação.")

    # This one too counts the error that it had.
    page.get_by_role("tab", name="Compromissos").click()
    expect(page.get_by_text("Ninguém escreveu este compromisso ainda").first).to_be_visible()
    submit(page)
    expect(page.get_by_text("enviada para aprovação").first).to_be_visible()

    service = approve("Emitir boleto do IPTU")
    page.goto(live_server.url + service.url)
    expect(page.get_by_role("heading", name="Emitir boleto do IPTU", level=1)).to_be_visible()
    expect(page.get_by_text("Cadastro do imóvel rural").first).to_be_visible()

    record = json.loads(page.request.get(f"{live_server.url}/api/v1/services/{service.record_id}").text())
    case = record["steps"][0]["documents"]["cases"][0]
    assert case["condition"] == {
        "question": case["condition"]["question"],
        "answers": ["zona-rural"],
    }
    assert case["items"] == [{"name": "Cadastro do imóvel rural"}]
    found = page.request.get(f"{live_server.url}/api/v1/search?q=segunda+via+do+carne").json()
    assert [result["id"] for result in found["results"]] == [service.record_id]
    page.goto(f"{live_server.url}/busca/?q=segunda+via+do+carne")
    expect(page.get_by_role("link", name="Emitir boleto do IPTU").first).to_be_visible()


def test_a_long_list_is_filtered_and_ticked(live_server: Any, editor: Page) -> None:
    service = charter.service(charter.body())
    for number in range(25):
        charter.unit(f"Posto {number:02}")
    charter.unit("Praca de Atendimento")
    page = editor
    page.goto(f"{live_server.url}/admin/pages/{service.pk}/edit/#tab-onde")
    tab(page, "Onde")
    units = page.locator("[data-contentpath=units]")
    units.get_by_placeholder("Filtrar a lista").fill("práça")
    expect(units.locator("label:visible")).to_have_count(1)
    units.get_by_label("Praca de Atendimento").check()
    submit(page)
    expect(page.get_by_text("enviada para aprovação").first).to_be_visible()
    approve(service.title)
    assert [unit.title for unit in charter.fresh(service).units.all()] == ["Praca de Atendimento"]


def test_the_form_fits_a_phone(live_server: Any, editor: Page) -> None:
    body = charter.body()
    charter.service(body)
    page = editor
    page.set_viewport_size({"width": 360, "height": 800})
    for path in (
        "",
        f"pages/{body.pk}/",
        f"pages/{body.pk}/edit/",
        f"pages/add/conecta_services/servicepage/{body.pk}/",
    ):
        page.goto(f"{live_server.url}/admin/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
