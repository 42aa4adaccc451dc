"""A booklet is set in parts, some at a time, and bound: set in one piece, a big city's would take gigabytes.

Where everything stands is known once the bodies are set; contents and index are set after that, feet last of all.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from services.booklet.binding import Volume, places
from services.booklet.codes import drawn
from services.booklet.press import peak, set_type

#: Characters of data in a part: about eighty pages, and some 300 MB to set.
_PART = 600_000
#: Megabytes that the process which sets none of them needs meanwhile.
_OWN = 150
#: Parts that are set at the same time.
_AT_ONCE = 2


def booklet(folder: Path, fonts: str, *, megabytes: int, seconds: int) -> dict[str, Any]:
    """Make ``made.pdf`` of ``data.json``; its pages, and the most memory that was held at once, in bytes."""
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    bodies = data.pop("bodies")
    data["chapters"] = list(_chapters(data, bodies))
    _write(folder / "book.json", data)
    parts = [{"shape": "bodies", "rights": not number, "bodies": those} for number, those in enumerate(_cut(bodies))]
    if data["units"]:
        parts.append({"shape": "units"})
    names = [f"part-{number}.json" for number in range(len(parts))]
    for name, part in zip(names, parts, strict=True):
        _write(folder / name, part)
    del bodies, parts
    beside = _set_all(folder, names, fonts, megabytes=megabytes, seconds=seconds)
    pages: dict[str, int] = {}
    # How many pages the contents take does not hang on the numbers in them.
    front = _set(folder, "front", fonts, pages=pages)
    last = _number(pages, front, after=0)
    for name in names:
        last = _number(pages, folder / f"{name}.pdf", after=last)
    index = [_set(folder, "names", fonts, pages=pages)] if data["names"] else []
    for path in index:
        last = _number(pages, path, after=last)
    front = _set(folder, "front", fonts, pages=pages)
    feet = _set(folder, "feet", fonts, tags=False, feet=_feet(data, pages, last=last))
    volume = Volume(front)
    for path in (*(folder / f"{name}.pdf" for name in names), *index):
        volume.add(path)
    volume.bind(folder / "made.pdf", feet=feet, chapters=data["chapters"], words=data["words"])
    return {"pages": last, "peak": max(peak(), beside)}


def _chapters(data: dict[str, Any], bodies: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield {"id": data["rights"]["id"], "title": data["rights"]["title"], "services": []}
    for body in bodies:
        services = [[service["id"], service["title"]] for service in body["services"]]
        yield {"id": body["id"], "title": body["title"], "services": services}
    for name in ("units", "names"):
        if data[name]:
            yield {"id": name, "title": data["words"][name], "services": []}


def _feet(data: dict[str, Any], pages: dict[str, int], *, last: int) -> list[list[Any]]:
    """The number of each page from the second on, and the chapter that it is in."""
    begins = [(pages[chapter["id"]], chapter["title"]) for chapter in data["chapters"]]
    found = []
    for number in range(2, last + 1):
        before = [title for page, title in begins if page <= number]
        found.append([number, before[-1] if before else data["title"]])
    return found


def _cut(bodies: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Bodies in parts; one that is too long goes on in the next, with its name alone."""
    part: list[dict[str, Any]] = []
    size = 0
    for body in bodies:
        part.append(body | {"services": []})
        for service in body["services"]:
            long = len(json.dumps(service, ensure_ascii=False))
            if size and size + long > _PART:
                yield part
                part, size = [{"title": body["title"], "goes_on": True, "services": []}], 0
            part[-1]["services"].append(service)
            size += long
    yield part


def _set_all(folder: Path, names: list[str], fonts: str, *, megabytes: int, seconds: int) -> int:
    """Set these parts, each in a process of its own unless there are few; the memory that they held at once."""
    if len(names) <= _AT_ONCE:
        for name in names:
            set_part(folder, name, fonts)
        return 0
    each = str((megabytes - _OWN) // _AT_ONCE)
    command = [sys.executable, "-m", "services.booklet.press", str(folder)]

    def beside(name: str) -> int:
        subprocess.run(  # noqa: S603 - our own program, and a folder of our own
            [*command, name, fonts, each, str(seconds)], check=True, env=os.environ.copy()
        )
        told: int = json.loads((folder / f"{name}.told").read_text(encoding="utf-8"))["peak"]
        return told

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        peaks = sorted(pool.map(beside, names), reverse=True)
    return peak() + sum(peaks[:_AT_ONCE])


def set_part(folder: Path, name: str, fonts: str) -> None:
    """Draw the codes of a part's services, and set it."""
    part = json.loads((folder / name).read_text(encoding="utf-8"))
    for body in part.get("bodies", []):
        for service in body["services"]:
            service["code"] = drawn(service["href"])
    _write(folder / name, part)
    set_type(folder, "booklet.typ", fonts, f"{name}.pdf", part=name)


def _set(folder: Path, shape: str, fonts: str, *, tags: bool = True, **told: Any) -> Path:
    _write(folder / f"{shape}.json", {"shape": shape, **told})
    return set_type(folder, "booklet.typ", fonts, f"{shape}.pdf", tags=tags, part=f"{shape}.json")


def _number(pages: dict[str, int], path: Path, *, after: int) -> int:
    """Note on which page of the whole each label of a part stands; the number of the part's last page."""
    count, found = places(path)
    pages.update({label: after + number for label, number in found.items()})
    return after + count


def _write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
