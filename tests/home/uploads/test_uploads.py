"""What editors upload is what it says it is, fits, and runs nothing. Each file here is a real one, made to pass."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from PIL import Image, PngImagePlugin
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture
from wagtail.models import Collection
from wagtail.users.models import UserProfile

from services.uploads import documents
from services.uploads.refusing import NotKept

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(document.cookie)</script>"
PLACE = "-14.8619,-40.8445"


@pytest.fixture
def client(admin_user: Any, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = str(tmp_path)
    client = Client()
    client.force_login(admin_user)
    return client


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20), **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, form, **more)
    return made.getvalue()


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<x/>"}, **more)


def sheet() -> bytes:
    book = Workbook()
    book.active["A1"] = "Serviço"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def bomb() -> bytes:
    """A spreadsheet of two hundred kilobytes that opens to two hundred megabytes."""
    return office("xl", **{"xl/worksheets/sheet1.xml": bytes(documents.MOST_UNPACKED + 1)})


def forged_bomb() -> bytes:
    """One whose directory says that it opens to ten bytes."""
    whole = office("xl", **{"xl/worksheets/sheet1.xml": bytes(5_000_000)})
    return whole.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10))


def huge() -> bytes:
    """A picture of a few bytes that says it has ninety million points."""
    head = struct.pack(">IIBBBBB", 9_000, 10_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    body = zlib.compress(bytes(9_000 * 3 + 1) * 50)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def sent_picture(client: Client, name: str, content: bytes) -> Any:
    data = {"title": "Foto", "file": SimpleUploadedFile(name, content), "collection": Collection.objects.get().pk}
    return client.post(reverse("wagtailimages:add"), data)


def sent_document(client: Client, name: str, content: bytes) -> Any:
    data = {"title": "Edital", "file": SimpleUploadedFile(name, content), "collection": Collection.objects.get().pk}
    return client.post(reverse("wagtaildocs:add"), data)


def test_a_picture_keeps_what_it_shows_and_nothing_else(client: Client) -> None:
    exif = Image.Exif()
    exif[0x010E] = PLACE
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", PLACE)
    for name, content in (
        ("praca.jpg", picture("JPEG", exif=exif.tobytes(), comment=SCRIPT)),
        ("praca.png", picture("PNG", pnginfo=hidden) + SCRIPT),
        ("praca.jpeg", picture("JPEG") + archive(**{"classes.jar": b"x"})),
        ("praca.webp", picture("WEBP", exif=exif.tobytes())),
    ):
        assert sent_picture(client, name, content).status_code == 302, name
        kept = Picture.objects.latest("pk")
        written = Path(kept.file.path).read_bytes()
        assert (kept.width, kept.height, kept.file_size) == (40, 20, len(written))
        assert not any(part in written for part in (PLACE.encode(), SCRIPT, b"classes.jar", b"PK\x03\x04"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brasao.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"),
        ("brasao.png", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"),
        ("brasao.gif", b"GIF89a/*" + picture("GIF")[8:] + b"*/=1;alert(1)"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + SCRIPT),
        ("foto.png", huge()),
        ("foto.png", picture() + bytes(10 * 1024 * 1024)),
        ("foto.webp", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20)),
        ("foto.jpg", b""),
    ],
)
def test_what_is_no_picture_is_refused(client: Client, name: str, content: bytes) -> None:
    response = sent_picture(client, name, content)
    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    assert not Picture.objects.exists()


def test_a_picture_is_called_what_it_is(client: Client) -> None:
    assert sent_picture(client, "foto.png", picture("JPEG")).status_code == 302
    assert Picture.objects.get().file.name.endswith("foto.jpg")


def test_many_pictures_at_once_are_looked_at_too(client: Client) -> None:
    address = reverse("wagtailimages:add_multiple")
    data = {"title": "x", "files[]": SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + SCRIPT)}
    told = client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert told["success"] is False
    data = {"title": "x", "files[]": SimpleUploadedFile("x.png", picture() + SCRIPT)}
    assert client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"}).json()["success"] is True
    assert SCRIPT not in Path(Picture.objects.get().file.path).read_bytes()


def test_ones_own_picture_is_made_anew(client: Client, admin_user: Any) -> None:
    data = {
        "name_email-email": "chefe@prefeitura.example",
        "name_email-first_name": "Ana",
        "name_email-last_name": "Souza",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "locale-preferred_language": "pt-br",
        "locale-current_time_zone": "America/Bahia",
    }
    account = reverse("wagtailadmin_account")
    sent = client.post(account, data | {"avatar-avatar": SimpleUploadedFile("eu.jpg", picture("JPEG") + SCRIPT)})
    assert sent.status_code == 302
    assert SCRIPT not in Path(UserProfile.objects.get(user=admin_user).avatar.path).read_bytes()
    for content in (huge(), b"GIF89a" + SCRIPT):
        sent = client.post(account, data | {"avatar-avatar": SimpleUploadedFile("eu.png", content)})
        assert sent.status_code == 200


GOOD = {
    "lei.pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n",
    "lista.csv": "Órgão;Telefone\nSaúde;77\n".encode("cp1252"),
    "leia.txt": "\ufeffOlá, São João".encode(),
    "nota.rtf": rb"{\rtf1\ansi Ol\'e1}",
    "tabela.xlsx": sheet(),
    "oficio.docx": office("word"),
    "aula.pptx": office("ppt"),
    "mapas.zip": archive(**{"mapa.pdf": b"%PDF-1.7 %%EOF"}),
}


def open_document(**more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, content in {"content.xml": b"<x/>", **more}.items():
            file.writestr(name, content)
    return made.getvalue()


GOOD["oficio.odt"] = open_document()


@pytest.mark.parametrize("name", GOOD)
def test_documents_are_kept_as_they_came(client: Client, name: str) -> None:
    assert sent_document(client, name, GOOD[name]).status_code == 302
    kept = Document.objects.get()
    assert Path(kept.file.path).read_bytes() == GOOD[name]


def locked() -> bytes:
    whole = bytearray(GOOD["mapas.zip"])
    directory = whole.index(b"PK\x01\x02")
    whole[6] |= 1
    whole[directory + 8] |= 1
    return bytes(whole)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("pagina.html", SCRIPT, None),
        ("desenho.svg", b"<svg>" + SCRIPT + b"</svg>", None),
        ("lei.pdf", SCRIPT + GOOD["lei.pdf"], "other"),
        ("lei.pdf", b"MZ\x90\x00" + GOOD["lei.pdf"], "other"),
        ("lei.pdf", GOOD["lei.pdf"][:30], "broken"),
        ("lista.csv", SCRIPT, "other"),
        ("leia.txt", b"\xef\xbb\xbf \n<!doctype html>" + SCRIPT, "other"),
        ("leia.txt", b"MZ\x90\x00\x03", "other"),
        ("nota.rtf", rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", "lively"),
        ("nota.rtf", GOOD["lei.pdf"], "other"),
        ("tabela.xlsx", bomb, "large"),
        ("tabela.xlsx", forged_bomb(), "broken"),
        ("tabela.xlsx", GOOD["mapas.zip"], "other"),
        ("tabela.xlsx", SCRIPT + sheet(), "other"),
        ("tabela.xlsx", office("xl", **{"xl/vbaProject.bin": b"x"}), "lively"),
        ("oficio.docx", office("word", **{"word/activeX/activeX1.bin": b"x"}), "lively"),
        ("oficio.docx", GOOD["oficio.odt"], "other"),
        ("oficio.odt", open_document(**{"Basic/Standard/Module1.xml": b"x"}), "lively"),
        ("oficio.odt", GOOD["oficio.docx"], "other"),
        ("mapas.zip", archive(**{"virus.EXE": b"MZ"}), "lively"),
        ("mapas.zip", archive(**{"a/b.zip": b"PK"}), "lively"),
        ("mapas.zip", archive(**{f"{number}.txt": b"" for number in range(documents.MOST_PARTS + 1)}), "large"),
        ("mapas.zip", locked(), "locked"),
        ("mapas.zip", GOOD["mapas.zip"][:-30], "broken"),
    ],
)
def test_what_is_another_or_runs_or_swells_is_refused(client: Client, name: str, content: Any, why: Any) -> None:
    # Of two hundred megabytes: not for who only collects tests.
    content = content() if callable(content) else content
    response = sent_document(client, name, content)
    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    assert not Document.objects.exists()
    if why is not None:
        with pytest.raises(NotKept, match=why):
            documents.check(name, content)


def test_what_is_too_big_is_refused_before_it_is_read(client: Client) -> None:
    response = sent_document(client, "leia.txt", b"a" * (documents.LARGEST + 1))
    assert "mais de 20 MB" in response.content.decode()


def test_many_documents_at_once_are_looked_at_too(client: Client) -> None:
    address = reverse("wagtaildocs:add_multiple")
    data = {"title": "x", "files[]": SimpleUploadedFile("x.xlsx", bomb())}
    assert client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"}).json()["success"] is False


@pytest.mark.parametrize("name", ["leia.txt", "mapas.zip", "lei.pdf"])
def test_documents_are_given_out_to_be_kept(client: Client, name: str) -> None:
    sent_document(client, name, GOOD[name])
    response = Client().get(Document.objects.get().url)
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    # A browser shows a PDF in a reader of its own, which a sandbox would shut.
    assert response["Content-Disposition"].startswith("inline" if name == "lei.pdf" else "attachment")


def test_pictures_are_given_out_where_nothing_runs(client: Client, settings: Any, tmp_path: Path) -> None:
    from conecta_site.urls import uploaded

    (tmp_path / "x.html").write_bytes(SCRIPT)
    settings.MEDIA_ROOT = str(tmp_path)
    response = uploaded(Client().get("/").wsgi_request, "x.html")
    assert (response["X-Content-Type-Options"], "sandbox" in response["Content-Security-Policy"]) == ("nosniff", True)


def test_no_process_of_the_site_holds_a_decoder_of_heif() -> None:
    assert "HEIF" not in Image.registered_extensions().values()
