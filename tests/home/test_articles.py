"""Every service of the demonstration, with all that the portal's apps add: the same drawn before or as it is read."""

from typing import Any

import pytest
from django.test import Client

from conecta_site.caching import forget
from home import demo_face
from services.articles import keeping
from services.articles.keeping import draw_due
from services.models import Article
from services.record import Service
from tests.home.offline.demo_pack import records
from tests.records import put_record
from tests.services.portal import MONDAY

pytestmark = pytest.mark.django_db


def test_what_was_drawn_before_is_what_would_be_drawn(
    client: Client, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    demo_face.put_on()
    keeping._done.clear()
    services = [record for record in records() if isinstance(record, Service)]
    for record in records():
        put_record(record)
    forget()
    live = {record.url: _page(client, record.url) for record in services}
    assert draw_due(MONDAY) == len(services) == 103
    forget()
    monkeypatch.setattr("services.views.draw", _forbidden)
    assert {url: _page(client, url) for url in live} == live
    assert Article.objects.count() == 103


def _page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def _forbidden(record: Service, *_more: object, **_told: object) -> None:
    raise AssertionError(f"{record.title} was drawn for its page")
