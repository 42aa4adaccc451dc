"""A kept page before Django: the same answer as Django's, for nobody but those who would have got it."""

import io
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import brotli
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory
from django.utils import timezone

from conecta_site import caching, kept_answers, page_door
from conecta_site.json_log import JsonFormatter
from conecta_site.page_door import PageDoor
from home.identity import forget_identity
from services import page_sources
from services.models.visit_count import VisitCount
from services.visits import counting
from tests import records

pytestmark = pytest.mark.django_db
PERSON = "Mozilla/5.0 (Linux; Android 10)"


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request ends by closing a connection that is within a transaction: here that is the test's own."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


class Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def lasting(self) -> list[tuple[str, str]]:
        """What is the same each time."""
        return sorted(pair for pair in self.headers if pair[0] not in ("X-Request-Id", "Cache-Control"))


class Site:
    """The site as a server calls it; counts what comes to Django."""

    def __init__(self) -> None:
        self.django = get_wsgi_application()
        self.door = PageDoor(self._counted)
        self.came = 0

    def _counted(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.came += 1
        return self.django(environ, start_response)

    def get(self, path: str, method: str = "GET", **more: str) -> Answer:
        environ = RequestFactory().get(path).environ | {
            "REQUEST_METHOD": method,
            "HTTP_HOST": "testserver",
            "HTTP_USER_AGENT": PERSON,
            **more,
        }
        # A real browser that comes for the first time sends none.
        environ = {name: value for name, value in environ.items() if name != "HTTP_COOKIE" or "HTTP_COOKIE" in more}
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(self.door(environ, lambda status, headers, *_rest: begun.append((status, headers))))
        return Answer(*begun[0], body)

    def warm(self, path: str, **more: str) -> Answer:
        """Made, given out by Django, and then by the door: Django's answer."""
        self.get(path, **more)
        by_django = self.get(path, **more)
        before = self.came
        self.get(path, **more)
        assert self.came == before, "the door did not learn it"
        return by_django


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    caching.forget()
    forget_identity()
    # On a busy machine half a second is over between two requests.
    monkeypatch.setattr(page_sources, "SECONDS", 30.0)
    # What is asked for often gets other bytes: not while two answers are compared.
    monkeypatch.setattr(kept_answers, "OFTEN", 0)
    # As production has it.
    settings.SECURE_HSTS_SECONDS = 3600
    page_sources.everything()
    return Site()


@pytest.fixture
def service() -> Any:
    found = records.service("Podar")
    records.put_record(found)
    return found


@pytest.mark.parametrize("encoding", ["", "br", "gzip", "gzip, deflate, br, zstd"])
def test_the_same_answer_in_every_form_without_django_or_a_query(
    site: Site, service: Any, encoding: str, django_assert_num_queries: Any
) -> None:
    more = {"HTTP_ACCEPT_ENCODING": encoding, "wsgi.url_scheme": "https"}
    for path in (service.url, "/servicos/", "/", "/es/servicos/", f"{service.url}?utm_source=x"):
        expected = site.warm(path, **more)
        before = site.came
        with django_assert_num_queries(0):
            found = site.get(path, **more)
        assert site.came == before
        assert (found.status, found.lasting, found.body) == (expected.status, expected.lasting, expected.body)
        told = dict(found.headers)
        assert told["Strict-Transport-Security"]
        assert told["Content-Security-Policy"]
        assert told["Cache-Control"].startswith("public, max-age=")
        assert len(told["X-Request-Id"]) == 32
        assert told["Content-Length"] == str(len(found.body))


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("GET", {"HTTP_COOKIE": "sessionid=x"}),
        ("GET", {"HTTP_COOKIE": "any=x"}),
        ("GET", {"HTTP_AUTHORIZATION": "Bearer x"}),
        ("GET", {"HTTP_IF_NONE_MATCH": "*"}),
        ("GET", {"HTTP_HOST": "outra.example"}),
        ("GET", {"HTTP_HOST": ""}),
        ("GET", {"QUERY_STRING": "embed=1"}),
        ("GET", {"QUERY_STRING": "x=%3Cscript%3E"}),
        ("GET", {"wsgi.url_scheme": "https"}),
        ("GET", {"HTTP_X_FORWARDED_PROTO": "https"}),
        ("GET", {"SCRIPT_NAME": "/x"}),
        ("HEAD", {}),
        ("POST", {}),
        ("PURGE", {}),
    ],
)
def test_whatever_is_another_request_is_djangos(site: Site, service: Any, method: str, more: dict[str, str]) -> None:
    site.warm(service.url)
    before = site.came
    site.get(service.url, method, **more)
    assert site.came == before + 1


def test_what_differs_but_makes_no_other_page_is_not_repeated_in_it(site: Site, service: Any) -> None:
    expected = site.warm(service.url)
    strange = {"HTTP_X_FORWARDED_HOST": "mau.example", "HTTP_X_ORIGINAL_URL": "/mau/", "HTTP_ACCEPT_LANGUAGE": "es"}
    found = site.get(service.url, **strange)
    assert (found.lasting, found.body) == (expected.lasting, expected.body)


def test_a_publication_is_in_the_very_next_answer(site: Site, service: Any) -> None:
    site.warm(service.url)
    records.put_record(records.service("Podar", summary="Outro resumo."))
    assert b"Outro resumo." in site.get(service.url).body
    site.warm(service.url)
    records.remove_record(records.put_record(service))
    assert site.get(service.url).status.startswith("404")


def test_what_another_process_published_is_seen_when_the_log_is_next_read(
    site: Site, service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_sources, "SECONDS", 0.0)
    for _each in range(3):
        site.get(service.url)
    # Nothing is believed for longer than it may be: each request asks.
    assert site.came == 3


def test_no_page_outlives_its_moment(site: Site, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    site.warm(service.url)
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(page_door.timezone, "now", lambda: later)
    before = site.came
    site.get(service.url)
    assert site.came == before + 1


def test_its_visits_count_and_its_lines_are_written(site: Site, service: Any) -> None:
    site.warm(service.url)
    out = io.StringIO()
    handler, logger = logging.StreamHandler(out), logging.getLogger("conecta.request")
    handler.setFormatter(JsonFormatter())
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    counting.tally.flush()
    VisitCount.objects.all().delete()
    try:
        site.get(service.url, HTTP_X_REQUEST_ID="abc-12345")
        site.get(service.url, HTTP_USER_AGENT="Googlebot/2.1")
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [("GET", service.url, 200)] * 2
    assert lines[0]["request"] == "abc-12345"
    counting.tally.flush()
    assert [(count.entry_id, count.channel, count.visits) for count in VisitCount.objects.all()] == [
        (service.id, "page", 1)
    ]


def test_it_remembers_so_many_requests_and_no_more(site: Site, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_door, "MOST", 5)
    for number in range(12):
        site.warm(f"{service.url}?utm_source={number}")
    assert len(site.door._ways) == 5
    page = brotli.decompress(site.warm(service.url, HTTP_ACCEPT_ENCODING="br").body)
    assert b"utm_source" not in page
