"""Every service of the demonstration, with all that the portal's apps add: the same drawn before or as it is read."""

from typing import Any

import pytest
from django.test import Client

from conecta_site.caching import forget
from home import demo_face
from services.articles import keeping
from services.articles.drawing import draw
from services.articles.keeping import draw_due
from services.models import Article
from services.record import Service
from tests.home.offline.demo_pack import records
from tests.records import put_record
from tests.services.portal import MONDAY, page

pytestmark = pytest.mark.django_db


def test_what_was_drawn_before_is_what_would_be_drawn(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    demo_face.put_on()
    keeping._done.clear()
    services = [record for record in records() if isinstance(record, Service)]
    for record in records():
        put_record(record)
    forget()
    live = {record.url: page(client, record.url) for record in services}
    assert draw_due(MONDAY) == len(services) == 103
    forget()
    drawn = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.views.draw", lambda record, *_more, **_told: drawn.append(record) or draw(record, None))
        assert {url: page(client, url) for url in live} == live
    assert drawn == []
    assert Article.objects.count() == 103
