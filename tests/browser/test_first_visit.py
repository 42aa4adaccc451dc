"""What a first visit costs: bytes over the wire, requests, and nothing that moves. Against the production server."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from services.models.published import PublishedRecord

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, SECOND, REQUESTS = 30_000, 12_000, 4
#: Milliseconds.
USABLE = 5_000
_SHIFT = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    for (const { node, currentRect, previousRect } of entry.sources)
      window.moved.push(`${node?.className || node?.nodeName}: ${previousRect.y} to ${currentRect.y}`);
}).observe({type: "layout-shift", buffered: true});
"""


class Wire:
    """What a page asks for, and how many bytes come over the wire, headers among them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sizes: dict[str, float] = {}
        self.addresses: dict[str, str] = {}
        self.wire = page.context.new_cdp_session(page)
        self.wire.send("Network.enable")
        self.wire.on("Network.requestWillBeSent", self._sent)
        self.wire.on("Network.loadingFinished", self._came)

    def _sent(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def thin(self) -> None:
        """From now on as in a village: 400 kbit/s, and 400 ms until anything is answered."""
        speed = {"downloadThroughput": 50_000, "uploadThroughput": 50_000}
        self.wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": 400, **speed})

    def visit(self, address: str) -> tuple[dict[str, float], list[str]]:
        """Bytes of each address that a page asks for before it is loaded, and which parts moved by the end."""
        self.sizes.clear()
        self.addresses.clear()
        self.page.goto(address, wait_until="load")
        asked = {self.addresses[each]: size for each, size in self.sizes.items() if each in self.addresses}
        # What is got for later begins after that, and is apart.
        self.page.wait_for_load_state("networkidle")
        moved: list[str] = self.page.evaluate("window.moved")
        return asked, moved


@pytest.fixture
def phones(browser: Browser) -> Iterator[Any]:
    """Phones that have never been here. What a service worker keeps comes after a page is there, and is apart."""
    opened: list[BrowserContext] = []

    def phone(**options: Any) -> Wire:
        context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block", **options)
        opened.append(context)
        context.add_init_script(_SHIFT)
        return Wire(context.new_page())

    yield phone
    for context in opened:
        context.close()


def test_a_first_visit_is_small_and_a_second_page_smaller(portal: str, phones: Any) -> None:
    rows = PublishedRecord.objects.public()
    service = rows.get(kind="service", slug="emitir-a-segunda-via-do-iptu").url
    procedure = rows.filter(kind="procedure").order_by("pk").values_list("url", flat=True)[0]
    body = rows.filter(kind="secretariat").order_by("pk").values_list("url", flat=True)[0]
    for first, second in (("/", service), (service, "/busca/?q=iptu"), (procedure, body)):
        wire = phones()
        asked, moved = wire.visit(portal + first)
        assert len(asked) <= REQUESTS, asked
        assert sum(asked.values()) <= FIRST, asked
        assert all(address.startswith(portal) for address in asked)
        assert moved == [], first
        assert wire.page.locator("header img").evaluate("image => image.naturalWidth > 0")
        asked, moved = wire.visit(portal + second)
        assert sum(asked.values()) <= SECOND, asked
        assert moved == [], second


def test_on_a_thin_connection_a_page_can_be_used_within_five_seconds(portal: str, phones: Any) -> None:
    service = PublishedRecord.objects.public().get(kind="service", slug="emitir-a-segunda-via-do-iptu").url
    for path in ("/", service):
        # Somebody was there before: it is the way that is measured, not the server.
        phones().visit(portal + path)
        wire = phones()
        wire.thin()
        wire.visit(portal + path)
        loaded = wire.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
        # Two answers one after the other take as long: else nothing was slow.
        assert 800 <= loaded <= USABLE, path
        wire.page.get_by_label("O que você procura?").fill("iptu")


def test_a_reader_s_look_is_there_before_anything_is_drawn(portal: str, phones: Any) -> None:
    wire = phones(color_scheme="light")
    page = wire.page
    page.goto(portal)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.get_by_text("Aparência").click()
    page.get_by_label("Escuro").check()
    page.get_by_label("Maior").check()
    page.keyboard.press("Escape")
    assert not page.get_by_label("Escuro").is_visible()
    _asked, moved = wire.visit(f"{portal}/servicos/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 28)"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    # Put on after the first drawing, larger letters would push everything down.
    assert moved == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_script_the_page_follows_the_system_and_offers_no_control(portal: str, phones: Any) -> None:
    page = phones(color_scheme="dark", java_script_enabled=False).page
    page.goto(portal)
    assert not page.get_by_text("Aparência").is_visible()
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(21, 24, 28)"


def test_on_paper_it_is_light_short_and_says_where_it_came_from(portal: str, phones: Any) -> None:
    page = phones(color_scheme="dark").page
    service = PublishedRecord.objects.public().get(kind="service", slug="emitir-a-segunda-via-do-iptu").url
    page.goto(portal + service)
    page.get_by_text("Aparência").click()
    page.get_by_role("group", name="Contraste").get_by_label("Alto").check()
    page.emulate_media(media="print")
    assert page.locator("h1").evaluate("title => getComputedStyle(title).color") == "rgb(0, 0, 0)"
    assert page.locator(".c-answer").evaluate("box => getComputedStyle(box).backgroundColor") != "rgb(0, 0, 0)"
    assert page.locator(".c-printed").inner_text().endswith(service)
    for name in (".c-look", ".c-menu", ".c-footer", ".c-open"):
        assert not page.locator(name).first.is_visible(), name
    assert page.locator(".c-place").first.is_visible()
