"""A file that somebody sent, made anew: what it shows stays, what runs or tells of its maker goes.

Run as a script in a process of its own, with little memory and time: a bomb ends that process and nothing else. The
first line out is the content type, or ``!`` and the key of why it is not kept; the rest is the file. No framework.
"""

import io
import re
import resource
import struct
import sys
import zlib
from typing import Any

import pikepdf
from PIL import Image, ImageOps

#: Points of a picture: a phone's has twelve to fifty million.
MOST_POINTS = 50_000_000
MEMORY = 1_500_000_000
SECONDS = 10
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
#: Keys under which a PDF keeps what runs, what is inside it, and what tells of its maker.
_GO = (
    *("/AA", "/OpenAction", "/JS", "/JavaScript", "/Metadata", "/PieceInfo", "/AF", "/EF", "/EmbeddedFiles"),
    *(
        "/XFA",
        "/Collection",
        "/RichMediaContent",
        "/RichMediaSettings",
        "/Renditions",
        "/Launch",
        "/Next",
        "/LastModified",
        # Small pictures of pages, as they looked when they were made.
        "/Thumb",
    ),
)
_LIVELY = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_DEEPEST = 60
#: Segments of a JPEG without which it looks another: JFIF, colour profile, Adobe's colours. The other APPs and comments
#: tell of camera, place and maker.
_NEEDED = {0xE0, 0xE2, 0xEE}
_TELLING = {*range(0xE0, 0xF0), 0xFE} - _NEEDED
#: Where the points of a JPEG end: a marker that is none of those among them.
_MARKER = re.compile(rb"\xff+(?=[^\x00\xd0-\xd7\xff])")
#: Boxes of a JPEG 2000 that tell.
_TELLING_BOXES = {b"xml ", b"uuid", b"uinf", b"jp2i"}


class NotKept(ValueError):
    """Why a file is not kept: ``unknown``, ``large``, ``broken`` or ``locked``. ``refusing`` has its like outside."""


def cleaned(content: bytes) -> tuple[str, bytes]:
    """Content type and content of what is kept. Raises ``NotKept``."""
    if content.startswith(b"%PDF-"):
        return "application/pdf", _pdf(content)
    return _picture(content)


def _picture(content: bytes) -> tuple[str, bytes]:
    try:
        picture: Image.Image = Image.open(io.BytesIO(content), formats=list(_PICTURES))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, Image.DecompressionBombError):
            raise NotKept("large") from error
        # Sounds and films begin like a WebP.
        raise NotKept("unknown" if content.startswith(b"RIFF") else "broken") from error
    kind = picture.format or ""
    if picture.width * picture.height > MOST_POINTS:
        raise NotKept("large")
    try:
        picture = ImageOps.exif_transpose(picture)
        see_through = picture.has_transparency_data and kind != "JPEG"
        picture = picture.convert("RGBA" if see_through else "L" if picture.mode in {"1", "L"} else "RGB")
        picture.info = {}
        made = io.BytesIO()
        picture.save(made, format=kind, **({} if kind == "PNG" else {"quality": 90}))
    except (
        OSError,
        ValueError,
        SyntaxError,
        LookupError,
        TypeError,
        ArithmeticError,
        struct.error,
        zlib.error,
    ) as error:
        raise NotKept("broken") from error
    return _PICTURES[kind], made.getvalue()


def _pdf(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise NotKept("broken")
            for each in pdf.objects:
                _strip(each, 0)
                if isinstance(each, pikepdf.Stream):
                    _strip_picture(pdf, each)
            _strip(pdf.Root, 0)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            made = io.BytesIO()
            pdf.save(made, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as error:
        raise NotKept("locked") from error
    except (pikepdf.PdfError, ValueError, LookupError, TypeError, RuntimeError) as error:
        raise error if isinstance(error, NotKept) else NotKept("broken") from error
    return made.getvalue()


def _strip(found: Any, depth: int) -> None:
    """Of an object and of those written inside it; others come by themselves."""
    if depth > _DEEPEST:
        raise NotKept("broken")
    if isinstance(found, pikepdf.Array):
        for each in [each for each in found if isinstance(each, (pikepdf.Array, pikepdf.Dictionary))]:
            if not each.is_indirect:
                _strip(each, depth + 1)
        return
    if not isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    for key in _GO:
        if key in found:
            del found[key]
    action = found.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) != "/GoTo":
        del found["/A"]
    if isinstance(found.get("/Annots"), pikepdf.Array):
        found["/Annots"] = pikepdf.Array([each for each in found["/Annots"] if not _is_lively(each)])
    for key in list(found.keys()):
        inner = found[key]
        if isinstance(inner, (pikepdf.Array, pikepdf.Dictionary)) and not inner.is_indirect:
            _strip(inner, depth + 1)


def _strip_picture(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    """Of a photo inside a PDF, what it tells beside what it shows; its points are not touched."""
    named = stream.get("/Filter")
    filters = [str(each) for each in (named if isinstance(named, pikepdf.Array) else [named] if named else [])]
    strip = {"/DCTDecode": without_telling, "/JPXDecode": _boxes_without_telling}.get(filters[-1] if filters else "")
    if strip is None:
        return
    content = stream.read_raw_bytes()
    if len(filters) > 1:
        # Packed once more: another stream, of the same bytes, is unpacked up to the photo.
        packed = pikepdf.Stream(pdf, content)
        packed.Filter = pikepdf.Array([pikepdf.Name(each) for each in filters[:-1]])
        content = packed.read_bytes()
    parms = stream.get("/DecodeParms")
    last = parms[len(parms) - 1] if isinstance(parms, pikepdf.Array) and len(parms) else parms
    kept = last if isinstance(last, pikepdf.Dictionary) else None
    stream.write(strip(content), filter=pikepdf.Name(filters[-1]), decode_parms=kept)


def without_telling(content: bytes) -> bytes:
    """A JPEG without camera, place, maker and what stands behind its end; nothing of what is none."""
    if not content.startswith(b"\xff\xd8"):
        return b""
    kept, place = [content[:2]], 2
    while (found := _MARKER.match(content, place)) is not None:
        marker = content[found.end()]
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        end = found.end() + 1 + int.from_bytes(content[found.end() + 1 : found.end() + 3])
        if marker == 0xDA:
            # The points follow.
            after = _MARKER.search(content, end)
            end = after.start() if after else len(content)
        if marker not in _TELLING:
            kept.append(content[place:end])
        place = end
    return b"".join(kept)


def _boxes_without_telling(content: bytes) -> bytes:
    kept, place = [], 0
    if content.startswith(b"\xff\x4f"):
        # Points alone, without boxes.
        return content
    while place + 8 <= len(content):
        size, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(content[place + 8 : place + 16])
        end = place + size if size else len(content)
        if end < place + 8:
            break
        if kind not in _TELLING_BOXES:
            kept.append(content[place:end])
        place = end
    return b"".join(kept)


def _is_lively(annotation: Any) -> bool:
    return isinstance(annotation, pikepdf.Dictionary) and str(annotation.get("/Subtype", "")) in _LIVELY


def main() -> None:
    """From standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        content_type, content = cleaned(sys.stdin.buffer.read())
    except NotKept as error:
        content_type, content = f"!{error}", b""
    except MemoryError:
        content_type, content = "!large", b""
    sys.stdout.buffer.write(content_type.encode() + b"\n" + content)


if __name__ == "__main__":
    main()
