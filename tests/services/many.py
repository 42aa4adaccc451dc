"""As many public services as a big city has, brought in by an import."""

from typing import Any

from services.importing import Importer, Options
from tests import records


def many(*, services: int, bodies: int, **fields: Any) -> None:
    """Services spread over bodies, each with these fields."""
    heads = [records.secretariat(f"Secretaria {number}") for number in range(bodies)]
    found = [
        records.service(f"Serviço {number}", secretariat=records.ref(heads[number % bodies]), **fields)
        for number in range(services)
    ]
    summary = Importer(Options(publish_incomplete=True)).run([*heads, *found])
    assert not summary.refused, summary.refused[:3]
