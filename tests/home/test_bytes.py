"""What a phone pays for any service of the demonstration: at most 30 kB of a first visit, 12 kB of a second page."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from conecta_site.kept_answers import OFTEN
from home import demo_face
from tests.home.offline.demo_pack import records
from tests.records import put_record

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_both("counts the bytes of pages"),
]
FIRST, SECOND = 30_000, 12_000
#: When a page is first asked for, so many of 103 are longer, by a twentieth at most; what is asked for often is not.
LONGER, LONGEST = 5, 12_600
#: What a server adds to each answer: status, date, its name, the request's id.
ADDED = 120
PHONE = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def weight(response: Any) -> int:
    """Bytes of an answer as it comes over the wire, in HTTP/1.1."""
    said = sum(len(name) + len(value) + len(": \r\n") for name, value in response.items())
    return len(response.content) + said + ADDED


def test_a_first_visit_to_any_service_is_light(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    demo_face.put_on()
    services = [record for record in records() if record.kind == "service"]
    for record in records():
        put_record(record)
    pages = {}
    for record in services:
        response = client.get(record.url, headers=PHONE)
        assert response["Content-Encoding"] == "br", record.url
        pages[record.url] = weight(response)
    assert len(pages) == 103
    html = client.get(services[0].url).content.decode()
    linked = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"', html)
    around = sum(weight(client.get("".join(each), headers=PHONE)) for each in linked)
    (arms,) = re.findall(r'<img src="/media/([^"]+)" alt=""', html)
    around += default_storage.size(arms) + 5 * ADDED
    assert len(linked) == 2
    assert around + max(pages.values()) <= FIRST
    assert sum(each > SECOND for each in pages.values()) <= LONGER, sorted(pages.values())[-2 * LONGER :]
    assert max(pages.values()) <= LONGEST
    often = [each for each, size in pages.items() if size > SECOND] + ["/publicos/cidadaos/"]
    for _time in range(OFTEN):
        pages |= {each: weight(client.get(each, headers=PHONE)) for each in often}
    assert max(pages.values()) <= SECOND
