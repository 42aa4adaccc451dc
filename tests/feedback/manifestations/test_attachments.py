"""What comes with a manifestation is made anew, and what may not be kept takes nothing with it (art. 11)."""

import io
import struct
import uuid
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from feedback.manifestations import attachments
from feedback.manifestations.attachments import LARGEST, checked, shown_name, sweep
from feedback.manifestations.receiving import Brought, receive
from feedback.models import Attachment, Manifestation
from services.uploads import cleaning, made_anew

SECRET_PLACE = "Rua do Segredo 14"
HTML = b"<html><script>alert(1)</script></html>"


def file(content: bytes, name: str = "x.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 20), **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, form, **more)
    return made.getvalue()


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET_PLACE
    # Lying on its side, as phones keep them.
    exif[0x0112] = 6
    return picture(exif=exif.tobytes(), comment=SECRET_PLACE.encode())


def png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pdf(change: Any = None, **saving: Any) -> bytes:
    made, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    document.save(made, **saving)
    return made.getvalue()


def lively(document: pikepdf.Pdf) -> None:
    """All that runs, hides or tells."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('evil')"))
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    document.attachments["evil.exe"] = b"MZ evil"
    page = document.pages[0]
    page.AA = Dictionary(O=script)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    link.A = Dictionary(S=Name.Launch, F=String("evil.exe"))
    inner = document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Contents=String("evil")))
    page.Annots = Array([link, inner])
    document.docinfo["/Author"] = SECRET_PLACE
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET_PLACE]


def kept_of(content: bytes, name: str = "x.pdf") -> tuple[str, str, bytes]:
    (clean,), refused = checked([file(content, name)])
    assert not refused
    return clean.name, clean.content_type, clean.content


def test_a_picture_keeps_what_it_shows_and_loses_where_it_was_taken() -> None:
    assert SECRET_PLACE.encode() in with_exif()
    name, content_type, content = kept_of(with_exif(), "IMG.JPG")
    assert (name, content_type) == ("IMG.jpg", "image/jpeg")
    assert SECRET_PLACE.encode() not in content
    shown = Image.open(io.BytesIO(content))
    assert not shown.getexif()
    assert shown.size == (20, 40), "upright"
    assert shown.getpixel((5, 5))[0] > 240


@pytest.mark.parametrize(("form", "ending"), [("PNG", "png"), ("WEBP", "webp")])
def test_other_pictures_too_under_the_ending_of_what_they_are(form: str, ending: str) -> None:
    name, content_type, content = kept_of(picture(form), "relatorio.pdf")
    assert (name, content_type) == (f"relatorio.{ending}", f"image/{ending}")
    assert Image.open(io.BytesIO(content)).format == form


def test_a_pdf_keeps_its_pages_and_loses_what_runs_hides_or_tells() -> None:
    content = kept_of(pdf(lively))[2]
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 1
        assert not document.attachments
        assert "/Info" not in document.trailer
        assert not {"/OpenAction", "/AA", "/Metadata"} & set(document.Root.keys())
        (annotation,) = document.pages[0].Annots
        assert annotation.Subtype == Name.Link
        assert "/A" not in annotation
        whole = b"".join(each.unparse(resolved=True) for each in document.objects)
    for trace in (b"evil", b"JavaScript", b"Launch", SECRET_PLACE.encode()):
        assert trace not in whole
        assert trace not in content


def with_photo(photo: bytes, filters: Any, **more: Any) -> Any:
    """A page that shows a photo."""

    def change(document: pikepdf.Pdf) -> None:
        shown = pikepdf.Stream(document, photo)
        shown.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 40, "/Height": 20, "/Filter": filters})
        shown.update({"/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, **more})
        document.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=shown, Im1=document.make_indirect(shown)))
        document.pages[0].Contents = pikepdf.Stream(document, b"q 40 0 0 20 0 0 cm /Im0 Do Q")

    return change


def photo_in(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as document:
        return bytes(document.pages[0].Resources.XObject.Im0.read_raw_bytes())


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_a_photo_inside_a_pdf_keeps_its_points_and_loses_where_it_was_taken(*, progressive: bool, packed: bool) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET_PLACE
    noise = Image.effect_noise((40, 20), 90).convert("RGB")
    made = io.BytesIO()
    told = {"exif": exif.tobytes(), "comment": SECRET_PLACE.encode(), "xmp": SECRET_PLACE.encode()}
    noise.save(made, "JPEG", progressive=progressive, icc_profile=b"colours", **told)
    # Phones put a second picture, or a film, behind the first.
    photo = made.getvalue() + b"film " + SECRET_PLACE.encode()
    assert photo.count(SECRET_PLACE.encode()) == 4
    filters = Array([Name.FlateDecode, Name.DCTDecode]) if packed else Name.DCTDecode
    content = kept_of(pdf(with_photo(zlib.compress(photo) if packed else photo, filters)))[2]
    kept = photo_in(content)
    assert SECRET_PLACE.encode() not in kept
    shown = Image.open(io.BytesIO(kept))
    assert shown.tobytes() == Image.open(io.BytesIO(photo)).tobytes()
    assert shown.info["icc_profile"] == b"colours"
    assert not shown.getexif()


def test_a_jpeg_2000_inside_a_pdf_loses_what_it_tells() -> None:
    made = io.BytesIO()
    Image.effect_noise((40, 20), 90).save(made, "JPEG2000")
    secret = b"<where>" + SECRET_PLACE.encode() + b"</where>"
    box = struct.pack(">I", len(secret) + 8) + b"xml " + secret
    photo = made.getvalue() + box
    kept = photo_in(kept_of(pdf(with_photo(photo, Name.JPXDecode)))[2])
    assert kept == made.getvalue()


@pytest.mark.parametrize("photo", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff", HTML, picture()[:300]])
def test_a_broken_photo_takes_no_pdf_with_it(photo: bytes) -> None:
    kept = photo_in(kept_of(pdf(with_photo(photo, Name.DCTDecode)))[2])
    assert b"<script>" not in kept


@given(st.binary(max_size=200))
def test_of_any_bytes_no_telling_segment_is_left(content: bytes) -> None:
    kept = cleaning.without_telling(b"\xff\xd8" + content)
    assert cleaning.without_telling(kept) == kept
    assert len(kept) <= len(content) + 2


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_an_iphones_photo_is_left_out_and_the_receipt_says_what_to_do(brand: bytes) -> None:
    kept, (refused,) = checked([file(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 40, "IMG_0001.HEIC")])
    assert not kept
    assert refused.name == "IMG_0001.HEIC"
    assert "tire um print" in refused.why


def test_a_pdf_that_is_something_else_too_is_only_a_pdf_afterwards() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("evil.html", "<script>alert(1)</script>")
    content = kept_of(pdf() + archive.getvalue() + b"<script>alert(2)</script>")[2]
    assert not zipfile.is_zipfile(io.BytesIO(content))
    assert b"<script>" not in content


def test_a_picture_with_a_script_behind_it_is_only_a_picture_afterwards() -> None:
    assert b"<script>" not in kept_of(picture() + b"<script>alert(1)</script>", "x.jpg")[2]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (HTML, "unknown"),
        (SVG, "unknown"),
        (b"#!/bin/sh\nrm -rf /\n", "unknown"),
        (b"MZ\x90\x00", "unknown"),
        (b"GIF89a" + b"\x01\x00\x01\x00\x00\x00\x00;", "unknown"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "unknown"),
        (b"%PDF-1.7\n" + HTML, "broken"),
        (pdf()[:40], "broken"),
        (picture()[:200], "broken"),
        (picture("PNG")[:40], "broken"),
        # Six gigabytes of points in a few bytes, and one that would pass the limit of points only.
        (png(40_000, 50_000, b"\0" * 1000), "large"),
        (png(8_000, 7_000, b"\0" * 1000), "large"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "locked"),
    ],
    ids=range(14),
)
def test_what_may_not_be_kept_is_left_out_with_the_reason(content: bytes, why: str) -> None:
    kept, (refused,) = checked([file(content, "relatório.pdf")])
    assert not kept
    assert refused.name == "relatório.pdf"
    assert refused.why == str(attachments._WHY[why])


def test_a_pdf_that_opens_without_a_password_is_kept_without_its_lock() -> None:
    content = kept_of(pdf(encryption=pikepdf.Encryption(owner="a", user="")))[2]
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.is_encrypted


def test_what_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_anew, "_SECONDS", 0.01)
    kept, (refused,) = checked([file(picture(), "x.jpg")])
    assert not kept
    assert "danificado" in refused.why


def test_what_is_packed_by_the_gigabyte_in_a_pdf_does_not_fill_the_machine() -> None:
    packed = zlib.compress(b"0 " * 500_000_000)
    assert len(packed) < LARGEST
    body = b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    whole = b"%PDF-1.7\n" + body + packed + b"\nendstream\nendobj\ntrailer << /Root 0 0 R >>\n"
    kept, refused = checked([file(whole)])
    assert (len(kept), len(refused)) == (0, 1)


def test_at_most_five_and_at_most_ten_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_cleaned", lambda _file: ("image/png", b"x"))
    kept, (refused,) = checked([file(b"x", f"{n}.png") for n in range(6)])
    assert (len(kept), refused.name) == (5, "5.png")
    monkeypatch.undo()
    assert "10 MB" in checked([file(b"x" * (LARGEST + 1))])[1][0].why


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd.dat"),
        ("C:\\Users\\Ana\\foto.png", "foto.png"),
        ('a"; filename="b.exe\r\nX: y.pdf', "a filenameb.exeX y.pdf"),
        ("", "anexo.dat"),
        ("...", "anexo.dat"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown


@pytest.mark.django_db
def test_art_11_a_bad_file_takes_nothing_with_it_and_the_receipt_says_so(client: Client) -> None:
    sent = {"kind": "complaint", "text": "Com foto.", "attachments": [file(HTML, "a.pdf"), file(picture(), "foto.jpg")]}
    client.post("/manifestacoes/nova/", sent)
    kept = Manifestation.objects.get()
    assert kept.text == "Com foto."
    attachment = kept.attachments.get()
    assert (attachment.name, attachment.content_type, attachment.size) == (
        "foto.jpg",
        "image/jpeg",
        Path(attachment.file.path).stat().st_size,
    )
    receipt = client.get("/manifestacoes/recibo/").content.decode()
    assert "a.pdf não foi guardado: não é um PDF nem uma imagem" in receipt
    assert Path(attachment.file.path).stat().st_mode & 0o077 == 0
    assert "foto.jpg" not in attachment.file.name


@pytest.mark.django_db
def test_a_file_that_no_row_names_is_swept_away_after_a_day() -> None:
    receive(Brought(token=uuid.uuid4(), text="x", files=[file(picture(), "x.jpg")]), at=timezone.now())
    named = Path(Attachment.objects.get().file.path)
    lost = named.with_name("lost.jpg")
    lost.write_bytes(b"x")
    assert sweep(timezone.now()) == 0, "of today, it may be being kept"
    assert sweep(timezone.now() + timedelta(days=2)) > 0, "and what tests that were undone left"
    assert named.exists()
    assert not lost.exists()


def test_the_process_that_opens_files_knows_nothing_of_the_site() -> None:
    source = Path(cleaning.__file__).read_text(encoding="utf-8")
    assert "import django" not in source
    assert "from feedback" not in source
