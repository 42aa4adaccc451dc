"""A process that is killed in the middle of a publication leaves page and record as they were."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
    import os, sys
    os.environ["CONECTA_DEMO"] = "1"
    os.environ["CONECTA_DATA_DIR"] = {folder!r}
    os.environ["CONECTA_DATABASE_URL"] = {database!r}
    os.environ["DJANGO_SETTINGS_MODULE"] = "conecta_site.settings"
    import django
    django.setup()
    from services import publishing
    from services.models import ServicePage, PublishedRecord, LogHead
    from services.projecting import differences
    from tests.services import charter
"""
DIE = """
    keep = publishing._keep_version
    def keep_and_stop(*args):
        keep(*args)
        print("in the middle", flush=True)
        sys.stdin.read()
    publishing._keep_version = keep_and_stop
    charter.edited(ServicePage.objects.get(), title="Outro").publish()
"""
LOOK = """
    page, row = ServicePage.objects.get(), PublishedRecord.objects.get(kind="service")
    print(page.title, row.title, LogHead.objects.get().sequence == row.sequence, list(differences()), sep="|")
"""
PREPARE = """
    charter.service(charter.body(), "Vacina")
"""
SURVIVE = """
    charter.edited(ServicePage.objects.get(), title="Outro").publish()
"""


def python(script: str, folder: Path, database: str) -> subprocess.Popen[str]:
    """A process of its own, on a database of its own."""
    text = textwrap.dedent(SCRIPT.format(folder=str(folder), database=database)) + textwrap.dedent(script)
    return subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", text], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def run(script: str, folder: Path, database: str) -> str:
    """Let it run to its end; what it printed."""
    with python(script, folder, database) as process:
        printed, _ = process.communicate(timeout=240)
        assert process.returncode == 0
    return printed.strip()


def test_both_or_neither(tmp_path: Path, elsewhere: str) -> None:
    run(PREPARE, tmp_path, elsewhere)
    with python(DIE, tmp_path, elsewhere) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "in the middle"
        # Another process sees neither while it is in the middle, and neither after its end.
        assert run(LOOK, tmp_path, elsewhere) == "Vacina|Vacina|True|[]"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert run(LOOK, tmp_path, elsewhere) == "Vacina|Vacina|True|[]"
    assert run(SURVIVE + LOOK, tmp_path, elsewhere) == "Outro|Outro|True|[]"
