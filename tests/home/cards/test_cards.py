"""A shared page's picture: what is on it can be read, and it is never out of date."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageChops, ImageDraw
from wagtail.models import Site

from home.cards.drawing import HEIGHT, MARGIN, WIDTH, Face, Words, font_of, png, wrapped
from home.cards.following import BATCH, draw_cards
from home.cards.keeping import path_of
from home.cards.naming import card_of
from home.identity import city_identity, forget_identity
from home.models import CityIdentity
from services.record.city import ElectionPeriod
from tests import records
from tests.services.portal import MONDAY, page

GREEN = "#0b5a46"
LONG_WORD = "Pneumoultramicroscopicossilicovulcanoconiótico" * 3
TITLES = (
    "IPTU",
    "Emitir a segunda via do IPTU",
    LONG_WORD,
    f"Pedir {LONG_WORD} já",
    "Autorizar a poda de árvores " * 20,
)


def _drawn(title: str, above: str = "", **face: Any) -> Image.Image:
    data = png(Words(title, above), Face(**({"name": "Prefeitura", "colour": GREEN} | face)))
    return Image.open(io.BytesIO(data)).convert("RGB")


def _inked(card: Image.Image) -> tuple[int, int, int, int]:
    """The box of all that a blank card of the same city has not."""
    blank = _drawn("", name="")
    box = ImageChops.difference(card, blank).convert("L").point(lambda grey: 255 if grey > 40 else 0).getbbox()
    assert box
    return box


@pytest.mark.parametrize("title", TITLES)
def test_no_letter_is_cut_off(title: str) -> None:
    card = _drawn(title, "Secretaria Municipal de Desenvolvimento " * 4, name="Prefeitura de uma cidade " * 6)
    assert card.size == (WIDTH, HEIGHT)
    left, top, right, bottom = _inked(card)
    assert left >= MARGIN - 2
    assert right <= WIDTH - MARGIN + 2
    assert top > 20
    assert bottom <= HEIGHT - 36


def test_every_letter_of_a_word_that_is_too_long_is_drawn() -> None:
    font = font_of("Bold", 46)
    lines = wrapped(LONG_WORD, font, 600)
    assert "".join(lines) == LONG_WORD
    assert all(font.getlength(line) <= 600 for line in lines)


def test_the_arms_are_in_the_citys_band() -> None:
    arms = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(arms).ellipse((0, 0, 300, 300), fill="#cc0000")
    out = io.BytesIO()
    arms.save(out, "PNG")
    with_arms = _drawn("IPTU", arms=out.getvalue())
    found = {colour for _count, colour in with_arms.crop((MARGIN, 12, MARGIN + 108, 120)).getcolors(99_999)}
    assert any(red > 180 and green < 40 for red, green, _blue in found)
    assert _drawn("IPTU", arms=b"no picture").tobytes() == _drawn("IPTU").tobytes()


@pytest.fixture
def city(db: None, settings: Any, tmp_path: Path) -> CityIdentity:
    settings.DATA_DIR = tmp_path
    identity = CityIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name, identity.primary_colour = "Prefeitura de Brejo", GREEN
    identity.save()
    return identity


def _address(html: str) -> str:
    return html.partition('property="og:image" content="')[2].partition('"')[0]


def test_a_card_is_drawn_when_it_is_asked_for_and_once(client: Client, city: CityIdentity, settings: Any) -> None:
    service = records.service(secretariat=records.ref(records.secretariat("Finanças")))
    records.put_record(service)
    html = page(client, service.url)
    address = _address(html)
    assert address.startswith(f"{settings.WAGTAILADMIN_BASE_URL}/cartoes/{service.id}-pt-br-")
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    path = address.removeprefix(settings.WAGTAILADMIN_BASE_URL)
    first = client.get(path)
    assert (first.status_code, first["Content-Type"]) == (200, "image/png")
    assert "immutable" in first["Cache-Control"]
    file = path_of(card_of(service, city_identity()))
    drawn_at = file.stat().st_mtime_ns
    assert client.get(path).content == first.content == file.read_bytes()
    assert file.stat().st_mtime_ns == drawn_at


def test_what_is_named_by_nobody_is_not_drawn(client: Client, city: CityIdentity, settings: Any) -> None:
    service = records.service()
    records.put_record(service)
    current = client.get(f"/cartoes/{service.id}-pt-br-0123456789abcdef.png")
    assert current.status_code == 302
    assert current["Location"] == f"/cartoes/{card_of(service, city_identity()).stem}.png"
    for stem in (
        "aaaaaaaaaa-pt-br-0123456789abcdef",
        f"{service.id}-es-0123456789abcdef",
        "site-fr-0123456789abcdef",
        "x",
    ):
        assert client.get(f"/cartoes/{stem}.png").status_code == 404
    assert not (settings.DATA_DIR / "cards").exists()


def test_another_title_or_another_colour_is_another_card(client: Client, city: CityIdentity) -> None:
    service = records.service()
    records.put_record(service)
    addresses = [_address(page(client, service.url))]
    records.put_record(service.model_copy(update={"title": "Marcar exame"}))
    addresses.append(_address(page(client, service.url)))
    city.primary_colour = "#1351b4"
    city.save()
    records.put_record(service)
    addresses.append(_address(page(client, service.url)))
    assert len(set(addresses)) == 3


def test_pages_that_are_no_entrys_have_the_sites_card(client: Client, city: CityIdentity, settings: Any) -> None:
    address = _address(page(client, "/servicos/"))
    assert "/cartoes/site-pt-br-" in address
    assert client.get(address.removeprefix(settings.WAGTAILADMIN_BASE_URL)).status_code == 200


def test_the_worker_follows_the_log_some_at_a_time(city: CityIdentity, settings: Any) -> None:
    for number in range(BATCH + 2):
        row = records.put_record(records.service(f"Serviço {number}", slug=f"servico-{number}"))
    folder = settings.DATA_DIR / "cards"
    assert [draw_cards(MONDAY) for _round in range(3)] == [BATCH, 2, 0]
    assert len(list(folder.glob("*.png"))) == BATCH + 2
    records.remove_record(row)
    other = records.service("Serviço 0", slug="servico-0").model_copy(update={"title": "Outro nome"})
    records.put_record(other)
    assert draw_cards(MONDAY) == 1
    assert len(list(folder.glob("*.png"))) == BATCH + 1
    city.name = "Prefeitura de Outra"
    city.save()
    assert draw_cards(MONDAY) == BATCH


def test_there_is_none_in_an_election_period(client: Client, city: CityIdentity, settings: Any) -> None:
    service = records.service()
    records.put_record(service)
    before = _address(page(client, service.url)).removeprefix(settings.WAGTAILADMIN_BASE_URL)
    assert client.get(before).status_code == 200
    now = timezone.now()
    period = ElectionPeriod(starts=now.date() - timedelta(days=2), ends=now.date() + timedelta(days=2))
    records.put_record(records.city(election_period=period))
    forget_identity()
    html = page(client, service.url)
    assert "og:image" not in html
    assert "twitter:card" not in html
    assert client.get(before).status_code == 404
    records.put_record(records.service("Outro"))
    assert draw_cards(now) == 0
