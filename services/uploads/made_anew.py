"""Pictures and PDF files, opened and written again in a process of their own: what was hidden in them is lost."""

import subprocess
import sys
from pathlib import Path

from services.uploads import cleaning

#: Suffixes of what comes out.
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_SECONDS = 3 * cleaning.SECONDS


def made_anew(content: bytes) -> tuple[str, bytes]:
    """Content type and content of what is kept. Raises ``cleaning.NotKept``. Not for inside a transaction."""
    if cleaning.is_heif(content):
        raise cleaning.NotKept("heif")
    if not content.startswith(_BEGINNINGS):
        raise cleaning.NotKept("unknown")
    try:
        run = subprocess.run(  # noqa: S603 - our own script, and nothing of the file in its arguments
            [sys.executable, "-I", str(Path(cleaning.__file__))],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise cleaning.NotKept("broken") from error
    content_type, _line, made = run.stdout.partition(b"\n")
    if run.returncode or content_type.startswith(b"!"):
        why = content_type[1:].decode() if not run.returncode else "broken"
        raise cleaning.NotKept(why)
    return content_type.decode(), made
