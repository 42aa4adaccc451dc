"""One address is followed: what counts as dead, what is refused, and how politely it is asked."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest

from services.link_check import Checker, Turns, is_public
from tests.services.link_server import Site, only_loopback, serving

AGENT = "Mozilla/5.0 (compatible; Conecta; +https://prefeitura.example)"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def checker(*, pause: float = 0.0, **options: Any) -> Checker:
    return Checker(agent=AGENT, turns=Turns(pause=pause), **({"allowed": only_loopback, "seconds": 1.0} | options))


@pytest.mark.parametrize(
    ("path", "problem", "status", "methods"),
    [
        ("/ok", "", 200, ["HEAD"]),
        ("/no-head", "", 200, ["HEAD", "GET"]),
        ("/hangs-up-on-head", "", 200, ["HEAD", "GET"]),
        ("/endless", "", 200, ["HEAD", "GET"]),
        ("/wants-login", "", 401, ["HEAD", "GET"]),
        ("/missing", "gone", 404, ["HEAD", "GET"]),
        ("/broken-at-first", "", 200, ["HEAD", "GET", "HEAD"]),
        ("/broken", "error", 503, ["HEAD", "GET"] * 2),
        ("/round", "loop", None, ["HEAD"] * 9),
    ],
)
def test_what_a_site_answers(site: Site, path: str, problem: str, status: int | None, methods: list[str]) -> None:
    found = checker(seconds=10.0).check(site.url(path))
    assert (found.problem, found.status) == (problem, status)
    assert site.methods(path) == methods
    assert site.agents == {AGENT}


@pytest.mark.parametrize("path", ["/hangs", "/a-letter-at-a-time"])
def test_nobody_is_waited_for_without_end(site: Site, path: str) -> None:
    started = time.monotonic()
    assert checker(seconds=0.5).check(site.url(path)).problem == "silent"
    assert time.monotonic() - started < 5


def test_an_endless_body_is_not_read(site: Site) -> None:
    started = time.monotonic()
    assert checker(seconds=30.0).check(site.url("/endless")).problem == ""
    assert time.monotonic() - started < 5


def test_a_redirect_is_followed_and_one_for_good_is_told(site: Site) -> None:
    goal = site.url("/ok")
    for status, moved in ((301, True), (308, True), (302, False), (307, False)):
        found = checker().check(site.url(f"/to?status={status}&url={quote('/ok')}"))
        assert (found.problem, found.final_url, found.moved) == ("", goal, moved)
    assert checker().check(site.url("/to?url=/missing#parte")).problem == "gone"


@pytest.mark.parametrize(
    "goal",
    [
        "http://10.0.0.7/",
        "http://192.168.1.1/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.7]/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
    ],
)
def test_no_redirect_leads_into_a_private_network(site: Site, goal: str) -> None:
    assert checker().check(site.url(f"/to?url={quote(goal)}")).problem == "internal"


def test_the_city_s_own_machine_is_not_reached_by_any_spelling(site: Site) -> None:
    strict = checker(allowed=is_public)
    for host in ("127.0.0.1", "localhost", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]"):
        assert strict.check(site.url("/ok", host=host)).problem == "internal", host
    assert site.asked == []


def test_a_proxy_of_the_environment_is_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url(""))
    monkeypatch.setenv("all_proxy", site.url(""))
    assert checker(allowed=is_public).check("http://10.0.0.7/").problem == "internal"
    assert site.asked == []


@pytest.mark.parametrize("goal", ["javascript:alert(1)", "file:///etc/passwd", "http://", "ftp://x/"])
def test_an_address_that_is_none(site: Site, goal: str) -> None:
    assert checker().check(goal).problem == "written"
    if goal != "http://":
        assert checker().check(site.url(f"/to?url={quote(goal)}")).problem == "written"


def test_a_name_that_nobody_has() -> None:
    assert checker().check("http://nao-existe.invalid/").problem == "unknown_host"


def test_a_port_at_which_nobody_listens(site: Site) -> None:
    port = site.server_port
    site.server_close()
    assert checker().check(f"http://127.0.0.1:{port}/").problem == "silent"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("200.198.196.1", True),
        ("2804:14d::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("::ffff:192.168.0.1", False),
        ("2002:c0a8:0001::1", False),
        ("64:ff9b::c0a8:1", False),
        ("64:ff9b::c8c6:c401", True),
        # Each is one of the city's own network, and Python calls it global.
        ("::7f00:1", False),
        ("::ffff:0:10.0.0.1", False),
        ("fec0::1", False),
        ("64:ff9b:1::a00:1", False),
        ("5f00::1", False),
    ],
)
def test_what_is_on_the_public_internet(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_a_host_is_asked_one_question_at_a_time_with_a_pause(site: Site) -> None:
    polite = checker(pause=0.1, seconds=10.0)
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(polite.check, [site.url(f"/ok?{number}") for number in range(6)]))
    assert site.most_at_once == 1
    moments = [at for _method, _path, at in site.asked]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.09


def test_another_host_does_not_wait(site: Site) -> None:
    with serving() as other:
        polite = checker(pause=5.0, seconds=20.0)
        started = time.monotonic()
        with ThreadPoolExecutor(2) as threads:
            urls = [site.url("/ok"), other.url("/ok", host="localhost")]
            assert [found.problem for found in threads.map(polite.check, urls)] == ["", ""]
        assert time.monotonic() - started < 4
