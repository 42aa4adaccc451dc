"""Elasticsearch: the contract, and what a server that many share can do to it."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.document import document_of
from search.engines import elasticsearch_index, elasticsearch_lease
from search.engines.base import EngineError, TooMuch
from search.engines.elasticsearch import Elasticsearch
from search.engines.elasticsearch_access import Access, Refused
from search.engines.elasticsearch_server import Server
from search.plan import Alternative, Place, Plan, Word
from tests.elasticsearch import api_key, own_indices, plain, remove, secured
from tests.records import service
from tests.search.engines.contract import CHARTER, EngineContract, ask, fill, take_in, titles

EVERYTHING = Plan("pt-br", everything=True)


@pytest.fixture(scope="module")
def access() -> Iterator[Access]:
    with own_indices(plain()) as mine:
        yield mine


@pytest.fixture(scope="module")
def by_user() -> Iterator[Access]:
    with own_indices(secured()) as mine:
        yield mine


@pytest.fixture
def engine(access: Access) -> Iterator[Elasticsearch]:
    yield Elasticsearch(access)
    remove(access)


@pytest.fixture
def server(access: Access) -> Server:
    return Server(access)


def indices(server: Server) -> list[str]:
    return sorted(server.ask("GET", f"/{server.access.prefix}-index-*/_alias"))


class TestElasticsearch(EngineContract):
    """The contract, on an open server."""


class TestElasticsearchByUser(EngineContract):
    """The contract, with user and password over TLS."""

    @pytest.fixture
    def access(self, by_user: Access) -> Access:
        return by_user


class TestElasticsearchByApiKey(EngineContract):
    """The contract, with a key that may touch nothing but our own indices."""

    @pytest.fixture
    def access(self, by_user: Access) -> Access:
        return api_key(by_user)


def test_who_has_no_right_is_told_and_nothing_is_taken_for_gone() -> None:
    with own_indices(secured()) as mine:
        for wrong in (replace(mine, api_key="bm86bm8="), replace(mine, ca_file="")):
            engine = Elasticsearch(wrong)
            with pytest.raises(EngineError):
                engine.refresh()


def test_another_reader_sees_changes_when_it_looks_again(engine: Elasticsearch, access: Access) -> None:
    fill(engine, CHARTER, "e.1")
    other = Elasticsearch(access)
    other.refresh()
    assert other.is_current()
    take_in(engine, [document_of(service("Nova"))], "e.2")
    assert other.cursor() == "e.1"
    other.refresh()
    assert other.cursor() == "e.2"
    assert other.version() == engine.version()


def test_nothing_is_seen_of_changes_whose_cursor_is_not_written(
    engine: Elasticsearch, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, CHARTER, "e.1")
    with monkeypatch.context() as dying:
        dying.setattr(elasticsearch_index, "fingerprint", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_in(engine, [document_of(service("Nova"))], "e.2")
    # Longer than a server's own interval of refreshing.
    time.sleep(1.5)
    engine.refresh()
    assert engine.cursor() == "e.1"
    assert ask(engine, "").total == len(CHARTER)
    take_in(engine, [document_of(service("Nova"))], "e.2")
    assert ask(engine, "").total == len(CHARTER) + 1


def test_a_change_that_the_server_refuses_does_not_move_the_cursor(engine: Elasticsearch) -> None:
    fill(engine, CHARTER, "e.1")
    wrong = replace(document_of(service("Nova")), terms={"unknown_field": ("x",)})
    with pytest.raises(EngineError, match="1 changes refused"):
        take_in(engine, [document_of(service("Outra")), wrong], "e.2")
    engine.refresh()
    assert engine.cursor() == "e.1"
    assert ask(engine, "").total == len(CHARTER)


def test_a_writer_that_comes_late_turns_nothing_back(engine: Elasticsearch, access: Access) -> None:
    fill(engine, CHARTER, "e.1")
    late = Elasticsearch(access)
    late.refresh()
    take_in(engine, [document_of(service("Nova", summary="mais nova"))], "e.7")
    late.apply([document_of(service("Nova", summary="antiga"))], "e.6")
    engine.refresh()
    assert engine.cursor() == "e.7"
    assert [hit.summary for hit in ask(engine, "nova").hits] == ["mais nova"]


def test_a_writer_whose_index_is_gone_makes_no_other(engine: Elasticsearch, access: Access, server: Server) -> None:
    fill(engine, CHARTER, "e.1")
    late = Elasticsearch(access)
    late.refresh()
    fill(engine, CHARTER, "e.2")
    with pytest.raises(EngineError, match="index_not_found"):
        late.apply([document_of(service("Nova"))], "e.3")
    assert len(indices(server)) == 1


def test_what_a_killed_rebuild_left_is_removed_by_the_next(
    engine: Elasticsearch, access: Access, server: Server
) -> None:
    fill(engine, CHARTER, "e.1")
    with engine.writing(wait=0):
        left = engine.begin_rebuild()
        left.apply([document_of(service("Metade"))], "e.0")
    assert len(indices(server)) == 2
    other = Elasticsearch(access)
    other.refresh()
    assert ask(other, "").total == len(CHARTER)
    fill(other, CHARTER, "e.2")
    assert len(indices(server)) == 1
    with engine.writing(wait=0), pytest.raises(EngineError):
        engine.finish_rebuild(left)
    assert ask(other, "").total == len(CHARTER)


def test_an_index_that_is_gone_or_is_not_ours_is_as_none(engine: Elasticsearch, server: Server) -> None:
    fill(engine, CHARTER, "e.1")
    (name,) = indices(server)
    server.ask("DELETE", f"/{name}-open/_doc/state?refresh=true", patient=True)
    engine.refresh()
    assert engine.cursor() is None
    server.ask("DELETE", f"/{name}", patient=True)
    engine.refresh()
    assert engine.cursor() is None
    with pytest.raises(Refused):
        engine.search(EVERYTHING, filters={})
    fill(engine, CHARTER, "e.2")
    assert ask(engine, "").total == len(CHARTER)


def test_an_index_of_other_code_is_not_current(engine: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(engine, CHARTER, "e.1")
    assert engine.is_current()
    monkeypatch.setattr("search.engines.elasticsearch.fingerprint", lambda: "other")
    assert not engine.is_current()


def test_a_writer_that_died_is_followed_by_another(
    engine: Elasticsearch, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elasticsearch_lease, "LEASE_SECONDS", 1.5)
    fill(engine, CHARTER, "e.1")
    other = Elasticsearch(access)
    with engine.writing(wait=0) as ours:
        assert ours
        with other.writing(wait=0.2) as taken:
            assert not taken
        # Who is at work may take as long as it likes.
        for _ in range(4):
            time.sleep(0.6)
            engine.apply([document_of(service("Nova"))], "e.2")
            with other.writing(wait=0) as taken:
                assert not taken
        with other.writing(wait=10) as taken:
            assert taken
            with pytest.raises(EngineError, match="another process"):
                engine.apply([document_of(service("Velha"))], "e.3")
    with engine.writing(wait=0) as ours:
        assert ours


def test_a_lease_that_could_not_be_given_back_is_still_ours(engine: Elasticsearch, access: Access) -> None:
    held = engine.writing(wait=0)
    assert held.__enter__()
    engine._lease._held = None
    with engine.writing(wait=0) as ours:
        assert ours


def test_a_question_that_is_too_much_is_told_apart(engine: Elasticsearch) -> None:
    fill(engine, CHARTER, "e.1")
    alternatives = tuple(Alternative(Place("title_stem", f"w{number}"), 1.0) for number in range(50_000))
    with pytest.raises(TooMuch):
        engine.search(Plan("pt-br", words=(Word(alternatives),)), filters={})
    assert ask(engine, "").total == len(CHARTER)


def test_the_vocabulary_is_read_in_pages(engine: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(engine, CHARTER, "e.1")
    whole = engine.vocabulary("pt-br")
    assert len(whole.frequencies["exact"]) > 20
    for size in (1, 7, len(whole.frequencies["exact"])):
        monkeypatch.setattr("search.engines.elasticsearch._PAGE_OF_WORDS", size)
        assert engine.vocabulary("pt-br") == whole


def test_only_its_own_targets_are_finished(engine: Elasticsearch) -> None:
    with pytest.raises(TypeError, match="begin_rebuild"):
        engine.finish_rebuild(engine)


def test_two_sites_share_a_server(engine: Elasticsearch, access: Access) -> None:
    fill(engine, CHARTER, "e.1")
    with own_indices(replace(access, prefix="other")) as other:
        fill(Elasticsearch(other), CHARTER[:1], "e.1")
        assert titles(ask(Elasticsearch(other), "")) == [CHARTER[0].title]
    assert ask(engine, "").total == len(CHARTER)
