"""What the tests of the portal's pages share."""

from datetime import UTC, datetime

from services.record.identity import id_of
from tests import records

#: A Monday, ten in the morning in Bahia.
MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def entry(model, kind, title, **fields):
    key = records.key_of(kind, title)
    return model(kind=kind, key=key, id=id_of(key), title=title, **fields)


def page(client, url, **extra):
    response = client.get(url, **extra)
    assert response.status_code == 200, response.content[:200]
    return response.content.decode()
