"""How long a rendered page is kept, and for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from services.kept_pages import MAX_AGE, answer, keep, kept, key_of, new_page

AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.mark.parametrize("boundary", [None, AT + 2 * MAX_AGE])
def test_a_page_is_kept_for_max_age(boundary):
    page = new_page("<p>olá</p>", at=AT, boundary=boundary)
    keep("chave", page, AT)
    assert kept("chave", AT + MAX_AGE - timedelta(seconds=1)) == page
    assert kept("chave", AT + MAX_AGE) is None


def test_a_page_is_not_kept_beyond_its_boundary():
    boundary = AT + timedelta(seconds=7)
    keep("chave", new_page("<p>olá</p>", at=AT, boundary=boundary), AT)
    assert kept("chave", boundary - timedelta(microseconds=1))
    assert kept("chave", boundary) is None


def test_keys_differ_by_host_path_and_place_and_not_by_query():
    def key(path, place="a.1", host="testserver"):
        return key_of(RequestFactory().get(path, headers={"host": host}), place)

    assert len({key("/a/"), key("/b/"), key("/es/a/"), key("/a/", "a.2"), key("/a/", host="localhost")}) == 5
    assert key("/a/?utm=1") == key("/a/")


def test_an_answer_counts_down_to_the_end_and_gives_304_to_who_has_it():
    page = new_page("<p>olá</p>", at=AT, changed=AT)
    request = RequestFactory().get("/a/")
    later = answer(request, page, AT + timedelta(seconds=15))
    assert (later.status_code, later["Cache-Control"]) == (200, "public, max-age=45")
    assert later["Last-Modified"] == "Mon, 23 Nov 2026 13:00:00 GMT"
    has_it = RequestFactory().get("/a/", headers={"If-None-Match": later["ETag"]})
    assert answer(has_it, page, AT).status_code == 304
    assert answer(has_it, new_page("<p>tchau</p>", at=AT), AT).status_code == 200
