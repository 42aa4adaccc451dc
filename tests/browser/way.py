"""The whole way of a service through the real admin, as its people go it, with pictures if asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Locator, Page, expect

from home import demonstration

#: Called with a picture's name at each station.
Shoot = Callable[[str, Page], None]


def no_pictures(_name: str, _page: Page) -> None:
    """A test needs none."""


@dataclass
class Way:
    """A service on its way. Each person has a browser of their own."""

    base: str
    browser: Browser
    title: str
    shoot: Shoot = no_pictures
    pages: dict[str, Page] = field(default_factory=dict)

    def of(self, login: str) -> Page:
        """The browser of one of the demonstration's people, logged in; ``""`` is a citizen's."""
        if login not in self.pages:
            size: Any = {"width": 1280, "height": 800}
            page = self.browser.new_context(locale="pt-BR", timezone_id="America/Bahia", viewport=size).new_page()
            page.set_default_timeout(15_000)
            if login:
                page.goto(f"{self.base}/admin/login/")
                page.locator("[name=username]").fill(login)
                page.locator("[name=password]").fill(demonstration.PASSWORD)
                page.locator("button[type=submit]").click()
                expect(page.get_by_role("heading", name="O que você quer fazer?")).to_be_visible()
            self.pages[login] = page
        return self.pages[login]

    def write(self) -> None:
        """As Redação: begin at the dashboard, be refused for what is missing, mend it, and ask for approval."""
        page = self.of("redacao")
        self.shoot("painel", page)
        page.get_by_role("link", name="Escrever um serviço").click()
        if page.get_by_role("button", name="Escrever o serviço").count():
            self.shoot("escolher-orgao", page)
            page.get_by_role("button", name="Escrever o serviço").click()
        page.get_by_placeholder("Nome do serviço").fill(self.title)
        page.keyboard.press("Tab")
        expect(page.locator("[name=slug]")).not_to_have_value("")
        submit(page)
        expect(page.locator("[data-contentpath=summary] .error-message")).to_contain_text("Escreva o resumo")
        panel = page.locator("[data-side-panel=completeness]")
        expect(panel).to_contain_text("que a lei exige para publicar")
        self.shoot("recusado", page)

        page.get_by_role("textbox", name="Resumo").fill("Peça de volta o que pagou a mais em um imposto da cidade.")
        complete(
            page,
            requirements="Ter pago um imposto da cidade a mais.",
            description="Leve o comprovante do pagamento.",
            document="Comprovante do pagamento",
        )
        self.shoot("completo", page)
        submit(page)
        expect(page.get_by_text("enviada para aprovação").first).to_be_visible()

    def send_back(self, login: str, comment: str) -> None:
        """Ask for changes, with a comment."""
        page = self.open_from_inbox(login, "Ler e decidir")
        act(page, "Pedir mudanças")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(comment)
        self.shoot("pedir-mudancas", page)
        dialog.get_by_role("button", name="Pedir mudanças").click()
        expect(page.locator(".messages").get_by_text(self.title)).to_be_visible()

    def send_again(self, comment: str, **changes: str) -> None:
        """As Redação: read what was said, mend it, and ask again."""
        page = self.of("redacao")
        page.goto(f"{self.base}/admin/")
        expect(page.get_by_text(comment).first).to_be_visible()
        self.shoot("voltou", page)
        page = self.open_from_inbox("redacao", "Corrigir")
        self.change(page, **changes)
        submit(page, "Reenviar")

    def change(self, page: Page, *, summary: str) -> None:
        """Write another summary into an open form."""
        page.get_by_role("textbox", name="Resumo").fill(summary)

    def approve(self, login: str) -> None:
        """Read what waits, and approve it."""
        page = self.open_from_inbox(login, "Ler e decidir")
        self.shoot(f"decidir-{login}", page)
        act(page, "Aprovar")
        expect(page.locator(".messages").get_by_text(self.title)).to_be_visible()

    def read(self) -> str:
        """As a citizen: find it in the search, and read it; its address."""
        page = self.of("")
        page.goto(f"{self.base}/busca/?q={quote('imposto pago a mais')}")
        self.shoot("busca", page)
        page.get_by_role("link", name=self.title).first.click()
        expect(page.get_by_role("heading", name=self.title, level=1)).to_be_visible()
        self.shoot("portal", page)
        return page.url

    def edit_page(self, login: str) -> Page:
        """The form, by the list of services."""
        page = self.of(login)
        page.goto(f"{self.base}/admin/servicos/?q={quote(self.title)}")
        page.get_by_role("link", name=self.title, exact=True).first.click()
        expect(page.locator("[data-edit-form]")).to_be_visible()
        return page

    def review(self) -> None:
        """As Redação: it was looked at, and nothing has changed."""
        page = self.edit_page("redacao")
        page.get_by_role("button", name="Ações", exact=True).click()
        page.get_by_role("link", name="Revisado, nada mudou").first.click()
        self.shoot("revisar", page)
        page.get_by_role("button", name="Sim, nada mudou").click()
        expect(page.get_by_text("foi revisado").first).to_be_visible()

    def suspend(self, message: str) -> None:
        """As Revisão: it is suspended from now on, without anybody's approval."""
        page = self.of("revisao")
        page.goto(f"{self.base}/admin/")
        page.get_by_role("link", name="Suspender um serviço").click()
        page.get_by_role("button", name="Escolha").or_(page.get_by_role("button", name="Escolher")).first.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox").first.fill(self.title)
        dialog.get_by_role("link", name=self.title).first.click()
        expect(dialog).to_be_hidden()
        page.locator("[name=starts]").fill("01/01/2026 08:00")
        page.keyboard.press("Tab")
        page.locator("[name=message]").fill(message)
        # A calendar goes when something else is pressed.
        page.get_by_role("heading", name="Suspensão").click()
        self.shoot("suspender", page)
        page.get_by_role("button", name="Salvar").click()
        expect(page.locator(".messages")).to_contain_text(self.title)

    def translate(self, word: Callable[[int], str]) -> None:
        """As Comunicação: into Spanish, string by string; published only when none is missing."""
        page = self.edit_page("comunicacao")
        page.get_by_role("button", name="Ações", exact=True).click()
        page.get_by_role("link", name="Traduzir esta página").first.click()
        page.get_by_label("Español").check()
        page.get_by_role("button", name="Enviar").click()
        publish = page.get_by_role("button", name="Publicar em")
        expect(publish.first).to_be_visible()
        expect(page.get_by_role("button", name="Mais ações").first).to_be_visible()
        expect(page.get_by_role("heading", name="De Português para Español").first).to_be_visible()
        publish.first.click()
        expect(page.locator(".messages")).to_contain_text("traduzir")
        waiting = page.get_by_role("button", name="Traduzir", exact=True)
        expect(waiting.first).to_be_visible()
        self.shoot("traduzir", page)
        tabs = page.get_by_role("tab")
        for tab in range(tabs.count()):
            tabs.nth(tab).click()
            for number in range(waiting.count(), 0, -1):
                waiting.first.click()
                page.locator("textarea:focus").fill(word(10 * tab + number))
                page.get_by_role("button", name="Salvar").click()
                expect(waiting).to_have_count(number - 1)
        expect(page.get_by_text("Salvando")).to_have_count(0)
        publish.first.click()
        expect(page.locator(".messages")).to_contain_text("Publicado")

    def restore(self) -> None:
        """As Redação: take the first version up again, and ask for its approval."""
        page = self.edit_page("redacao")
        page.goto(f"{page.url.split('/edit/')[0]}/history/")
        self.shoot("historico", page)
        # The newest is on top: below the line of the first request is the text that it was about.
        row = page.get_by_role("row").filter(has_text="Enviado para “").last.locator("xpath=following-sibling::tr[1]")
        row.get_by_role("button").first.click()
        page.get_by_role("link", name="Abrir esta versão").first.click()
        self.shoot("restaurar", page)
        act(page, "Trazer de volta como rascunho")
        expect(page.locator(".messages")).to_contain_text(self.title)
        submit(self.edit_page("redacao"))

    def open_from_inbox(self, login: str, verb: str) -> Page:
        """The form of what waits, by the way that the inbox offers."""
        page = self.of(login)
        page.goto(f"{self.base}/admin/conecta/redacao/caixa/")
        self.shoot(f"caixa-{login}", page)
        letter = page.locator(".conecta-inbox li, .conecta-acts__act, tr").filter(has_text=self.title).first
        letter.get_by_role("link", name=verb).click()
        expect(page.locator("[data-edit-form]")).to_be_visible()
        return page


def submit(page: Page, name: str = "Enviar para") -> None:
    """Ask for approval, by the button among the others."""
    act(page, name)


def act(page: Page, name: str) -> None:
    """Press one of the buttons below the form, which may be in its menu."""
    footer = page.locator("footer, .footer")
    button = footer.get_by_role("button", name=name).first
    menu = footer.locator("[data-w-dropdown-target=toggle], .w-dropdown__toggle").last
    # A page that is still being made has neither.
    expect(footer.get_by_role("button").first).to_be_visible()
    if not button.is_visible():
        menu.click()
    button.click()


def go_to(panel: Locator, sentence: str) -> None:
    """Follow the link from what is missing to its field."""
    panel.get_by_role("listitem").filter(has_text=sentence).get_by_role("link", name="Ir para o campo").click()


def type_in(part: Locator, content_path: str, text: str) -> None:
    """Type into the rich text editor of a field."""
    box = part.locator(f"[data-contentpath={content_path}] [role=textbox]").first
    box.click()
    box.press_sequentially(text)


def unfold(steps: Locator, content_path: str) -> Locator:
    """Open a part of a step and add a first item for everybody."""
    part = steps.locator(f"[data-contentpath={content_path}]").first
    part.locator("[data-panel-toggle]").first.click()
    default = part.locator("[data-contentpath=default]").first
    default.locator("[data-streamfield-list-add]").first.click()
    return default


def complete(page: Page, *, requirements: str, description: str, document: str) -> None:
    """Fill what the law asks for and the summary does not say, led by the panel: one step at a counter."""
    panel = page.locator("[data-side-panel=completeness]")
    go_to(panel, "Diga o prazo máximo")
    page.locator("[name=time_type]").select_option("Na hora")
    go_to(panel, "Diga quem pode pedir")
    type_in(page.locator("form"), "requirements", requirements)
    page.get_by_role("tab", name="Como fazer").click()
    steps = page.locator("[data-contentpath=steps]")
    steps.get_by_title("Inserir um bloco").first.click()
    steps.locator("[data-contentpath=title] input").fill("Peça no balcão")
    type_in(steps, "description", description)
    unfold(steps, "documents").locator("[data-contentpath=name] textarea").first.fill(document)
    channel = unfold(steps, "channels")
    channel.locator("[data-contentpath=type] select").first.select_option("Presencial")
    channel.locator("[data-contentpath=text] :is(textarea, input)").first.fill("Praça de Atendimento")
    expect(panel).to_contain_text("Nada impede a publicação.")
