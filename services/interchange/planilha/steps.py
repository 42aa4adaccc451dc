"""Steps and what is asked in them, as cells of lines: ``[2]`` before a line names the second step."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from services import rich_text
from services.interchange.base import Unreadable
from services.interchange.planilha.phrases import line
from services.record import Service
from services.record.service import Step
from services.record.values import Value

V = TypeVar("V", bound=Value)
_NUMBERED = re.compile(r"^\[(\d{1,3})\]\s*(.*)$")
#: A step for what is asked where no step is written.
_ONLY = "Fazer o pedido"


def cell_lines(text: str) -> list[str]:
    """The lines of a cell that say something."""
    return [said for each in text.split("\n") if (said := line(each))]


def steps_text(record: Service) -> str:
    """A paragraph for each step: its title, then its description."""
    return "\n\n".join(_step_text(step) for step in record.steps)


def _step_text(step: Step) -> str:
    description = "\n".join(cell_lines(rich_text.readable(step.description)))
    return f"{line(step.title)}\n{description}" if description else line(step.title)


def read_steps(text: str, record: Service) -> list[Step]:
    """The steps of these paragraphs; one that was there keeps what else is in it."""
    old = list(record.steps)
    paragraphs = [part for each in re.split(r"\n\s*\n", text) if (part := cell_lines(each))]
    found = []
    for place, (title, *description) in enumerate(paragraphs):
        same = next((step for step in old if line(step.title) == title), None)
        if same is None and len(paragraphs) == len(record.steps) and record.steps[place] in old:
            same = record.steps[place]
        step = same or Step()
        if same is not None:
            old.remove(same)
        said = "\n".join([title, *description])
        if _step_text(step) != said:
            html = rich_text.from_markdown("\n\n".join(description)) if description else ""
            keep = "\n".join(cell_lines(rich_text.readable(step.description))) == "\n".join(description)
            step = step.model_copy(update={"title": title, "description": step.description if keep else html})
        found.append(step)
    return found


def parts_text(record: Service, name: str, said: Callable[[Any], str]) -> str:
    """What every step asks of everybody, a line each."""
    return "\n".join(_lines(record, name, said))


def _lines(record: Service, name: str, said: Callable[[Any], str]) -> Iterator[str]:
    for number, step in enumerate(record.steps, start=1):
        for item in getattr(step, name).default:
            yield f"[{number}] {said(item)}" if number > 1 else said(item)


def read_parts(
    text: str, record: Service, name: str, said: Callable[[Any], str], read: Callable[[str], Any]
) -> list[Step]:
    """The steps with what these lines ask of everybody; what is asked in some cases stays.

    A line that says what the step asks already keeps that, with all that a line does not say of it.
    Raises ``Unreadable``.
    """
    steps = list(record.steps) or [Step(title=_ONLY)]
    wanted: list[list[Any]] = [[] for _step in steps]
    for written in cell_lines(text):
        found = _NUMBERED.match(written)
        number, words = (int(found[1]), found[2]) if found else (1, written)
        if not 1 <= number <= len(steps):
            raise Unreadable(f"“{written[:60]}” fala da etapa {number}, e há só {len(steps)}")
        held = getattr(steps[number - 1], name).default
        wanted[number - 1].append(next((item for item in held if said(item) == words), None) or read(words))
    return [
        step.model_copy(update={name: getattr(step, name).model_copy(update={"default": items})})
        for step, items in zip(steps, wanted, strict=True)
    ]
