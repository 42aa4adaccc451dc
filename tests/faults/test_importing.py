"""Imports that are killed, and imports that meet: in processes of their own, on a database that they share."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from services.interchange import native
from tests import records
from tests.services.entries import bare, small_charter

ROOT = Path(__file__).resolve().parent.parent.parent

RUN = """
import sys
from pathlib import Path
import django
django.setup()
from services import importing
from services.interchange import FORMATS, open_source
importing.BATCH = 4
form = FORMATS["conecta"]
found = form.read(open_source(Path(sys.argv[1]), form.suffixes)).records
run = importing.Importer(importing.Options(publish_incomplete=True), progress=lambda done: print("batch", flush=True))
summary = run.run(found)
print(summary.created, summary.updated, summary.unchanged, len(summary.refused), flush=True)
"""
CHECK = """
import django
django.setup()
from wagtail.models import Page
from services.models import ServicePage
from services.projecting import differences
print(len(list(differences())), sum(map(len, Page.find_problems())), ServicePage.objects.count(),
      sum(len(page.related) for page in ServicePage.objects.all()))
"""


@pytest.fixture
def charter_on_disk(tmp_path):
    """A charter of twenty-six services as a file; most of them point to each other."""
    charter = small_charter()
    flat = [entry for entries in charter.values() for entry in entries]
    body = bare(charter["secretariat"][0])
    services = [records.service(f"S{n}", url="", secretariat=body) for n in range(24)]
    for one, other in zip(services, [*services[1:], services[0]], strict=True):
        one.related = [bare(other)]
    path = tmp_path / "charter.jsonl"
    path.write_bytes(b"".join(native.lines([*flat, *services])))
    return path


def start(script: str, database: str, *arguments: object) -> subprocess.Popen[str]:
    environment = os.environ | {"CONECTA_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "conecta_site.settings"}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603


def last_line(process: subprocess.Popen[str]) -> str:
    said = process.communicate()[0]
    assert process.returncode == 0
    return said.strip().splitlines()[-1]


@pytest.mark.parametrize("batches", [1, 9, 14])
def test_killed_at_any_time_the_next_run_completes_it(elsewhere, charter_on_disk, batches):
    process = start(RUN, elsewhere, charter_on_disk)
    for line in process.stdout:
        batches -= line.startswith("batch")
        if not batches:
            break
    time.sleep(0.03)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert last_line(start(CHECK, elsewhere)).startswith("0 0 ")
    created, updated, unchanged, refused = map(int, last_line(start(RUN, elsewhere, charter_on_disk)).split())
    assert created + updated + unchanged == 42
    assert unchanged + updated
    assert refused == 0
    assert last_line(start(CHECK, elsewhere)) == "0 0 26 24"
    assert last_line(start(RUN, elsewhere, charter_on_disk)) == "0 0 42 0"


def test_two_imports_at_once_are_one(elsewhere, charter_on_disk):
    both = [start(RUN, elsewhere, charter_on_disk) for _ in range(2)]
    assert [last_line(process).split()[-1] for process in both] == ["0", "0"]
    assert last_line(start(CHECK, elsewhere)) == "0 0 26 24"
    assert last_line(start(RUN, elsewhere, charter_on_disk)) == "0 0 42 0"
