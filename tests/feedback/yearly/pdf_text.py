"""The text of a PDF as a program that reads it aloud has it: by what each font says its shapes mean."""

import io
import re
from typing import Any

import pikepdf


def text_of_pdf(content: bytes) -> str:
    """All pages, in the order in which they are drawn."""
    return " ".join(texts_of_pages(content))


def texts_of_pages(content: bytes) -> list[str]:
    """Each page by itself."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [" ".join("".join(_page(page)).split()) for page in pdf.pages]


def _page(page: Any) -> Any:
    fonts = {name: _meanings(font) for name, font in page.Resources.Font.items()}
    meaning: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            meaning = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    yield "".join(meaning.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2))
        elif str(operator) in ("BDC", "BMC"):
            yield "\n"


def _meanings(font: Any) -> dict[int, str]:
    """Code of a shape → letters."""
    written = font.ToUnicode.read_bytes().decode()
    return {
        int(code, 16): bytes.fromhex(letters).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", written, re.DOTALL)
        for code, letters in re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", block)
    }
