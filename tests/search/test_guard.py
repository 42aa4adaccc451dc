"""A site with a search server: it answers, and this machine's index does where it can not."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from search import follower as following
from search import guard as guarding
from search.engines.base import Engine, EngineError, TooMuch
from search.engines.elasticsearch import Elasticsearch
from search.engines.elasticsearch_access import Access
from search.follower import Follower
from search.guard import Guard, guard
from search.plan import Plan
from search.searching import Results, search, suggest
from services import changes
from tests.benchmarks.postgres import free_port
from tests.elasticsearch import own_indices, plain
from tests.records import put_record, service
from tests.services import charter
from tests.services.pressing import submit

# Other threads see what is committed; what follows needs the tables as migrations leave them.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def access() -> Iterator[Access]:
    with own_indices(plain()) as mine:
        yield mine


@pytest.fixture
def server(access: Access, settings) -> Access:
    """The site has a server, which may take its time: the machine may be busy."""
    settings.ELASTICSEARCH_URL = list(access.hosts)
    settings.ELASTICSEARCH_INDEX_PREFIX = access.prefix
    settings.ELASTICSEARCH_READ_SECONDS = 20.0
    return access


def look_for(query: str) -> Results:
    return search(query, locale="pt-br")


def titles(found: Results) -> list[str]:
    return [hit.title for hit in found.hits]


def until_well(query: str = "", seconds: float = 20.0) -> Results:
    until = time.monotonic() + seconds
    while (found := look_for(query)).degraded:
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def everything(engine: Engine) -> int:
    return engine.search(Plan("pt-br", everything=True), filters={}).total


def head() -> str:
    return changes.cursor(*changes.head())


def test_the_server_answers_and_knows_what_was_just_published(server: Access) -> None:
    put_record(service("Podar árvore"))
    found = look_for("arvores")
    assert (titles(found), found.degraded) == (["Podar árvore"], False)
    put_record(service("Plantar árvore"))
    assert titles(look_for("arvores")) == ["Podar árvore", "Plantar árvore"]
    assert [found.entry.title for found in suggest("plan", locale="pt-br")] == ["Plantar árvore"]
    engine = Elasticsearch(server)
    engine.refresh()
    assert engine.cursor() == head()
    assert everything(engine) == 2


def test_without_its_server_a_site_answers_all_the_same(settings, client: Client) -> None:
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    put_record(service("Podar árvore"))
    for _ in range(2):
        found = look_for("arvores")
        assert (titles(found), found.degraded) == (["Podar árvore"], True)
        assert [found.entry.title for found in suggest("pod", locale="pt-br")] == ["Podar árvore"]
    assert client.get("/api/v1/search", {"q": "podar"}).json()["degraded"] is True
    assert "busca de reserva" in client.get("/busca/", {"q": "podar"}).content.decode()


def test_a_server_that_is_named_wrongly_is_a_server_that_is_away(settings) -> None:
    settings.ELASTICSEARCH_URL = "no address"
    put_record(service("Podar árvore"))
    assert look_for("arvores").degraded


def test_without_an_index_of_its_own_a_machine_asks_the_server(server: Access, data_dir: Path) -> None:
    put_record(service("Podar árvore"))
    (data_dir / "search").touch()
    found = look_for("arvore")
    assert (titles(found), found.degraded) == (["Podar árvore"], False)


def test_with_no_index_at_all_nothing_can_be_said(settings, data_dir: Path) -> None:
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    put_record(service("Podar árvore"))
    (data_dir / "search").touch()
    with pytest.raises(EngineError):
        look_for("arvore")


def test_who_waits_waits_no_longer_than_agreed(access: Access) -> None:
    put_record(service("Podar árvore"))
    guarded = Guard(Follower(Elasticsearch(access)), seconds=5.0)
    assert guarded.ask(everything, head=head()) == 1
    hurried = Guard(guarded.following, seconds=0.4)
    hurried.tend()
    started = time.monotonic()
    assert hurried.ask(lambda _engine: time.sleep(3), head=head()) is None
    assert time.monotonic() - started < 2
    # The next does not even ask, until the server has shown that it is well.
    assert hurried.ask(everything, head=head()) is None
    hurried.tend()
    assert guarded.ask(everything, head=head()) == 1


def test_one_question_that_is_too_much_closes_no_door(access: Access) -> None:
    put_record(service("Podar árvore"))
    guarded = Guard(Follower(Elasticsearch(access)), seconds=20.0)

    def too_much(_engine: Engine) -> int:
        raise TooMuch("too many clauses")

    assert guarded.ask(too_much, head=head()) is None
    assert guarded.ask(everything, head=head()) == 1


def test_an_index_that_stays_behind_is_not_asked(server: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_MOST_SECONDS_BEHIND", 0.2)
    put_record(service("Podar árvore"))
    until_well()
    other = Elasticsearch(server)
    with other.writing(wait=0) as ours:
        assert ours
        put_record(service("Plantar árvore"))
        # For a moment what is a moment old will do.
        assert titles(look_for("arvore")) == ["Podar árvore"]
        time.sleep(0.3)
        found = look_for("arvore")
        assert (len(found.hits), found.degraded) == (2, True)
    assert len(until_well("arvore").hits) == 2


def test_an_index_of_other_code_is_built_anew(server: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    put_record(service("Podar árvore"))
    with monkeypatch.context() as older:
        older.setattr("search.engines.elasticsearch_index.fingerprint", lambda: "older")
        Follower(Elasticsearch(server)).rebuild(wait=0)
    until_well()
    engine = Elasticsearch(server)
    engine.refresh()
    assert engine.is_current()


@pytest.mark.parametrize(("kind", "seconds"), [("embedded", 1.0), ("elasticsearch", 2.0)])
def test_what_an_editor_publishes_is_found_at_once(kind: str, seconds: float, request: pytest.FixtureRequest) -> None:
    if kind == "elasticsearch":
        request.getfixturevalue("server")
    page = charter.service(charter.body(), "Podar árvore")
    until_well()
    submit(f"/admin/pages/{page.pk}/edit/", action__publish="1", title="Regar canteiro")
    started = time.monotonic()
    while titles(until_well("canteiros")) != ["Regar canteiro"]:
        assert time.monotonic() - started < seconds
    assert time.monotonic() - started < seconds


def test_where_a_site_has_a_server_both_are_rebuilt(server: Access, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    put_record(service("Podar árvore"))
    call_command("rebuild_search")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["documents=1"] * 2
    assert [line.split()[-1] for line in lines] == ["engine=elasticsearch", "engine=embedded"]
    engine = Elasticsearch(server)
    engine.refresh()
    assert everything(engine) == 1


def test_the_access_of_the_settings(settings) -> None:
    settings.ELASTICSEARCH_URL = ["http://one:9200", "http://two:9200"]
    settings.ELASTICSEARCH_API_KEY = "key"
    assert guard() is guard()
    access = following.configured()
    assert access == replace(Access(("http://one:9200", "http://two:9200")), api_key="key")
    assert (access.connect, access.read) == (0.1, 0.3)
