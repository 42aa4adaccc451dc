"""Whether letters can be read on a colour: the contrast ratio of WCAG 2.2 (definition "contrast ratio")."""

import colorsys
import re

#: WCAG 2.2, 1.4.3 (AA), letters of usual size.
READABLE = 4.5
#: What a city's colour must reach on white, so that it is readable on the pale backgrounds made of it too.
MINIMUM_CONTRAST = 5.2

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def is_colour(text: str) -> bool:
    """Whether ``text`` is a colour as ``#rrggbb``."""
    return _COLOUR.match(text) is not None


def luminance(colour: str) -> float:
    """Relative luminance of a colour ``#rrggbb``, 0 for black and 1 for white."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours ``#rrggbb``, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def contrast_with_white(colour: str) -> float:
    """Contrast ratio of white on a colour ``#rrggbb``, 1 to 21."""
    return contrast(colour, "#ffffff")


def darker(colour: str, share: float) -> str:
    """The colour with each channel lowered by a share of itself, for hover and headings."""
    return "#" + "".join(f"{round(int(colour[place : place + 2], 16) * (1 - share)):02x}" for place in (1, 3, 5))


def lighter(colour: str, share: float) -> str:
    """The colour with each channel raised by a share of what it lacks, for backgrounds under dark letters."""
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * share):02x}" for channel in channels)


def mixed(base: str, other: str, share: float) -> str:
    """The base colour with a share of another in it."""
    pairs = ((int(base[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def readable_on(colour: str, backgrounds: tuple[str, ...], minimum: float) -> str:
    """A colour of the same hue, as light as it must be for the minimum contrast with each of some dark backgrounds."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))
    shade = colour
    while lightness < 1 and any(contrast(shade, background) < minimum for background in backgrounds):
        lightness = min(1.0, lightness + 0.02)
        channels = colorsys.hls_to_rgb(hue, lightness, min(saturation, 0.65))
        shade = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    return shade
