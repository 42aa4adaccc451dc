"""The charter as a booklet: seconds, pages, memory and bytes, of 103 services and of 1,856, without a database.

The seconds are those from records to the finished PDF: what is said of each service, and the process that sets it.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.figures import Figure

#: How many services, the most seconds that they may take, and the most MiB.
ASKED = ((103, 2.0, None), (1_856, 15.0, 1_200))
_AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def measure(archive: Path) -> Iterator[Figure]:
    """Of the federal charters, the first so many."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from services.booklet.composing import Asked, composed
    from services.booklet.face import Face
    from services.booklet.printing import printed
    from services.interchange import FORMATS, Given, Site
    from services.interchange.sources import open_source

    form = FORMATS["federal-v3"]
    assert form.read is not None
    records = form.read(open_source(archive, form.suffixes)).records
    services = [record for record in records if record.kind == "service"]
    others = [record for record in records if record.kind != "service"]
    site = Site("https://servicos.example.gov.br", "pt-BR", _AT)
    face = Face(name="Prefeitura")
    for number, seconds, megabytes in ASKED:
        started = time.perf_counter()
        data = composed(Given([*others, *services[:number]], site), Asked(_AT, "pt-br"), face)
        made = printed("booklet", data, face, at=_AT)
        took = time.perf_counter() - started
        note = f"{made.pages} pages, {len(made.pdf) / 2**20:.1f} MiB"
        yield Figure(f"booklet-{number}", "s", took, at_most=seconds, note=note)
        yield Figure(f"booklet-{number}-memory", "MiB", made.peak / 2**20, at_most=megabytes)
