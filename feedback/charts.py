"""Charts as SVG, made here: words and shapes, coloured by the style sheet. Each is one picture with a title and a text.

No inline styles and no script: the site allows none. Beside each stands a table with the same numbers.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: As wide as a small phone's text, so that words stay as large as written.
_WIDTH = 340
_ROW, _TALL_ROW = 30, 44
_LABELS, _VALUES = 104, 60


@dataclass(frozen=True)
class Bar:
    """A bar: what it is, how long it is beside the others, and its number in words."""

    label: str
    size: float
    value: str


@dataclass(frozen=True)
class Point:
    """A mean with its interval, from one to five; without one there is a gap."""

    label: str
    mean: float | None = None
    low: float = 1
    high: float = 5


def bars(name: str, bars: Sequence[Bar], *, title: str, text: str) -> SafeString:
    """Lying bars with their words; ``name`` is the picture's own on its page."""
    longest = max((bar.size for bar in bars), default=0) or 1
    room = _WIDTH - _LABELS - _VALUES
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><rect class="c-chart__bar" x="{}" y="{}" width="{}" height="18" rx="2"></rect>'
        '<text class="c-chart__value" x="{}" y="{}">{}</text>',
        (
            (
                place * _ROW + 20,
                bar.label,
                _LABELS,
                place * _ROW + 6,
                (width := _number(max(1.0, room * bar.size / longest))),
                _number(_LABELS + float(width) + 6),
                place * _ROW + 20,
                bar.value,
            )
            for place, bar in enumerate(bars)
        ),
    )
    return _picture(name, _ROW * len(bars) + 4, drawn, title=title, text=text)


def tall_bars(name: str, bars: Sequence[Bar], *, title: str, text: str) -> SafeString:
    """Lying bars, each below its words: these are long."""
    longest = max((bar.size for bar in bars), default=0) or 1
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><rect class="c-chart__bar" x="0" y="{}" width="{}" height="14" rx="2"></rect>'
        '<text class="c-chart__value" x="{}" y="{}">{}</text>',
        (
            (
                place * _TALL_ROW + 14,
                bar.label,
                place * _TALL_ROW + 20,
                (width := _number(max(1.0, (_WIDTH - _VALUES) * bar.size / longest))),
                _number(float(width) + 6),
                place * _TALL_ROW + 32,
                bar.value,
            )
            for place, bar in enumerate(bars)
        ),
    )
    return _picture(name, _TALL_ROW * len(bars) + 4, drawn, title=title, text=text)


def line(name: str, points: Sequence[Point], *, title: str, text: str) -> SafeString:
    """Means one after another, each with its interval, on a scale from one to five."""
    height, left, top, bottom = 210, 22, 12, 178
    step = (_WIDTH - left - 22) / max(1, len(points) - 1)

    def across(place: int) -> str:
        return _number(left + 6 + place * step)

    def down(stars: float) -> str:
        return _number(bottom - (stars - 1) / 4 * (bottom - top))

    scale = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><line class="c-chart__grid" x1="{}" x2="{}" y1="{}" y2="{}"></line>',
        ((_number(float(down(n)) + 4), n, left, _WIDTH, down(n), down(n)) for n in range(1, 6)),
    )
    # Where there are many, every other one is named, and the last one always.
    every = 2 if len(points) > 7 else 1
    last = len(points) - 1
    names = format_html_join(
        "",
        '<text class="c-chart__name" x="{}" y="{}">{}</text>',
        ((across(n), height - 10, point.label) for n, point in enumerate(points) if (last - n) % every == 0),
    )
    told = [(n, point, point.mean) for n, point in enumerate(points) if point.mean is not None]
    intervals = format_html_join(
        "",
        '<line class="c-chart__interval" x1="{}" x2="{}" y1="{}" y2="{}"></line>',
        ((across(n), across(n), down(point.low), down(point.high)) for n, point, _mean in told),
    )
    pieces = format_html_join(
        "",
        '<line class="c-chart__line" x1="{}" y1="{}" x2="{}" y2="{}"></line>',
        (
            (across(a), down(mean_a), across(b), down(mean_b))
            for (a, _p, mean_a), (b, _q, mean_b) in itertools.pairwise(told)
            if b == a + 1
        ),
    )
    dots = format_html_join(
        "",
        '<circle class="c-chart__dot" cx="{}" cy="{}" r="4"></circle>',
        ((across(n), down(mean)) for n, _point, mean in told),
    )
    drawn = format_html("{}{}{}{}{}", scale, names, intervals, pieces, dots)
    return _picture(name, height, drawn, title=title, text=text)


def _picture(name: str, height: int, drawn: SafeString, *, title: str, text: str) -> SafeString:
    return format_html(
        '<svg class="c-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-text">'
        '<title id="{}-title">{}</title><desc id="{}-text">{}</desc><g aria-hidden="true">{}</g></svg>',
        *(_WIDTH, height, name, name, name, title, name, text, drawn),
    )


def _number(value: float) -> str:
    return f"{value:.1f}"
