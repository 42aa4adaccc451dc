"""Every link that a page shows leads somewhere, for each role: from the first pages of portal and admin on."""

import html
import re
from collections import Counter, deque
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.conecta_site.matrix.asking import Browser, answer_of
from tests.conecta_site.matrix.town import Town

pytestmark = pytest.mark.xdist_group("every_address")
MOST = 400
#: Addresses of one view with the same names in the query: more of them say the same.
OF_A_KIND = 2
START = ("/", "/admin/")
ROLES = (
    "Public",
    "Redação",
    "Revisão",
    "Comunicação",
    "Ouvidoria",
    "Controle",
    "Administração",
    "Superuser",
)
_LINK = re.compile(rb"""<(?:a|link|img|script|iframe)\b[^>]*?\s(?:href|src)="([^"]+)\"""")
#: Not a page of ours: the server's own files, what a script completes, what other programs speak; and the history of
#: what a copy will be, to which Wagtail's screen links before it is there.
_LEFT = ("/static/", "/admin/bulk/", "None", "mailto:", "tel:", "data:", "javascript:", "#", "whatsapp:", "geo:")


def links(content: bytes, here: str) -> list[str]:
    """The addresses of this site that a page leads to, without what stands after ``#``."""
    found = []
    for raw in _LINK.findall(content):
        written = html.unescape(raw.decode())
        if written.startswith(_LEFT):
            continue
        parts = urlsplit(urljoin(f"http://testserver{here}", written))
        if parts.scheme in ("http", "https") and parts.netloc in ("testserver", "127.0.0.1:8000", "localhost"):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(dict.fromkeys(found))


def kind_of(address: str) -> str:
    """What addresses of one view have in common."""
    path, _mark, query = address.partition("?")
    try:
        name = resolve(path).view_name
    except Resolver404:
        name = path
    return f"{name} {sorted({name for name, _value in parse_qsl(query, keep_blank_values=True)})}"


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere(town: Town, role: str) -> None:
    browser = Browser(town.people.get(role))
    waiting = deque((start, "") for start in START)
    known, seen = set(START), Counter[str]()
    wrong = {}
    asked = 0
    while waiting and asked < MOST:
        address, shown_on = waiting.popleft()
        kind = kind_of(address)
        if seen[kind] >= OF_A_KIND:
            continue
        seen[kind] += 1
        asked += 1
        answer = browser.ask("get", address)
        said = answer_of(answer)
        if said in ("broken", "absent"):
            wrong[address] = f"{answer.status_code} shown on {shown_on}"
        if not answer.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        where = answer["Location"] if answer.status_code in (301, 302) else ""
        for link in [where] if where.startswith("/") else links(answer.content, address):
            if link not in known and "/logout/" not in link:
                known.add(link)
                waiting.append((link, address))
    assert wrong == {}
    assert asked > (60 if role == "Public" else 90)
