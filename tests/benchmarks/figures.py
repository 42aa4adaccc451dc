"""A figure: ours beside stock Wagtail's, and what it must reach."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """``ratio`` says how many times better ours is, where there is a stock to compare with.

    Missed if the ratio is below ``at_least``, or ours above ``at_most`` or below ``no_less``.
    """

    name: str
    unit: str
    ours: float
    stock: float | None = None
    ratio: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    no_less: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether it falls short of its target."""
        return (
            (self.at_least is not None and (self.ratio is None or self.ratio < self.at_least))
            or (self.at_most is not None and self.ours > self.at_most)
            or (self.no_less is not None and self.ours < self.no_less)
        )

    @property
    def target(self) -> str:
        """What it must reach, in words; ``""`` if it is only told."""
        if self.at_least is not None:
            return f"ratio at least {self.at_least:g}"
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return f"at least {self.no_less:g}" if self.no_less is not None else ""

    def line(self) -> str:
        """``name ours stock ratio``, then the unit, the target and whether it was missed."""
        numbers = [_number(self.ours), _number(self.stock), f"{self.ratio:.1f}x" if self.ratio is not None else "-"]
        told = ", ".join(part for part in (self.unit, self.target, self.note) if part)
        return f"{self.name} {' '.join(numbers)}  ({told}){' MISSED' if self.missed else ''}"


def faster(name: str, unit: str, *, ours: float, stock: float, **targets: Any) -> Figure:
    """A figure of which less is better, such as seconds."""
    return Figure(name, unit, ours, stock, stock / ours, **targets)


def more(name: str, unit: str, *, ours: float, stock: float, **targets: Any) -> Figure:
    """A figure of which more is better, such as requests a second."""
    return Figure(name, unit, ours, stock, ours / stock, **targets)


def keep(figures: list[Figure], folder: Path, *, name: str, on: Mapping[str, str]) -> Path:
    """Write figures as JSON, and as Markdown beside it; where the JSON is. ``on``: what they were measured on."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    rows = [asdict(figure) | {"missed": figure.missed} for figure in figures]
    whole = {"measured_on": dict(on), "figures": rows}
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(f"{table(figures)}\n\n{told(on)}\n", encoding="utf-8")
    return path


def table(figures: Sequence[Figure]) -> str:
    """As the documentation has it."""
    rows = (
        f"| {figure.name}, {figure.unit} | {_number(figure.ours)} | {_number(figure.stock)} "
        f"| {'' if figure.ratio is None else _number(figure.ratio)} "
        f"| {figure.target}{': missed' if figure.missed else ''} |"
        for figure in figures
    )
    return "\n".join(["| figure | ours | stock | ratio | target |", "|-|-|-|-|-|", *rows])


def told(on: Mapping[str, str]) -> str:
    """What they were measured on, as a table."""
    return "\n".join(["| measured on | |", "|-|-|", *(f"| {name} | {value} |" for name, value in on.items())])


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
