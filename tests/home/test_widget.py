"""The widget's script as browsers and caches take it."""

import gzip
import hashlib
from base64 import b64encode
from typing import Any

import brotli
import pytest
from django.test import Client

from home.widget.script import accepted, newest, versions
from tests import records

#: Other sites pin a version by its hash: a change of one is a new version, a file beside it.
RELEASED = {1: "sha384-diuantQHfkiez+C1ebRr8CpEsjOJFbvWJ4jQrsf8Gzrz/rEecXVnJIYnVmBvhQJ0"}


def test_a_version_that_was_given_out_never_changes() -> None:
    assert {number: script.integrity for number, script in versions().items()} == RELEASED


def test_it_is_six_kilobytes_at_most_and_depends_on_nothing() -> None:
    script = newest()
    assert len(script.bodies["br"]) <= 6 * 1024
    text = script.bodies[""].decode()
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "import(", "cookie =", "Storage", "http"):
        assert word not in text, word


@pytest.mark.django_db
def test_it_comes_compressed_for_any_site_and_is_asked_for_again(
    client: Client, django_assert_num_queries: Any
) -> None:
    plain = newest().bodies[""]
    with django_assert_num_queries(0):
        answer = client.get("/widget.js", headers={"Accept-Encoding": "gzip, deflate, br"})
        gzipped = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
        whole = client.get("/widget.js", headers={"Accept-Encoding": "br;q=0, identity"})
        head = client.head("/widget.js")
        pinned = client.get("/widget-1.js")
        again = client.get("/widget.js", headers={"Accept-Encoding": "br", "If-None-Match": answer["ETag"]})
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert (answer["Content-Encoding"], brotli.decompress(answer.content)) == ("br", plain)
    assert (gzipped["Content-Encoding"], gzip.decompress(gzipped.content)) == ("gzip", plain)
    assert whole.content == pinned.content == plain
    assert "Content-Encoding" not in whole
    assert len({answer["ETag"], gzipped["ETag"], whole["ETag"]}) == 3
    assert (head.status_code, head.content) == (200, b"")
    assert (again.status_code, again.content) == (304, b"")
    for each in (answer, again, pinned):
        assert each["Access-Control-Allow-Origin"] == "*"
        assert "Accept-Encoding" in each["Vary"]
        assert not each.cookies
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=3600" in answer["Cache-Control"]
    assert "immutable" in pinned["Cache-Control"]
    assert client.get("/widget-99.js").status_code == 404
    assert client.post("/widget.js").status_code == 405


@pytest.mark.parametrize(
    ("header", "chosen"),
    [("", ""), ("*", "br"), ("br;q=0, *", "gzip"), ("gzip;q=1.0", "gzip"), ("deflate", ""), ("BR", "br")],
)
def test_the_best_compression_that_is_allowed(header: str, chosen: str) -> None:
    assert accepted(header) == chosen


@pytest.mark.django_db
def test_the_page_gives_what_is_to_be_copied(client: Client, django_assert_max_num_queries: Any) -> None:
    records.put_record(records.secretariat())
    shown = records.service("Podar <árvore>")
    records.put_record(shown)
    # Two of its own, and five for the city's face where none is kept.
    with django_assert_max_num_queries(7):
        answer = client.get("/para-sites/")
    html = answer.content.decode()
    assert "max-age=300" in answer["Cache-Control"]
    assert '&lt;script src="http://testserver/widget.js" async&gt;' in html
    digest = b64encode(hashlib.sha384(client.get("/widget-1.js").content).digest()).decode()
    assert f'integrity="sha384-{digest}"' in html
    assert f'servico="{shown.id}"' in html
    assert "Podar &lt;árvore&gt;" in html
    assert "<árvore>" not in html
    assert client.get("/es/para-sites/").status_code == 200
