"""Posters carry what Lei 13.460 art. 6 VI wants said at a counter, are read by machines, and cut nothing silently."""

import io
import json
import subprocess
from datetime import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from feedback.posters.facts import Poster, of_service, of_unit
from feedback.posters.printing import Size, printed
from services.record import City, Service, Unit
from services.record.service import Channel, Channels, Fee, FeeCase, Fees, Step
from services.record.unit import Hours
from services.record.values import Address, Contact
from tests.records import STANDARDS, city, complete_service, put_record, ref, remove_record, unit

SITE = "127.0.0.1:8000"
HOSTILE = '#panic("x") *b* _i_ $a$ \\u{41} `c` @ref <lbl> [x] // y "q" = h 😀 漢字 עברית #sys.inputs'


def counter(title: str = "Posto Central", **more: Any) -> Unit:
    """A unit that says all that a poster tells."""
    given = {
        "type": "Unidade básica de saúde",
        "hours": [Hours(days=["mon", "tue", "wed", "thu", "fri"], opens=time(8), closes=time(14))],
        "address": Address(street="Rua do Cruzeiro", number="10", neighbourhood="Centro"),
        "contacts": [Contact(type="phone", value="7730000123")],
    }
    return unit(title, **(given | more))


def town(**more: Any) -> City:
    """A city with an ombudsman."""
    contacts = [Contact(type="phone", value="162", note="Ouvidoria-Geral")]
    return city(**({"contacts": contacts, "standards": STANDARDS} | more))


def pruning(at: Unit | None = None, **more: Any) -> Service:
    """A service that costs something, more in a case."""
    fees = Fees(
        default=[Fee(name="Taxa de vistoria", amount="42.50")],
        cases=[FeeCase(text="Em área particular", items=[Fee(name="Corte", amount="1042")])],
    )
    step = Step(title="Pedir", fees=fees, channels=Channels(default=[Channel(type="phone", text="156")]))
    title = more.pop("title", "Pedir a poda de uma árvore")
    given = {"steps": [step], "sector": "Diretoria de Parques", "units": [ref(at)] if at else []}
    return complete_service(title, **(given | more))


def text_of(pdf: bytes, tmp_path: Path) -> str:
    """What a reader of PDFs makes of it, in one line."""
    file = tmp_path / "cartaz.pdf"
    file.write_bytes(pdf)
    made = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)  # noqa: S603, S607
    return " ".join(made.stdout.decode().split())


def pages_of(pdf: bytes) -> int:
    """How many sheets of paper."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        return len(read.pages)


@pytest.fixture(autouse=True)
def _poppler() -> None:
    pytest.importorskip("typst")


def test_art_6_vi_a_counter_says_hours_services_place_sector_fees_and_where_to_complain(tmp_path: Path) -> None:
    place = counter()
    said = text_of(printed(of_unit(place, [pruning(place)], town()), "a4"), tmp_path)
    for item in (
        "Seg a sex, 8h às 14h",  # a
        "Pedir a poda de uma árvore",  # b
        "Rua do Cruzeiro, 10, Centro",
        "Diretoria de Parques",
        "Secretaria da Saúde",
        "162 (Ouvidoria-Geral)",  # c
        "Com o protocolo, pelo 156.",  # d
        "a partir de R$ 42,50",  # e
        "Como foi o atendimento?",
        "Aponte a câmera do celular",
        f"{SITE}/a/{place.id}",
    ):
        assert item in said


def test_art_6_vi_a_service_says_hours_place_sector_every_fee_and_where_to_complain(tmp_path: Path) -> None:
    place = counter()
    said = text_of(printed(of_service(pruning(place), [place], town()), "a5"), tmp_path)
    for item in (
        "seg a sex, 8h às 14h",
        "Posto Central",
        "Rua do Cruzeiro, 10, Centro",
        "Diretoria de Parques",
        "Ligue 156.",
        "Com o protocolo, pelo 156.",
        "Taxa de vistoria: R$ 42,50",
        "Em área particular, Corte: R$ 1.042,00",
        "Até 5 dias úteis",
    ):
        assert item in said


def test_art_6_vi_e_what_is_not_known_is_not_called_free(tmp_path: Path) -> None:
    unknown = complete_service()
    assert "grátis" not in text_of(printed(of_unit(counter(), [unknown], town()), "a4"), tmp_path)
    said = text_of(printed(of_service(unknown, [], town()), "a4"), tmp_path)
    assert "O custo não foi publicado" in said
    assert "grátis" not in said.lower()


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_it_is_tagged_in_portuguese_and_its_code_is_read_from_the_paper(size: Size, tmp_path: Path) -> None:
    place = counter()
    pdf = printed(of_unit(place, [pruning(place)], town()), size)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        root = read.Root
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang) == "pt-BR"
        with read.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Posto Central"
        box = [float(edge) / 72 * 25.4 for edge in read.pages[0].mediabox]
    assert [round(edge) for edge in box[2:]] == ([210, 297] if size == "a4" else [148, 210])
    shown = tmp_path / "cartaz"
    (tmp_path / "cartaz.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "90", "-png", "-singlefile", f"{shown}.pdf", str(shown)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    codes = zxingcpp.read_barcodes(Image.open(f"{shown}.png"))
    assert [each.text for each in codes] == [f"http://{SITE}/avaliar/unidade/{place.id}/?origem=qr"]


def many(number: int) -> Poster:
    """A counter at which much is done."""
    place = counter()
    return of_unit(
        place, [pruning(place, title=f"Serviço de nome longo, o de número {n}") for n in range(number)], town()
    )


def test_what_has_no_room_is_counted_with_the_place_where_it_is_read(tmp_path: Path) -> None:
    pdf = printed(many(80), "a4")
    said = text_of(pdf, tmp_path)
    listed = said.count("Serviço de nome longo")
    assert 3 <= listed < 80
    assert f"e mais {80 - listed} serviços em {SITE}/s/{counter().id}" in said
    assert pages_of(pdf) == 1


def test_few_rows_are_all_there_and_nothing_more_is_told(tmp_path: Path) -> None:
    said = text_of(printed(many(6), "a4"), tmp_path)
    assert said.count("Serviço de nome longo") == 6
    assert "e mais" not in said


def test_a_text_too_long_for_a_page_goes_on_to_the_next(tmp_path: Path) -> None:
    words = "Descer na praça e seguir pela rua de trás. " * 90
    pdf = printed(of_unit(counter(how_to_get_there=words), [pruning()], town()), "a5")
    assert pages_of(pdf) > 1
    said = text_of(pdf, tmp_path)
    assert said.count("seguir pela rua de trás") == 90
    assert "Pedir a poda" in said


def test_names_are_words_and_never_markup(tmp_path: Path) -> None:
    place = counter(title=HOSTILE, how_to_get_there=HOSTILE, summary=HOSTILE)
    pdf = printed(of_unit(place, [pruning(place, title=HOSTILE, sector=HOSTILE)], town(title=HOSTILE)), "a4")
    said = text_of(pdf, tmp_path)
    assert said.count('#panic("x") *b* _i_ $a$ \\u{41} `c` @ref <lbl> [x] // y "q" = h') >= 5
    assert pages_of(pdf) == 1


def test_a_name_that_ends_the_data_ends_nothing(tmp_path: Path) -> None:
    title = json.dumps({"flows": True})[1:-1] + '", "code": "http://evil.example'
    assert '"flows": true' in text_of(printed(of_service(pruning(title=title), [], town()), "a4"), tmp_path)


@pytest.mark.django_db
def test_codes_and_posters_are_public_and_kept(client: Client) -> None:
    place = counter("Praça de Atendimento")
    service = pruning(place)
    for record in (town(), place, service):
        put_record(record)
    shown = client.get(f"/qr/servico/{service.id}.png")
    assert shown["Content-Type"] == "image/png"
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(shown.content)))
    assert codes[0].text == f"http://{SITE}/avaliar/{service.id}/?origem=qr"
    drawn = client.get(f"/qr/unidade/{place.id}.svg")
    assert (drawn["Content-Type"], drawn.content[:5]) == ("image/svg+xml", b"<?xml")
    assert 'filename="qr-praca-de-atendimento.svg"' in drawn["Content-Disposition"]
    for what, record, name in (
        ("unidade", place, "praca-de-atendimento"),
        ("servico", service, "pedir-a-poda-de-uma-arvore"),
    ):
        for size in ("a4", "a5"):
            poster = client.get(f"/cartaz/{what}/{record.id}/{size}.pdf")
            assert poster["Content-Type"] == "application/pdf"
            assert poster["Content-Disposition"] == f'inline; filename="cartaz-{name}-{size}.pdf"'
            assert "public" in poster["Cache-Control"]
            again = client.get(f"/cartaz/{what}/{record.id}/{size}.pdf", headers={"if-none-match": poster["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
    before = client.get(f"/cartaz/unidade/{place.id}/a4.pdf")["ETag"]
    put_record(place.model_copy(update={"hours": []}))
    assert client.get(f"/cartaz/unidade/{place.id}/a4.pdf")["ETag"] != before


@pytest.mark.django_db
def test_what_is_not_public_has_no_poster(client: Client) -> None:
    place = counter()
    remove_record(put_record(place))
    for address in (
        f"/cartaz/unidade/{place.id}/a4.pdf",
        f"/qr/unidade/{place.id}.svg",
        f"/avaliar/unidade/{place.id}/",
        f"/a/{place.id}/",
        "/cartaz/orgao/aaaaaaaaaa/a4.pdf",
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.django_db
def test_the_code_of_a_counter_leads_to_its_services_and_each_to_its_form(client: Client) -> None:
    place = counter()
    service = pruning(place)
    put_record(place)
    put_record(service)
    put_record(complete_service("Em outro lugar"))
    led = client.get(f"/a/{place.id}")
    assert led["Location"] == f"/avaliar/unidade/{place.id}/?origem=qr"
    page = client.get(led["Location"])
    html = page.content.decode()
    assert f'href="/avaliar/{service.id}/?unidade={place.id}&amp;origem=qr"' in html
    assert "Em outro lugar" not in html
    assert "csrf" not in html
    assert "public" in page["Cache-Control"]
    assert client.get(f"/a/{service.id}/")["Location"] == f"/avaliar/{service.id}/?origem=qr"
