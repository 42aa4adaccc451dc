"""Sets a PDF in a process of its own, which knows no database: ``press.py FOLDER TEMPLATE FONTS MEGABYTES SECONDS``.

Reads a template, ``data.json`` and pictures in the folder; writes ``made.pdf``, and how it went as ``told.json``.
What needs more memory or time than it may have ends with the process, and nothing else with it.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any


def main(folder: Path, template: str, fonts: str) -> dict[str, Any]:
    """Make it; its pages, and the most memory that was held at once, in bytes."""
    # Loaded within the limits.
    import pikepdf
    import typst

    set_pdf = folder / "set.pdf"
    typst.compile(
        str(folder / template),
        output=str(set_pdf),
        root=str(folder),
        font_paths=[fonts],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    with pikepdf.open(set_pdf) as read:
        pages = len(read.pages)
        read.save(folder / "made.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return {"pages": pages, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def limit(*, megabytes: int, seconds: int) -> None:
    """So much and no more, and after whatever else this machine does."""
    for what, most in ((resource.RLIMIT_DATA, megabytes * 1024 * 1024), (resource.RLIMIT_CPU, seconds)):
        resource.setrlimit(what, (most, most))
    os.nice(10)


if __name__ == "__main__":
    limit(megabytes=int(sys.argv[4]), seconds=int(sys.argv[5]))
    told = main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    (Path(sys.argv[1]) / "told.json").write_text(json.dumps(told), encoding="utf-8")
