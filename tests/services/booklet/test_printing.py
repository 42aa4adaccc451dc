"""The PDF itself: tagged, its numbers true, its links leading somewhere, whatever people write, within its limits."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from services.booklet import parts, printing
from services.booklet.composing import Asked, composed
from services.booklet.face import Face
from services.booklet.printing import NotPrinted, Printed, printed
from services.typesetting import FONTS
from tests.feedback.yearly.pdf_text import texts_of_pages
from tests.records import complete_service
from tests.services.booklet.town import AT, charter, everything, health, pruning, town, visit

HOSTILE = '#panic("x") *b* _i_ $a$ \\u{41} `c` @ref <lbl> [x] // y "q" = h 😀 漢字 #sys.inputs'


def made(*records: Any) -> Printed:
    face = Face(name="Prefeitura de Teste")
    return printed("booklet", composed(charter(*records), Asked(AT, "pt-br"), face), face, at=AT)


@pytest.fixture(scope="module")
def whole() -> Printed:
    return made()


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """On which page, from 1 on, each label stands."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    flat = list(pdf.Root.Names.Dests.Names)
    return {str(label): numbers[place[0].objgen] for label, place in zip(flat[::2], flat[1::2], strict=True)}


def test_contents_and_index_tell_the_pages_on_which_services_stand(whole: Printed) -> None:
    pages = texts_of_pages(whole.pdf)
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        places = destinations(pdf)
    for service in (visit(), pruning()):
        number = places[service.id]
        assert service.title in pages[number - 1]
        assert re.search(rf"{service.title} [. ]*\u2060?{number}\b", pages[2]), pages[2]
        assert re.search(rf"{service.popular_names[0]} [. ]*\u2060?{number}\b", pages[-1]), pages[-1]
    assert len(pages) == whole.pages


def test_every_link_leads_somewhere_and_every_page_but_the_cover_has_its_number(whole: Printed) -> None:
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        places = destinations(pdf)
        actions = [link.A for page in pdf.pages for link in page.get("/Annots", [])]
        inside = {str(action.D) for action in actions if action.S == "/GoTo"}
        outside = {str(action.URI) for action in actions if action.S == "/URI"}
        assert inside <= places.keys()
        assert {visit().id, pruning().id, "city", f"b-{health().id}"} <= inside
        assert f"https://servicos.cidade.example/s/{visit().id}" in outside
        assert not [address for address in outside if address.startswith("conecta:")]
        feet = ["/ConectaFoot" in page.Resources.get("/XObject", {}) for page in pdf.pages]
        assert feet == [False, *([True] * (whole.pages - 1))]


def test_it_is_tagged_and_each_mark_belongs_to_the_structure(whole: Printed) -> None:
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "pt-BR")
        tree = pdf.Root.StructTreeRoot
        flat = list(tree.ParentTree.Nums)
        assert [int(key) for key in flat[::2]] == list(range(int(tree.ParentTreeNextKey)))
        parents = {int(page.StructParents) for page in pdf.pages}
        assert len(parents) == whole.pages
        titles = [item.title for item in pdf.open_outline().root]
        assert titles[:2] == ["Sumário", "O que vale em toda a Prefeitura"]
        assert titles[-1] == "Índice de nomes populares"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_the_same_charter_gives_the_same_bytes(whole: Printed) -> None:
    assert made().pdf == whole.pdf


def test_no_text_is_read_as_markup_and_faces_are_left_out() -> None:
    service = complete_service(HOSTILE, summary=HOSTILE, popular_names=[HOSTILE], requirements=f"<p>{HOSTILE}</p>")
    text = " ".join(texts_of_pages(made(town(), health(title=f"Casa {HOSTILE}"), service).pdf))
    assert '#panic("x") *b* _i_ $a$' in text
    assert "#sys.inputs" in text


def test_a_big_charter_is_set_in_parts_side_by_side(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """The parts are as if it were set in one: every service once, on the page that the contents tell."""
    many = [complete_service(f"Serviço {number:03d}", popular_names=[f"nome {number}"]) for number in range(12)]
    data = composed(charter(*everything(), *many), Asked(AT, "pt-br"), Face(name="Prefeitura"))
    (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
    shutil.copy(printing._HERE / "booklet.typ", tmp_path)
    monkeypatch.setattr(parts, "_PART", 6_000)
    told = parts.booklet(tmp_path, str(FONTS), megabytes=1200, seconds=60)
    assert (tmp_path / "part-3.json.pdf").exists()
    pdf = (tmp_path / "made.pdf").read_bytes()
    pages = texts_of_pages(pdf)
    assert len(pages) == told["pages"]
    with pikepdf.open(io.BytesIO(pdf)) as read:
        places = destinations(read)
    for service in many:
        assert service.title in pages[places[service.id] - 1]
        assert re.search(rf"{service.title} [. ]*\u2060?{places[service.id]}\b", pages[2])


def test_what_needs_more_than_it_may_have_is_ended(settings: Any) -> None:
    settings.CONECTA_BOOKLET_MEGABYTES = 10
    with pytest.raises(NotPrinted) as told:
        made(town(), health(), visit())
    assert told.value.exhausted
    settings.CONECTA_BOOKLET_MEGABYTES = 1200
    settings.CONECTA_BOOKLET_SECONDS = 0
    with pytest.raises(NotPrinted) as late:
        made(town(), health(), visit())
    assert late.value.exhausted


def test_the_city_s_arms_stand_on_the_cover_with_words_for_who_does_not_see_them(whole: Printed) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "#1351b4").save(out, "PNG")
    face = Face(name="Prefeitura de Teste", arms=out.getvalue(), arms_type="png")
    data = composed(charter(town(), health(), visit()), Asked(AT, "pt-br"), face)
    with pikepdf.open(io.BytesIO(printed("booklet", data, face, at=AT).pdf)) as pdf:
        assert pdf.pages[0].get_images()
        kinds = [str(each.S) for each in pdf.Root.StructTreeRoot.K[0].K]
    assert any(kind in ("/Figure", "/NonStruct", "/Div", "/P") for kind in kinds)
    assert replace(face, arms=b"").arms_name == ""


def test_the_code_beside_a_service_leads_to_its_short_link(whole: Printed, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        number = str(destinations(pdf)[visit().id])
    file = tmp_path / "carta.pdf"
    file.write_bytes(whole.pdf)
    shown = tmp_path / "page"
    command = ["pdftoppm", "-r", "110", "-png", "-singlefile", "-f", number, "-l", number, str(file), str(shown)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    codes = {code.text for code in zxingcpp.read_barcodes(Image.open(f"{shown}.png"))}
    assert f"https://servicos.cidade.example/s/{visit().id}" in codes
