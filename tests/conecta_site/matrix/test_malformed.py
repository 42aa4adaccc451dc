"""What no program of good will sends, to every address that asks for no login: a 4xx or the page, and never a 5xx."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.conecta_site.matrix.addresses import addresses
from tests.conecta_site.matrix.asking import Browser
from tests.conecta_site.matrix.town import Town
from tests.conecta_site.matrix.values import values

pytestmark = pytest.mark.xdist_group("every_address")
ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("conecta_site", "home", "services", "search", "feedback")
#: As they stand in an address: after a percent sign, where they are no letters.
VALUES = {
    "a null character": "%00",
    "half a letter": "%FF%C3",
    "half a pair": "%ED%A0%80",
    "very long": "a" * 20_000,
    "a long number": "9" * 400,
    "below zero": "-1",
    "another number": "%C2%B2",
    "quotes": quote("'\"`;--"),
    "a template": quote("{{ 7*7 }}{% now 'Y' %}"),
    "a path": quote("../../etc/passwd", safe=""),
    "a list": quote("[]"),
    "nothing": "",
    "direction marks": quote("\u202e\u0000\ufeff"),
    "a cursor": "0.0.0.99999999999999999999",
}
METHODS = ("PATCH", "PUT", "DELETE", "TRACE", "PROPFIND", "conecta")
HEADERS: dict[str, dict[str, str]] = {
    "no media type": {"accept": "\x00;q=x,,,/,*"},
    "a thousand media types": {"accept": ", ".join(f"text/x{number};q=0.{number}" for number in range(1_000))},
    "no language": {"accept-language": "xx-\x00, " + "z" * 5_000},
    "no date": {"if-modified-since": "ontem", "if-unmodified-since": "\x00"},
    "no ETag": {"if-none-match": 'W/"', "if-match": "\x00"},
    "no range": {"range": "bytes=9-1,-,x", "if-range": "x"},
    "broken cookies": {"cookie": "sessionid=\x00; =; csrftoken; messages=[[1"},
    "no key": {"authorization": "Bearer \x00\xff"},
    "no encoding": {"accept-encoding": "br;q=x, *;q=-1"},
    "another's address": {"x-forwarded-for": "1, \x00, ::::", "x-forwarded-proto": "gopher"},
    "an origin": {"origin": "null", "referer": "https://\x00/"},
}
BODIES: dict[str, tuple[str, bytes]] = {
    "half of JSON": ("application/json", b'{"a": ['),
    "JSON of nulls": ("application/json", b'{"token": "\\u0000", "stars": 1e400, "service": null}'),
    "a form without end": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    "a form without boundary": ("multipart/form-data", b"abc"),
    "a form of nulls": ("application/x-www-form-urlencoded", b"q=%00&token=%00&text=%00&stars=%00"),
    "half letters": ("application/x-www-form-urlencoded", b"text=%FF%C3&%ED%A0%80=1"),
    "another encoding": ("application/x-www-form-urlencoded; charset=nonesuch", b"text=a"),
    "too many fields": ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(20_001))),
    "no type": ("", b"\x00\xff"),
}


def parameters() -> list[str]:
    """Every name that our code reads of a query or a form."""
    found = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found |= set(_read(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _read(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, first = ast.unparse(node.func.value), node.args[0]
            if owner.endswith((".GET", ".POST", "posted")) and isinstance(first, ast.Constant):
                yield str(first.value)


@pytest.fixture(scope="module")
def paths(_built: Town) -> list[str]:
    """Every address that asks for no login, as it is filled in."""
    filled = values(_built)
    return [each.path(filled) for each in addresses() if not each.route.startswith("admin/")]


@pytest.fixture
def visitor(town: Town) -> Browser:
    """A visitor's."""
    return Browser()


def failures(answers: Iterator[tuple[str, Any]]) -> list[str]:
    """What answered with a 5xx."""
    return [f"{place}: {answer.status_code}" for place, answer in answers if answer.status_code >= 500]


def test_names_are_found() -> None:
    assert {"q", "ordem", "letra", "pagina"} & set(parameters())
    assert len(parameters()) > 20


@pytest.mark.parametrize("value", VALUES)
def test_values(visitor: Browser, paths: list[str], value: str) -> None:
    query = "&".join(f"{name}={VALUES[value]}" for name in (*parameters(), "offset", "limit", "fields", "x[]"))
    assert failures((path, visitor.send("GET", path, query=query)) for path in paths) == []


@pytest.mark.parametrize("value", VALUES)
def test_places(visitor: Browser, paths: list[str], value: str) -> None:
    """In the address itself: in the place of its last part, and after it."""
    written = VALUES[value] or "%20"
    ends = {path.rstrip("/").rpartition("/")[0] + f"/{written}" for path in paths} | {f"/{written}/"}
    answers = [(place, visitor.send("GET", place)) for end in ends for place in (end, f"{end}/")]
    assert failures(iter(answers)) == []
    assert {answer.status_code for _place, answer in answers if answer.status_code < 400} <= {200, 301, 302}


@pytest.mark.same_on_both("a method says which view answers, and nothing of what is looked for")
@pytest.mark.parametrize("method", METHODS)
def test_methods(visitor: Browser, paths: list[str], method: str) -> None:
    assert failures((path, visitor.send(method, path)) for path in paths) == []


@pytest.mark.parametrize("kind", HEADERS)
def test_headers(visitor: Browser, paths: list[str], kind: str) -> None:
    assert failures((path, visitor.send("GET", path, headers=HEADERS[kind])) for path in paths) == []


@pytest.mark.parametrize("kind", BODIES)
def test_bodies(visitor: Browser, paths: list[str], kind: str) -> None:
    content_type, body = BODIES[kind]
    assert failures((path, visitor.send("POST", path, body=body, content_type=content_type)) for path in paths) == []


def test_a_host_that_is_not_ours(paths: list[str], town: Town) -> None:
    client = Client(raise_request_exception=False)
    for host in ("nenhum.example", "a b", "testserver:x", "[::1", ""):
        answers = {path: client.get(path, headers={"host": host}).status_code for path in paths[:40]}
        assert set(answers.values()) <= {400, 200, 301, 302, 404, 405}, (host, answers)
    assert client.get("/", headers={"host": "nenhum.example"}).status_code == 400
