"""Pictures and PDF files, opened and written again in a process of their own: what was hidden in them is lost."""

import subprocess
import sys
from pathlib import Path

from services.uploads.refusing import NotKept, is_heif

#: Suffixes of what comes out.
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
#: The script itself gives up after ten seconds of the processor.
_SECONDS = 30
_SCRIPT = Path(__file__).with_name("cleaning.py")


def made_anew(content: bytes) -> tuple[str, bytes]:
    """Content type and content of what is kept. Raises ``NotKept``. Not for inside a transaction."""
    if is_heif(content):
        raise NotKept("heif")
    if not content.startswith(_BEGINNINGS):
        raise NotKept("unknown")
    try:
        run = subprocess.run(  # noqa: S603 - our own script, and nothing of the file in its arguments
            [sys.executable, "-I", str(_SCRIPT)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotKept("broken") from error
    content_type, _line, made = run.stdout.partition(b"\n")
    if run.returncode or content_type.startswith(b"!"):
        why = content_type[1:].decode() if not run.returncode else "broken"
        raise NotKept(why)
    return content_type.decode(), made
