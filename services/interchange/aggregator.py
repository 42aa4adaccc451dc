"""The feed that aggregators of public services read: a JSON array, an object for each service."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from services.interchange.base import Charter, Format, Site
from services.record import Service
from services.rich_text import summary_of


def write(charter: Charter) -> Iterator[bytes]:
    """``[{id, name, description, url, date, organization, popular_names, keywords}]``; ``date``: of the last change."""
    between = b"[\n"
    for service, changed in charter.dated("service"):
        if isinstance(service, Service):
            said = json.dumps(_item(service, changed, charter.site), ensure_ascii=False, separators=(",", ":"))
            yield between + said.encode()
            between = b",\n"
    yield b"\n]\n" if between != b"[\n" else b"[]\n"


def _item(service: Service, changed: datetime | None, site: Site) -> dict[str, Any]:
    body = service.secretariat
    date = changed.date() if changed else service.reviewed_on
    return {
        "id": service.id,
        "name": service.title,
        "description": service.summary or summary_of(service.description),
        "url": site.address(service.url),
        "date": date.isoformat() if date else None,
        "organization": {"name": body.title, "id": body.id, "url": site.address(body.url)} if body else None,
        "popular_names": [{"name": name} for name in service.popular_names],
        "keywords": service.keywords,
    }


FORMAT = Format(
    name="aggregator",
    media_type="application/json",
    write=write,
    suffix=".json",
    of_one=frozenset({"service"}),
)
