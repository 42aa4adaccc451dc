"""How long a rendered page is kept, and for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from services.kept_pages import MAX_AGE, Terms, answer, caching, new_page, terms_of

AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize("boundary", [None, AT + 2 * MAX_AGE])
def test_a_page_is_kept_for_max_age(boundary):
    assert new_page("<p>olá</p>", at=AT, boundary=boundary).until == AT + MAX_AGE


def test_a_page_is_not_kept_beyond_its_boundary():
    boundary = AT + timedelta(seconds=7)
    assert new_page("<p>olá</p>", at=AT, boundary=boundary).until == boundary


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (None, "public, max-age=60, s-maxage=30, stale-while-revalidate=30"),
        (600, "public, max-age=60, s-maxage=30, stale-while-revalidate=30"),
        (45, "public, max-age=45, s-maxage=30, stale-while-revalidate=15"),
        (20, "public, max-age=20, s-maxage=20"),
    ],
)
def test_no_cache_gives_a_page_out_beyond_its_boundary_nor_longer_than_a_minute(left, told):
    page = new_page("", at=AT, boundary=AT + timedelta(seconds=left) if left else None)
    assert caching(Terms(page.until, page.boundary), AT) == told


def test_an_answer_counts_down_to_the_end_and_gives_304_to_who_has_it():
    page = new_page("<p>olá</p>", at=AT, changed=AT)
    request = RequestFactory().get("/a/")
    later = answer(request, page, AT + timedelta(seconds=15))
    assert later.status_code == 200
    assert later["Cache-Control"].startswith("public, max-age=45, ")
    assert later["Last-Modified"] == "Mon, 23 Nov 2026 13:00:00 GMT"
    has_it = RequestFactory().get("/a/", headers={"If-None-Match": later["ETag"]})
    assert answer(has_it, page, AT).status_code == 304
    assert answer(has_it, new_page("<p>tchau</p>", at=AT), AT).status_code == 200


def test_only_what_was_let_out_may_be_kept():
    assert terms_of(HttpResponse("<p>olá</p>", headers={"Cache-Control": "public, max-age=60"})) is None
    assert terms_of(answer(RequestFactory().get("/"), new_page("", at=AT), AT)) == Terms(AT + MAX_AGE)
