"""Without a network: what was kept opens, is searched, is ticked off; and a new version of the site is a whole one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Request, expect

from home.offline import modules, shell
from search.rules_in_force import rules_in_force
from services.models import PublishedRecord
from services.record import Ref, Service
from tests import records
from tests.home.offline.test_data import HOURS

pytestmark = pytest.mark.django_db(transaction=True)

#: For a minute the browser's own cache has a page that was read: it does not have this one.
NOT_CACHED = "?de=longe"
DAY = timezone.timedelta(days=1)
STEPS = [
    {
        "title": "Fazer o pedido",
        "documents": {
            "default": [{"name": "RG"}],
            "cases": [{"text": "Para empresa", "items": [{"name": "Contrato social"}]}],
        },
        "channels": {"default": [{"type": "in_person", "text": "No balcão"}]},
    }
]


@pytest.fixture
def site(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """A portal with a place, three services of which one is suspended from tomorrow on, and a topic."""
    settings.DATA_DIR = tmp_path
    rules_in_force.forget()
    body, topic = records.secretariat(), records.topic()
    unit = records.unit(hours=[HOURS | {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}])
    for record in (records.city(), body, topic, unit):
        records.put_record(record)
    body_ref = records.ref(body)
    poda = records.service(
        "Pedir poda de árvore",
        secretariat=body_ref,
        units=[records.ref(unit)],
        topics=[records.ref(topic)],
        steps=STEPS,
        free=True,
        popular_names=["cortar galho"],
    )
    for record in (poda, records.service("Emitir o IPTU", secretariat=body_ref), _stopped(timezone.now() + DAY)):
        records.put_record(record)
    return str(live_server.url)


def _stopped(starts: Any) -> Service:
    stopped = [{"starts": starts.isoformat(), "ends": (starts + 30 * DAY).isoformat(), "message": "Em obras."}]
    return records.service("Parcelar dívida", suspensions=stopped, time={"type": "immediate"})


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """What the browser complains of, but for the network that is not there."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert [text for text in said if "ERR_INTERNET_DISCONNECTED" not in text and "404" not in text] == []


def opened(page: Page, address: str) -> None:
    """Open a page, and wait until a worker looks after it."""
    page.goto(address)
    page.evaluate(
        "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ||"
        " new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done)))"
        ".then(() => true)"
    )


def keep_whole(page: Page, site: str) -> None:
    page.goto(f"{site}/guardar/")
    page.get_by_role("button", name="Guardar a carta no celular").click()
    expect(page.locator("#dito")).to_have_text("Pronto: agora isto abre sem internet.", timeout=20_000)


def test_the_whole_charter_is_read_searched_and_ticked_off_without_a_network(
    site: str, page: Page, context: BrowserContext, console: list[str]
) -> None:
    opened(page, f"{site}/temas/")
    keep_whole(page, site)
    expect(page.locator("#carta-situacao")).to_contain_text("copiada agora mesmo")
    expect(page.locator("#espaco")).to_contain_text("KB")
    context.set_offline(True)

    # What is searched for on any page.
    page.goto(f"{site}/guardar/")
    page.locator("input[name=q]").fill("podar arvores")
    page.locator("input[name=q]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Resultados da busca")
    expect(page.get_by_role("note").filter(has_text="sem internet")).to_contain_text("copiada agora mesmo")
    first = page.locator("#guardado .c-result a").first
    expect(first).to_have_text("Pedir poda de árvore")
    first.click()

    # The service, with the words of its page.
    expect(page.get_by_role("heading", level=1)).to_have_text("Pedir poda de árvore")
    expect(page).to_have_title("Pedir poda de árvore")
    article = page.locator("article")
    for told in ("Grátis", "Fazer o pedido", "No balcão", "Quanto custa", "cortar galho", "Posto Central"):
        expect(article).to_contain_text(told)
    expect(article.locator(".c-open")).to_have_count(1)

    # Its checklist: what is for some until it is asked, and what can be ticked.
    checklist = page.get_by_role("region", name="O que vale para mim")
    expect(checklist.locator("ul").first).to_contain_text("Contrato social")
    checklist.get_by_label("Nenhum destes casos").or_(checklist.locator('input[value="nenhum"]')).first.check()
    expect(checklist.locator("ul").first).not_to_contain_text("Contrato social")
    checklist.get_by_label("RG").check()
    expect(checklist.get_by_label("RG")).to_be_checked()

    # Links lead on: a place, a list, a topic, a short address.
    article.get_by_role("link", name="Posto Central").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Posto Central")
    page.get_by_role("link", name="Serviços", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Serviços de A a Z")
    expect(page.locator("#guardado .c-result")).to_have_count(3)
    page.goto(f"{site}/temas/sa%C3%BAde/")
    expect(page.locator("#guardado")).to_contain_text("Pedir poda de árvore")
    page.goto(f"{site}/nada-disso/")
    expect(page.locator("#guardado")).to_contain_text("Esta página não está guardada neste celular.")
    expect(page.get_by_role("link", name="Emitir o IPTU")).to_be_visible()


def test_alerts_are_told_without_a_network_and_reading_is_counted_with_the_next(
    site: str, page: Page, context: BrowserContext, console: list[str]
) -> None:
    poda = PublishedRecord.objects.get(title="Pedir poda de árvore")
    now = timezone.now()
    named = [Ref(kind="service", id=poda.entry_id)]
    for title, fields in {
        "Chuva forte": {"level": "emergency", "message": "<p>Fique em casa.</p>"},
        "Poda só com chuva parada": {"services": named},
        "Ainda não": {"level": "emergency", "starts": now + DAY},
        "Feira no sábado": {"level": "info"},
    }.items():
        records.put_record(records.alert(title, **({"starts": now - DAY} | fields)))
    keep_whole(page, site)
    context.set_offline(True)
    page.goto(f"{site}{poda.url}{NOT_CACHED}")
    alerts = page.locator("article .c-notice strong")
    expect(page.locator("article")).to_contain_text("Fique em casa.")
    assert alerts.all_inner_texts()[1:] == ["Chuva forte", "Poda só com chuva parada"]
    page.goto(f"{site}/servicos/{NOT_CACHED}")
    expect(page.locator("#guardado")).not_to_contain_text("Chuva forte")
    context.set_offline(False)
    with page.expect_response("**/offline/lidos") as told:
        page.goto(f"{site}/temas/")
    assert told.value.status == 204
    assert told.value.request.post_data_json == {f"pt-br/service/{poda.entry_id}": 1}
    assert "cookie" not in told.value.request.all_headers()
    page.goto(f"{site}/temas/")
    assert page.evaluate("localStorage.getItem('conecta-lidos')") is None


def test_a_service_that_is_suspended_meanwhile_is_not_shown_as_open(
    site: str, page: Page, context: BrowserContext, console: list[str]
) -> None:
    opened(page, f"{site}/temas/")
    keep_whole(page, site)
    context.set_offline(True)
    page.goto(f"{site}/servicos/parcelar-d%C3%ADvida/")
    expect(page.locator("article")).to_contain_text("Na hora")
    expect(page.locator("article")).not_to_contain_text("suspenso")

    # Three days later, still without a network.
    page.clock.install(time=timezone.now() + 3 * DAY)
    page.goto(f"{site}/servicos/parcelar-d%C3%ADvida/")
    expect(page.locator("article .c-notice--warning")).to_contain_text("Este serviço está suspenso até")
    expect(page.locator("article .c-notice--warning")).to_contain_text("Em obras.")
    expect(page.get_by_role("note").filter(has_text="sem internet")).to_contain_text("copiada há 3 dias")
    page.goto(f"{site}/servicos/")
    expect(page.locator(".c-result").filter(has_text="Parcelar")).to_contain_text("suspenso até")


def test_what_was_chosen_and_what_was_seen_is_there_and_can_be_taken_away(
    site: str, page: Page, context: BrowserContext, console: list[str]
) -> None:
    opened(page, f"{site}/servicos/pedir-poda-de-%C3%A1rvore/")
    button = page.get_by_role("button", name="Guardar no celular")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/offline/pt-br/service/*.json"):
        page.goto(f"{site}/servicos/emitir-o-iptu/")
    page.goto(f"{site}/guardar/")
    expect(page.get_by_role("heading", name="Você escolheu")).to_be_visible()
    expect(page.locator("#guardados li")).to_have_count(2)
    expect(page.locator("#guardados li").first).to_contain_text("copiado agora mesmo")
    context.set_offline(True)
    page.goto(f"{site}/servicos/pedir-poda-de-%C3%A1rvore/{NOT_CACHED}")
    expect(page.locator("#guardado article")).to_contain_text("Posto Central")
    page.goto(f"{site}/busca/?q=iptu")
    expect(page.locator("#guardado .c-result")).to_have_count(1)
    page.goto(f"{site}/guardar/")
    page.get_by_role("button", name="Apagar do celular: Pedir poda de árvore").click()
    expect(page.locator("#dito")).to_have_text("Apagado do celular.")
    expect(page.locator("#guardados li")).to_have_count(1)
    page.goto(f"{site}/servicos/pedir-poda-de-%C3%A1rvore/{NOT_CACHED}")
    expect(page.locator("#guardado")).to_contain_text("Esta página não está guardada neste celular.")


def test_copies_are_brought_up_to_date_by_what_changed_and_nothing_else(
    site: str, page: Page, console: list[str]
) -> None:
    opened(page, f"{site}/temas/")
    keep_whole(page, site)
    records.put_record(records.service("Emitir o IPTU", summary="Agora com Pix."))
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/offline/pt-br/" in request.url else None)
    page.get_by_role("button", name="Atualizar agora").click()
    expect(page.locator("#dito")).to_have_text("A cópia está em dia.")
    assert len(asked) == 1
    assert "/offline/pt-br/mudancas.json?after=" in asked[0].url
    body = asked[0].response().json()  # type: ignore[union-attr]
    assert [(item["title"], item["summary"]) for item in body["items"]] == [("Emitir o IPTU", "Agora com Pix.")]
    with page.expect_response("**/mudancas.json*") as again:
        page.get_by_role("button", name="Atualizar agora").click()
    assert len(again.value.body()) < 100


def test_a_log_that_began_anew_is_copied_anew(site: str, page: Page, console: list[str]) -> None:
    from services.changes import renew_epoch

    opened(page, f"{site}/temas/")
    keep_whole(page, site)
    renew_epoch()
    records.put_record(records.service("Serviço novo"))
    with page.expect_response("**/carta-*.json"):
        page.get_by_role("button", name="Atualizar agora").click()
    expect(page.locator("#carta-situacao")).to_contain_text("7 páginas")
    console.clear()


def test_a_new_version_replaces_the_old_one_whole(
    site: str, page: Page, context: BrowserContext, monkeypatch: pytest.MonkeyPatch, console: list[str]
) -> None:
    opened(page, f"{site}/temas/")
    keep_whole(page, site)
    old = _kept_by(page)
    _deploy(monkeypatch, lambda name, body: body + b"\n// Another version.\n")
    # From the page's first moment: on a slow machine the change is over before anybody asks.
    page.add_init_script(
        "navigator.serviceWorker.addEventListener('controllerchange', () => { window.isOther = true; })"
    )
    page.goto(f"{site}/servicos/")
    page.wait_for_function("window.isOther")
    context.set_offline(True)
    page.goto(f"{site}/guardar/")
    new = _kept_by(page)
    assert len(old) == len(new) == 1
    assert old.keys() != new.keys()
    [addresses] = new.values()
    version = modules.modules_version()
    assert {address for address in addresses if "/offline/" in address} == {
        f"/offline/{version}/{name}" for name in modules.modules()
    }
    # The page is all of the new one: its mark, what it loaded, and what it keeps from before.
    mark = page.locator('meta[name="conecta-offline"]').get_attribute("content")
    assert f"conecta-{mark}" in new
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map((each) => new URL(each.name).pathname)")
    assert {address.split("/")[2] for address in loaded if address.startswith("/offline/")} == {version}
    expect(page.locator("#carta-situacao")).to_contain_text("A carta inteira está guardada")


def _kept_by(page: Page) -> dict[str, list[str]]:
    """Names of caches, and paths of what is in each."""
    found: dict[str, list[str]] = page.evaluate(
        """async () => {
          const found = {};
          for (const name of await caches.keys()) {
            const keys = await (await caches.open(name)).keys();
            found[name] = keys.map((request) => new URL(request.url).pathname);
          }
          return found;
        }"""
    )
    return found


def _deploy(monkeypatch: pytest.MonkeyPatch, change: Callable[[str, bytes], bytes]) -> None:
    """Serve other modules from now on, as after a deployment."""
    other = {name: modules.packed(change(name, body.bodies[""])) for name, body in modules.modules().items()}
    for module in ("home.offline.modules", "home.offline.shell", "home.offline.views", "home.templatetags.offline"):
        monkeypatch.setattr(f"{module}.modules_version", lambda: "0123456789ab")
    for module in ("home.offline.modules", "home.offline.views"):
        monkeypatch.setattr(f"{module}.modules", lambda: other)
    monkeypatch.setattr(shell, "_kept", {})


def test_a_page_of_another_version_is_not_kept(site: str, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "home.offline.views.page_context", lambda _version, language: shell.page_context("x", language=language)
    )
    page.goto(f"{site}/servicos/")
    state = page.evaluate(
        """() => navigator.serviceWorker.register("/sw.js").then((found) => new Promise((done) => {
          const worker = found.installing || found.waiting || found.active;
          const told = () => ["redundant", "activated"].includes(worker.state) && done(worker.state);
          worker.addEventListener("statechange", told);
          told();
        }))"""
    )
    assert state == "redundant"


def test_a_slow_network_is_left_for_the_copy(
    site: str, page: Page, context: BrowserContext, console: list[str]
) -> None:
    opened(page, f"{site}/temas/")
    keep_whole(page, site)
    hold: list[Any] = []
    context.route("**/servicos/emitir-o-iptu/", lambda route: hold.append(route))
    page.goto(f"{site}/servicos/emitir-o-iptu/")
    expect(page.locator("#guardado .c-offline__note")).to_contain_text("A internet está lenta")
    expect(page.get_by_role("heading", level=1)).to_have_text("Emitir o IPTU")
    for route in hold:
        route.abort()


def test_where_nothing_can_be_kept_a_sentence_says_so(site: str, page: Page) -> None:
    page.add_init_script("Object.defineProperty(self, 'indexedDB', { value: undefined })")
    page.goto(f"{site}/guardar/")
    page.get_by_role("button", name="Guardar a carta no celular").click()
    expect(page.locator("#dito")).to_contain_text("Este navegador não deixa guardar páginas.")
    page.goto(f"{site}/servicos/emitir-o-iptu/")
    page.get_by_role("button", name="Guardar no celular").click()
    expect(page.locator(".c-offline [role=status]")).to_have_text("Este navegador não deixa guardar páginas.")


def test_a_phone_that_is_full_is_told_so_and_keeps_what_it_had(site: str, page: Page, console: list[str]) -> None:
    opened(page, f"{site}/temas/")
    page.add_init_script(
        """const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value) {
          if (this.name === "items" && self.conectaFull) throw new DOMException("", "QuotaExceededError");
          return put.call(this, value);
        };"""
    )
    keep_whole(page, site)
    page.evaluate("() => { self.conectaFull = true; }")
    records.put_record(records.service("Emitir o IPTU", summary="Mais novo."))
    page.get_by_role("button", name="Atualizar agora").click()
    expect(page.locator("#dito")).to_contain_text("O celular está sem espaço para guardar.")
    expect(page.locator("#carta-situacao")).to_contain_text("A carta inteira está guardada")


def test_a_browser_without_service_workers_is_left_alone(site: str, page: Page, console: list[str]) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/servicos/emitir-o-iptu/")
    page.wait_for_load_state("networkidle")
    assert [address for address in asked if "/offline/" in address or "sw.js" in address] == []
    expect(page.locator(".c-offline")).to_be_hidden()
    page.goto(f"{site}/guardar/")
    expect(page.locator("#sem-suporte")).to_be_visible()
    expect(page.locator("#guardar")).to_be_hidden()


def test_nothing_is_fetched_for_later_before_a_page_has_loaded(site: str, page: Page) -> None:
    page.goto(f"{site}/servicos/emitir-o-iptu/", wait_until="load")
    before = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter((each) => each.startTime < performance.timing.loadEventStart - performance.timing.navigationStart)
          .map((each) => new URL(each.name).pathname)"""
    )
    assert [address for address in before if "offline" in address and "offline-start" not in address] == []
