"""What search engines are told."""

import re
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from tests import records

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def is_open(rules: str, address: str) -> bool:
    """Whether a robot may read an address: the longest rule that it begins with holds (RFC 9309, 2.2.2)."""
    said = [line.partition(": ")[::2] for line in rules.splitlines() if line.startswith(("Allow: ", "Disallow: "))]
    fits = [
        (len(path), word == "Allow")
        for word, path in said
        if re.match(".*".join(re.escape(part) for part in path.split("*")), address)
    ]
    return max(fits)[1] if fits else True


def read(client: Client, address: str) -> Any:
    """XML at an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def test_the_map_has_every_public_page_in_every_language(client: Client, django_assert_num_queries: Any) -> None:
    service = records.service("Podar")
    records.put_record(service)
    records.put_record(service.model_copy(update={"locale": "es", "title": "Podar (es)", "url": "/es/podar/"}))
    records.remove_record(records.put_record(records.service("Vacinar")))
    records.put_record(records.topic("Árvores"))
    section, indexes, observatory, *_others = [place.text for place in read(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert section == "http://testserver/sitemap-entries.xml"
    assert indexes == "http://testserver/sitemap-indexes.xml"
    assert observatory == "http://testserver/sitemap-observatory.xml"
    with django_assert_num_queries(1):
        told = read(client, section.removeprefix("http://testserver"))
    pages = {url.findtext(f"{MAP}loc"): url for url in told.iter(f"{MAP}url")}
    assert len(pages) == 3
    here, there = f"http://testserver{service.url}", "http://testserver/es/podar/"
    assert {here, there} < set(pages)
    alternates = {link.get("hreflang"): link.get("href") for link in pages[there].iter(LINK)}
    assert alternates == {"pt-BR": here, "es": there, "x-default": here}
    assert pages[here].findtext(f"{MAP}lastmod")


def test_the_map_has_the_first_page_and_the_indexes(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        told = read(client, "/sitemap-indexes.xml")
    pages = {url.findtext(f"{MAP}loc"): url for url in told.iter(f"{MAP}url")}
    assert "http://testserver/" in pages
    alternates = {link.get("hreflang"): link.get("href") for link in pages["http://testserver/es/temas/"].iter(LINK)}
    assert alternates == {
        "pt-br": "http://testserver/temas/",
        "es": "http://testserver/es/temas/",
        "en": "http://testserver/en/temas/",
        "x-default": "http://testserver/temas/",
    }
    assert all(client.get(address.removeprefix("http://testserver")).status_code == 200 for address in pages)


def test_robots_are_asked_to_leave_the_admin_alone(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/\n" in text
    for language in ("", "/es", "/en"):
        assert all(is_open(text, f"{language}{path}") for path in ("/", "/busca/", "/busca/?q=iptu"))
        endless = ("q=iptu&page=2", "kind=unit", "q=a&b=c")
        assert not any(is_open(text, f"{language}/busca/?{asked}") for asked in endless)
    assert not is_open(text, "/admin/pages/")
    assert text.rstrip().endswith("Sitemap: http://testserver/sitemap.xml")
    assert client.post("/robots.txt").status_code == 405
