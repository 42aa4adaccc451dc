"""A booklet's PDF, set by a process of its own that may use so much memory and time and no more."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from services.booklet.face import Face
from services.booklet.press import MOMENT
from services.typesetting import FONTS
from services.typesetting.letters import printable

_HERE = Path(__file__).resolve().parent
#: Set by ``CONECTA_BOOKLET_MEGABYTES`` and ``CONECTA_BOOKLET_SECONDS``.
MEGABYTES, SECONDS = 1200, 120


#: What Python, Rust and the C library say where there is no more memory to be had, and who was killed for it.
_EXHAUSTED = (
    "MemoryError",
    "memory allocation",
    "cannot map",
    "failed to map",
    "allocate memory",
    "died with <Signals",
)


class NotPrinted(RuntimeError):
    """The process ended without a PDF: it needed more than it may have, or its data cannot be set."""

    def __init__(self, reason: str, *, exhausted: bool) -> None:
        super().__init__(reason)
        self.exhausted = exhausted


@dataclass(frozen=True)
class Printed:
    """A PDF, how many pages it has, and the most memory that its making held at once, in bytes."""

    pdf: bytes
    pages: int
    peak: int


def printed(template: str, data: dict[str, Any], face: Face, *, at: datetime) -> Printed:
    """What ``template`` makes of the data at a moment: of the same the same bytes. Raises ``NotPrinted``."""
    with tempfile.TemporaryDirectory(prefix="conecta-booklet-") as name:
        folder = Path(name)
        (folder / "data.json").write_text(printable(json.dumps(data, ensure_ascii=False)), encoding="utf-8")
        for file in _HERE.glob("*.typ"):
            shutil.copy(file, folder)
        if face.arms_name:
            (folder / face.arms_name).write_bytes(face.arms)
        _press(folder, template, at)
        told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
        return Printed((folder / "made.pdf").read_bytes(), told["pages"], told["peak"])


def _press(folder: Path, template: str, at: datetime) -> None:
    megabytes = getattr(settings, "CONECTA_BOOKLET_MEGABYTES", MEGABYTES)
    seconds = getattr(settings, "CONECTA_BOOKLET_SECONDS", SECONDS)
    command = [sys.executable, "-m", "services.booklet.press", str(folder), template, str(FONTS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and a folder of our own
            [*command, str(megabytes), str(seconds)],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(_HERE.parent.parent), MOMENT: str(int(at.timestamp()))},
        )
    except subprocess.TimeoutExpired as late:
        raise NotPrinted(f"more than {seconds} s", exhausted=True) from late
    if done.returncode or not (folder / "told.json").exists():
        # Killed by a limit, or out of memory in Rust or in Python.
        said = done.stderr[:3_000]
        exhausted = done.returncode < 0 or any(sign in said for sign in _EXHAUSTED)
        raise NotPrinted(said or f"ended with {done.returncode}", exhausted=exhausted)
