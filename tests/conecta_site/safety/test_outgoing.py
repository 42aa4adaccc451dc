"""Who of us asks other servers: all are named here, and what somebody else may name goes through one guard."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.embeds.finders import get_finders

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("conecta_site", "home", "services", "search", "feedback")
#: Modules by which Python asks another machine.
NETWORK = (
    "aiohttp",
    "asyncio",
    "elastic_transport",
    "elasticsearch",
    "ftplib",
    "http.client",
    "httpcore",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc",
)
#: Addresses that editors and subscribers name.
GUARDED = {"services/link_check.py", "services/webhooks/sending.py"}
#: Everybody else, and why no guard is needed.
OTHERS = {
    "services/reaching/connecting.py": "the guard itself",
    "search/engines/elasticsearch_server.py": "asks the server that the environment names",
    "search/checks.py": "reads the addresses that the environment names; asks through the above",
    "search/assigning_views.py": "the name of an error; mail goes to the server that the environment names",
    "home/signing_in/forms.py": "the name of an error; mail goes to the server that the environment names",
    "services/telling.py": "the name of an error; mail goes to the server that the environment names",
    "services/webhooks/webhook_forms.py": "reads an address that was typed; asks nobody",
    "services/newsroom/notices.py": "the name of an error; mail goes to the server that the environment names",
}


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _asks(tree: ast.Module) -> bool:
    return any(name == module or name.startswith(f"{module}.") for name in _imports(tree) for module in NETWORK)


def test_all_that_could_ask_another_machine_is_named() -> None:
    assert {path for path, tree in _sources() if _asks(tree)} == GUARDED | set(OTHERS)


@pytest.mark.parametrize("path", sorted(GUARDED))
def test_who_asks_what_others_name_does_so_through_the_guard(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert "services.reaching.connecting.transport" in set(_imports(tree))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    of_httpx = [call for call in calls if ast.unparse(call.func).startswith("httpx.")]
    clients = [call for call in of_httpx if ast.unparse(call.func) == "httpx.Client"]
    assert len(clients) == 1
    given = {each.arg: ast.unparse(each.value) for each in clients[0].keywords}
    assert given["transport"].startswith("transport(self._allowed, deadline")
    # A proxy of the environment would resolve names by itself.
    assert given["trust_env"] == "False"
    others = {ast.unparse(call.func) for call in of_httpx} - {"httpx.Client", "httpx.Timeout", "httpx.URL"}
    assert not {name for name in others if not name.endswith(("Protocol", "Error"))}


def test_front_ends_are_led_to_and_never_asked() -> None:
    """Their addresses are an editor's too; the editor's own browser goes there."""
    of_front_ends = [tree for path, tree in _sources() if path.startswith("services/front_ends/")]
    assert of_front_ends
    assert not any(_asks(tree) for tree in of_front_ends)


@pytest.mark.django_db
def test_wagtail_asks_nobody_about_what_is_to_be_embedded() -> None:
    assert get_finders() == []
    get_user_model().objects.create_superuser("todos")
    client = Client()
    client.force_login(get_user_model().objects.get())
    sent = {"embed-chooser-url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}
    answer = client.post("/admin/embeds/chooser/upload/", sent)
    assert answer.status_code == 200
    assert answer.json()["step"] == "chooser"
