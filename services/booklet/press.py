"""Sets PDFs in a process of its own, which knows no database.

``-m services.booklet.press FOLDER WHAT FONTS MEGABYTES SECONDS``: ``WHAT`` is ``booklet``, a part of one, or a template
that is set in one piece; ``data.json`` and pictures are in the folder. Writes ``made.pdf``, and how it went as
``told.json``. What needs more memory or time than it may have ends with the process, and nothing else with it.
"""

import json
import os
import re
import resource
import sys
from pathlib import Path
from typing import Any

#: The variable of the environment with the moment that the PDF is of, in seconds since 1970: part of its bytes.
MOMENT = "CONECTA_BOOKLET_MOMENT"


def set_type(folder: Path, template: str, fonts: str, output: str, *, tags: bool = True, **inputs: str) -> Path:
    """A PDF of a template; its place. Raises ``typst.TypstError``."""
    # Who only starts this process asks for a constant of it, and need not hold a typesetter.
    import typst

    path = folder / output
    typst.compile(
        str(folder / template),
        output=str(path),
        root=str(folder),
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"] if tags else [],
        pdf_tags=tags,
        timestamp=int(os.environ.get(MOMENT, "0")),
    )
    return path


def peak() -> int:
    """The most memory that this process held at once, in bytes."""
    # getrusage would count whoever started it too: Linux keeps its figure through exec.
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))):
        return int(found.group(1)) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def limit(*, megabytes: int, seconds: int) -> None:
    """So much and no more, and after whatever else this machine does."""
    for what, most in ((resource.RLIMIT_DATA, megabytes * 1024 * 1024), (resource.RLIMIT_CPU, seconds)):
        resource.setrlimit(what, (most, most))
    os.nice(5)


def _main(folder: Path, what: str, fonts: str, megabytes: int, seconds: int) -> None:
    # Loaded before the limits: a library that is half in memory says why in words of its own.
    import typst  # noqa: F401

    from services.booklet.binding import packed
    from services.booklet.parts import booklet, set_part

    limit(megabytes=megabytes, seconds=seconds)
    name = "told.json"
    told: dict[str, Any] = {}
    if what == "booklet":
        told = booklet(folder, fonts, megabytes=megabytes, seconds=seconds)
    elif what.endswith(".json"):
        set_part(folder, what, fonts)
        name, told = f"{what}.told", {"peak": peak()}
    else:
        pages = packed(set_type(folder, what, fonts, "set.pdf"), folder / "made.pdf")
        told = {"pages": pages, "peak": peak()}
    (folder / name).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
