"""A card drawn from words: 1200 by 630, the size that messengers and networks show whole (Open Graph)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from home.contrast import darker
from services import typesetting

WIDTH, HEIGHT = 1200, 630
#: Nothing but colour is nearer to an edge: some cut a card's corners.
MARGIN = 64
_BAND = 132
_FOOT = 24
_ARMS = 92
_FONTS = Path(typesetting.__file__).parent / "fonts"
_WHITE, _INK, _GREY = "#ffffff", "#1b1b1b", "#555555"
_MOST_LINES = 5
_LARGEST, _SMALLEST, _STEP = 88, 46, 6
_LEADING = 1.16
_COLOURS = 64


@dataclass(frozen=True, slots=True)
class Face:
    """The city on every card: its name, its colour as ``#rrggbb``, its arms as the bytes of a picture or none."""

    name: str
    colour: str
    arms: bytes = b""


@dataclass(frozen=True, slots=True)
class Words:
    """What one card says: a title, and a line above it (whose it is, of which kind)."""

    title: str
    above: str = ""


def png(words: Words, face: Face) -> bytes:
    """The card as a PNG of few colours, some ten thousand bytes."""
    card = Image.new("RGB", (WIDTH, HEIGHT), _WHITE)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, WIDTH, _BAND), fill=face.colour)
    pen.rectangle((0, HEIGHT - _FOOT, WIDTH, HEIGHT), fill=darker(face.colour, 0.35))
    _head(card, pen, face)
    _body(pen, words, face)
    out = io.BytesIO()
    card.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines no wider than this; a word that is wider alone is broken where it must be."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, font, width):
        longer = f"{line} {piece}" if line else piece
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = piece
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(text: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    for word in text.split():
        rest = word
        while font.getlength(rest) > width:
            fits = next(size for size in range(len(rest), 0, -1) if size == 1 or font.getlength(rest[:size]) <= width)
            yield rest[:fits]
            rest = rest[fits:]
        if rest:
            yield rest


def _head(card: Image.Image, pen: ImageDraw.ImageDraw, face: Face) -> None:
    left = MARGIN
    arms = _arms(face.arms)
    if arms is not None:
        # On white: arms are drawn for paper, and may be of the band's own colour.
        side = _ARMS + 16
        top = (_BAND - side) // 2
        pen.rounded_rectangle((left, top, left + side, top + side), radius=12, fill=_WHITE)
        place = (left + (side - arms.width) // 2, top + (side - arms.height) // 2)
        card.paste(arms, place, arms)
        left += side + 28
    font = font_of("Bold", 42)
    name = _shortened(face.name, font, WIDTH - MARGIN - left)
    pen.text((left, _BAND / 2), name, font=font, fill=_WHITE, anchor="lm")


def _body(pen: ImageDraw.ImageDraw, words: Words, face: Face) -> None:
    width = WIDTH - 2 * MARGIN
    top, bottom = _BAND + 44, HEIGHT - _FOOT - 36
    if words.above:
        small = font_of("Regular", 36)
        pen.text((MARGIN, top), _shortened(words.above, small, width), font=small, fill=_GREY, anchor="la")
        top += 62
    font, lines = _fitted(words.title, width, bottom - top)
    height = font.size * _LEADING
    start = top + max(0.0, (bottom - top - height * len(lines)) / 2)
    for number, line in enumerate(lines):
        pen.text((MARGIN, start + height * number), line, font=font, fill=_INK, anchor="la")


def _fitted(text: str, width: float, height: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters in which the text has its place, or the smallest with its end left out."""
    for size in range(_LARGEST, _SMALLEST - 1, -_STEP):
        font = font_of("Bold", size)
        lines = wrapped(text, font, width)
        if len(lines) <= _MOST_LINES and len(lines) * size * _LEADING <= height:
            return font, lines
    font = font_of("Bold", _SMALLEST)
    most = min(_MOST_LINES, int(height / (_SMALLEST * _LEADING)))
    lines = wrapped(text, font, width)
    return font, [*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), font, width)]


def _shortened(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(text) <= width:
        return text
    fits = next((size for size in range(len(text), 0, -1) if font.getlength(f"{text[:size]}…") <= width), 0)
    return f"{text[:fits].rstrip()}…"


def _arms(data: bytes) -> Image.Image | None:
    if not data:
        return None
    try:
        arms = Image.open(io.BytesIO(data)).convert("RGBA")
    except (UnidentifiedImageError, OSError):
        # A card without arms is better than none.
        return None
    arms.thumbnail((_ARMS, _ARMS))
    return arms


@cache
def font_of(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """``Bold`` or ``Regular`` letters of a size in points of the picture."""
    return ImageFont.truetype(_FONTS / f"SourceSans3-{weight}.ttf", size)
