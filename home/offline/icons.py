"""The icon of the portal on a phone's screen: the city's coat of arms on white, or else the charter's own sign."""

from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageDraw

#: Sizes in points by name; a phone cuts the masked one to its own shape, so what matters stands in its middle.
SIZES: Final = {"192": 192, "512": 512, "mascara": 512}
_FINE = 4


@lru_cache(maxsize=16)
def own_icon(name: str, colour: str) -> bytes:
    """PNG of the sign that ``favicon.svg`` draws, in a colour (``1351b4``)."""
    size = SIZES[name]
    fine = size * _FINE
    masked = name == "mascara"
    image = Image.new("RGBA", (fine, fine), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    ground = f"#{colour}"
    if masked:
        draw.rectangle((0, 0, fine, fine), fill=ground)
    else:
        draw.rounded_rectangle((0, 0, fine - 1, fine - 1), radius=fine * 7 // 32, fill=ground)
    # An open ring, as in the favicon: radius 7 and stroke 4 of 32; smaller where edges may be cut off.
    scale = fine / 32 * (0.8 if masked else 1)
    centre, radius, stroke = fine / 2, 9 * scale, int(4 * scale)
    draw.arc((centre - radius, centre - radius, centre + radius, centre + radius), 45, 315, fill="white", width=stroke)
    return _png(image.resize((size, size), Image.Resampling.LANCZOS))


def arms_icon(name: str, arms: Any) -> bytes:
    """PNG of a coat of arms (a file open for reading) on white. Raises ``OSError`` for what is no picture."""
    size = SIZES[name]
    inner = int(size * (0.6 if name == "mascara" else 0.86))
    with Image.open(arms) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((inner, inner), Image.Resampling.LANCZOS)
    image = Image.new("RGBA", (size, size), "white")
    image.alpha_composite(picture, ((size - picture.width) // 2, (size - picture.height) // 2))
    return _png(image)


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
