"""A service goes the whole way in the real admin, and citizens see what they should at each station.

With ``CONECTA_GUIDE_DIR`` its pictures are kept there: the editor's guide (``docs/guia-do-editor.md``) shows them.
"""

import os
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Locale

from home import demonstration
from home.management.commands.load_demo import FOLDER
from services.models import ServicePage
from tests.browser.way import Way, no_pictures
from tests.services import charter

TITLE = "Pedir de volta imposto pago a mais"
DOCS = Path(__file__).parents[2] / "docs"
SHOWN = set(re.findall(r"\(guia/(.+?)\.png\)", (DOCS / "guia-do-editor.md").read_text()))
COMMENT = "Falta dizer que a resposta vem por carta."
FIRST = "Peça de volta o que pagou a mais em um imposto da cidade."
SECOND = "Peça de volta o que pagou a mais. A resposta vem por carta."


def kept_in(folder: Path) -> Callable[[str, Page], None]:
    """Pictures by the names that the guide gives them."""
    folder.mkdir(parents=True, exist_ok=True)

    def shoot(name: str, page: Page) -> None:
        if name in SHOWN:
            page.wait_for_load_state("networkidle")
            taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
            # A screen has few colours: a third of the size, and no difference to see.
            taken.quantize(64, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)

    return shoot


def test_the_guide_has_its_pictures() -> None:
    assert {picture.stem for picture in (DOCS / "guia").glob("*.png")} == SHOWN


@pytest.fixture
def way(live_server: Any, browser: Browser, settings: Any, tmp_path: Path) -> Way:
    """At its beginning, in the demonstration's city."""
    settings.DATA_DIR = tmp_path
    demonstration.load(FOLDER)
    demonstration.accounts()
    folder = os.environ.get("CONECTA_GUIDE_DIR")
    return Way(live_server.url, browser, TITLE, kept_in(Path(folder)) if folder else no_pictures)


@pytest.mark.django_db(transaction=True)
def test_from_the_first_word_to_an_older_version(way: Way, live_server: Any) -> None:
    way.write()
    service = ServicePage.objects.get(draft_title=TITLE)
    way.send_back("revisao", COMMENT)
    way.send_again(COMMENT, summary=SECOND)
    way.approve("revisao")
    assert charter.head(service) is None
    way.approve("comunicacao")

    record = way.of("").request
    api = f"{live_server.url}/api/v1/services/{charter.fresh(service).record_id}"
    assert record.get(api).json()["summary"] == SECOND
    assert way.read() == live_server.url + charter.public(service).url
    expect(way.of("").get_by_text(SECOND)).to_be_visible()

    way.review()
    way.of("").reload()
    expect(way.of("").get_by_text("revisado em").or_(way.of("").get_by_text("Revisado em")).first).to_be_visible()
    assert record.get(api).json()["reviewed_on"]

    way.suspend("Volte na segunda-feira.")
    way.of("").reload()
    expect(way.of("").get_by_text("Volte na segunda-feira.").first).to_be_visible()

    Locale.objects.get_or_create(language_code="es")
    way.translate(lambda number: f"Palabra-{number}")
    spanish = record.get(f"{api}?lang=es").json()
    assert spanish["locale"] == "es"
    assert spanish["title"].startswith("Palabra-")
    assert spanish["url"].startswith("/es/")
    way.of("").goto(live_server.url + spanish["url"])
    expect(way.of("").get_by_role("heading", name=spanish["title"], level=1)).to_be_visible()
    expect(way.of("").get_by_text(SECOND)).to_have_count(0)

    way.restore()
    assert record.get(api).json()["summary"] == SECOND, "nothing is public that nobody approved"
    way.approve("revisao")
    way.approve("comunicacao")
    assert record.get(api).json()["summary"] == FIRST
