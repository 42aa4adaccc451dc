"""Pages that are kept for everybody: what is in them, until when, and what never gets there."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from conecta_site import caching
from conecta_site.caching import PageCacheMiddleware, canonical
from home.identity import city_identity, forget_identity
from home.models import CityIdentity, HomePage
from services import page_sources
from services.kept_pages import answer, new_page
from services.record import Alert, City
from services.record.city import ElectionPeriod
from services.record.values import Contact
from tests import records
from tests.services.portal import entry, page

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _everything_is_read() -> None:
    """As in a process that begins."""
    caching.forget()
    forget_identity()


def kept(path: str, host: str = "testserver") -> Any:
    """What is kept of an address."""
    key = caching.key_of(RequestFactory().get(path, headers={"host": host}))
    assert key is not None
    return caching.STORE.get(key)


def _lasting(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if name not in ("Cache-Control", "X-Request-Id")}


@pytest.mark.same_on_both("counts queries; what ends a page of another process is seen in test_two_processes.py")
def test_what_was_read_once_costs_no_query_in_any_form(client: Client, django_assert_num_queries: Any) -> None:
    service = records.service("Podar")
    records.put_record(service)
    for path in (service.url, "/servicos/", "/", f"/s/{service.id}/", "/observatorio/", "/avaliacao/", "/es/servicos/"):
        first = client.get(path)
        assert first.status_code in (200, 301), path
        with django_assert_num_queries(0):
            again = client.get(path)
            small = client.get(path, headers={"Accept-Encoding": "br"})
            asked = client.get(path, headers={"If-None-Match": first["ETag"]}) if first.content else None
            head = client.head(path)
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert _lasting(again) == _lasting(first)
        if asked is not None:
            assert (asked.status_code, asked.content) == (304, b"")
            assert brotli.decompress(small.content) == first.content
            assert small["Content-Encoding"] == "br"
        assert (head.status_code, head.content) == (first.status_code, b"")
        assert head["Content-Length"] == str(len(first.content))
        assert not again.cookies


@pytest.mark.same_on_both("counts queries; what ends a page of another process is seen in test_two_processes.py")
def test_a_change_ends_the_pages_that_show_it_and_no_other(client: Client, django_assert_num_queries: Any) -> None:
    unit, body = records.unit(), records.secretariat()
    mine, other = records.service("Um", units=[records.ref(unit)]), records.service("Outro")
    for record in (unit, body, mine, other):
        records.put_record(record)
    pages = [page(client, each.url) for each in (mine, other, body)]
    records.put_record(records.unit(contacts=[Contact(type="phone", value="7730000123")]))
    assert "(77) 3000-0123" in page(client, mine.url) != pages[0]
    page_sources.everything()
    with django_assert_num_queries(0):
        assert page(client, other.url) == pages[1]
    # A body lists what points to it.
    records.put_record(records.service("Terceiro", secretariat=records.ref(body)))
    assert "Terceiro" in page(client, body.url) != pages[2]
    records.put_record(entry(Alert, "alert", "Chuva", level="emergency", starts=AT - timedelta(days=1)))
    assert all("Chuva" in page(client, each.url) for each in (mine, other))
    gone = records.service("Outro")
    records.remove_record(records.put_record(gone))
    assert client.get(gone.url).status_code == 404


def test_the_citys_face_changes_every_page(client: Client) -> None:
    service = records.service("Podar")
    records.put_record(service)
    for path in (service.url, "/"):
        page(client, path)
    identity = CityIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name = "Prefeitura de Exemplo"
    identity.save()
    assert all("Prefeitura de Exemplo" in page(client, path) for path in (service.url, "/"))
    # Another process changed it.
    city_identity()
    CityIdentity.objects.update(name="Prefeitura de Outro Nome")
    page_sources.changed("face")
    assert all("Prefeitura de Outro Nome" in page(client, path) for path in (service.url, "/"))


def test_the_first_page_changes_when_it_is_published_and_not_before(client: Client) -> None:
    home = HomePage.objects.first()
    assert home is not None
    before = page(client, "/")
    home.hero_title = "O que você quer resolver?"
    revision = home.save_revision()
    assert page(client, "/") == before
    revision.publish()
    assert "O que você quer resolver?" in page(client, "/")


def test_a_restricted_first_page_is_kept_by_nobody(client: Client) -> None:
    home = HomePage.objects.first()
    assert home is not None
    PageViewRestriction.objects.create(page=Page.objects.get(pk=home.pk), restriction_type="password", password="abre")
    client.get("/")
    assert kept("/") is None
    client.post(f"/_util/authenticate_with_password/1/{home.pk}/", {"password": "abre", "return_url": "/"})
    assert "public" not in client.get("/").get("Cache-Control", "")
    assert kept("/") is None


def test_the_first_second_of_an_election_period_ends_every_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = timezone.localtime(AT).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    period = ElectionPeriod(starts=begins.date(), ends=begins.date() + timedelta(days=90))
    records.put_record(entry(City, "city", "Cidade", election_period=period))
    service = records.service("Podar")
    records.put_record(service)
    for path in (service.url, "/", "/servicos/", "/observatorio/"):
        for seconds, inside in ((-5, False), (0, True)):
            monkeypatch.setattr(timezone, "now", lambda seconds=seconds: begins + timedelta(seconds=seconds))
            response = client.get(path)
            assert ("Período eleitoral" in response.content.decode()) is inside, path
            if not inside:
                assert response["Cache-Control"] == "public, max-age=5, s-maxage=5"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("utm_source=zap&fbclid=1", ""),
        ("letra=A&utm_source=x", "letra=A"),
        ("letra=A", "letra=A"),
        ("b=2&a=1", "b=2&a=1"),
    ],
)
def test_what_follows_people_is_no_part_of_an_address(query: str, told: str) -> None:
    assert canonical(query) == told


def test_who_writes_into_a_request_writes_into_nobody_elses_page(client: Client) -> None:
    service = records.service("Podar")
    records.put_record(service)
    for path in (service.url, "/servicos/", "/", f"/s/{service.id}/"):
        honest = Client().get(path)
        caching.forget()
        for query in ("?x=<mau>", "?letra=mau", "?embed=1", "?utm_source=mau&x=1", "?utm_source=mau"):
            client.get(path + query)
        for headers in (
            {"X-Forwarded-Host": "mau.example"},
            {"X-Forwarded-Proto": "https"},
            {"X-Forwarded-Prefix": "/mau", "X-Original-URL": "/mau", "X-Rewrite-URL": "/mau"},
            {"X-HTTP-Method-Override": "POST", "Accept-Language": "es", "Accept": "application/json"},
            {"Origin": "https://mau.example", "Referer": "https://mau.example", "Range": "bytes=0-3"},
            {"Accept-Encoding": "mau", "X-Requested-With": "XMLHttpRequest", "User-Agent": "mau"},
        ):
            client.get(path, headers=headers)
        client.get(path, headers={"host": "mau.example"})
        client.cookies["django_language"] = "es"
        client.get(path)
        found = Client().get(path)
        assert (found.status_code, found.content) == (honest.status_code, honest.content)
        assert "mau" not in str(found.headers)
    assert caching.key_of(RequestFactory().get("/servicos/?x=<mau>")) is None
    assert kept("/servicos/?letra=mau") is None


def test_hosts_have_pages_of_their_own(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "outro.example"]
    for host in settings.ALLOWED_HOSTS:
        html = client.get("/servicos/", headers={"host": host}).content.decode()
        other = ({*settings.ALLOWED_HOSTS} - {host}).pop()
        assert f"http://{other}" not in html
    assert client.get("/servicos/", headers={"host": "mau.example"}).status_code == 400


def test_who_has_a_session_or_a_key_neither_fills_the_store_nor_reads_it(client: Client) -> None:
    service = records.service("Podar")
    records.put_record(service)
    client.force_login(get_user_model().objects.create_superuser("editora", password="x"))
    client.get(service.url)
    Client().get(service.url, headers={"Authorization": "Bearer x"})
    Client().post(service.url)
    assert kept(service.url) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda response: response.set_cookie("quem", "eu"),
        lambda response: response.headers.__setitem__("Vary", "Cookie"),
        lambda response: response.headers.__setitem__("Vary", "User-Agent"),
        lambda response: response.headers.__setitem__("Cache-Control", "private"),
        lambda response: setattr(response, "status_code", 500),
        lambda response: delattr(response, "conecta_terms"),
    ],
)
def test_what_is_somebodys_or_was_not_let_out_is_not_kept(spoil: Any) -> None:
    def view(request: Any) -> HttpResponse:
        at = timezone.now()
        response = answer(request, new_page("rascunho", at=at), at)
        spoil(response)
        return response

    PageCacheMiddleware(view)(RequestFactory().get("/pagina/"))
    assert kept("/pagina/") is None


def test_a_request_that_wagtail_makes_up_for_a_preview_is_not_kept() -> None:
    def view(request: Any) -> Any:
        at = timezone.now()
        return answer(request, new_page("rascunho", at=at), at)

    request = RequestFactory().get("/pagina/")
    request.is_dummy = True
    PageCacheMiddleware(view)(request)
    assert kept("/pagina/") is None


def test_many_at_once_make_a_page_once() -> None:
    made, going, on = [], threading.Event(), threading.Event()

    def view(request: Any) -> Any:
        made.append(1)
        going.set()
        on.wait(10)
        at = timezone.now()
        return answer(request, new_page("feita", at=at), at)

    page_sources.everything()
    middleware, found = PageCacheMiddleware(view), []
    crowd = [
        threading.Thread(target=lambda: found.append(middleware(RequestFactory().get("/pagina/")).content))
        for _each in range(8)
    ]
    crowd[0].start()
    assert going.wait(10)
    for each in crowd[1:]:
        each.start()
    on.set()
    for each in crowd:
        each.join(10)
    assert (len(made), found) == (1, [b"feita"] * 8)


def test_while_a_page_is_made_anew_others_get_the_old_one() -> None:
    words, others = ["velha"], []

    def view(request: Any) -> Any:
        if words == ["nova"]:
            others.append(middleware(RequestFactory().get("/pagina/")).content)
        at = timezone.now()
        return answer(request, new_page(words[0], at=at), at)

    middleware = PageCacheMiddleware(view)
    assert middleware(RequestFactory().get("/pagina/")).content == b"velha"
    words[:] = ["nova"]
    records.put_record(records.service("Podar"))
    assert middleware(RequestFactory().get("/pagina/")).content == b"nova"
    assert others == [b"velha"]


def test_without_a_database_pages_go_on_for_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    service = records.service("Podar")
    records.put_record(service)
    monkeypatch.setattr(timezone, "now", lambda: AT)
    first = page(client, service.url)

    def gone(*_arguments: object) -> None:
        raise DatabaseError("server closed the connection unexpectedly")

    page_sources.LAST_SEEN.forget()
    with connection.execute_wrapper(gone):
        for seconds in (59, 61, 119):
            monkeypatch.setattr(timezone, "now", lambda seconds=seconds: AT + timedelta(seconds=seconds))
            assert page(client, service.url) == first
        monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(seconds=120))
        with pytest.raises(DatabaseError):
            client.get(service.url)


def test_a_clock_that_is_set_back_keeps_nothing_for_longer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    client.get("/servicos/")
    found = kept("/servicos/")
    assert found.holds(AT + timedelta(seconds=59))
    assert not found.holds(AT - timedelta(seconds=1))
    assert not found.will_do(AT - timedelta(seconds=1))


def test_the_store_forgets_what_was_least_asked_for() -> None:
    def view(request: Any) -> Any:
        at = timezone.now()
        return answer(request, new_page("x" * 5_000, at=at), at)

    store, middleware = caching.STORE, PageCacheMiddleware(view)
    whole, store.capacity = store.capacity, 40_000
    try:
        for number in range(20):
            middleware(RequestFactory().get(f"/{number}/"))
            middleware(RequestFactory().get("/0/"))
        assert store.size <= 40_000
        assert kept("/0/") is not None
        assert kept("/1/") is None
        assert kept("/19/") is not None
    finally:
        store.capacity = whole
