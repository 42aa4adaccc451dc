"""The vectors to which the phone's program is held say what the server does: each is tried with its own functions."""

import json
from pathlib import Path
from typing import Any

import pytest

from home.offline.words import OF_WORDING, words_for
from search.searching import search
from tests import records
from tests.home.offline import reading

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "data" / "offline_vectors.json").read_text(encoding="utf-8")
)


def test_folding_and_the_words_of_a_query() -> None:
    assert [[text, reading.folded(text)] for text, _told in VECTORS["fold"]] == VECTORS["fold"]
    assert [[code, text, reading.asked(code, text)] for code, text, _told in VECTORS["asked"]] == VECTORS["asked"]


def test_beginnings_of_words_and_words_alike() -> None:
    words, tried = VECTORS["beginning"]
    assert [[typed, reading.beginning(typed, words)] for typed, _told in tried] == tried
    assert [[one, other, reading.alike(one, other)] for one, other, _told in VECTORS["alike"]] == VECTORS["alike"]


def test_status_and_its_sentences() -> None:
    told = [[dates, at, *reading.status_told(dates, at)] for dates, at, *_told in VECTORS["status"]]
    assert told == VECTORS["status"]


@pytest.mark.parametrize("name", ["open", "zones"])
def test_open_now_and_its_sentence(name: str) -> None:
    city, states = VECTORS[name]["city"], VECTORS[name]["states"]
    assert [[dates, at, *reading.open_told(dates, city, at)] for dates, at, *_told in states] == states


@pytest.mark.django_db
def test_what_comes_first(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    services = [records.service(**told) for told in VECTORS["ranking"]["services"]]
    for service in services:
        records.put_record(service)
    for query, first in VECTORS["ranking"]["first"]:
        hits = search(query, locale="pt-br").hits
        assert hits, query
        assert hits[0].title == services[first].title, query


@pytest.mark.parametrize("locale", ["es", "en"])
def test_each_sentence_is_one_of_the_wording_s_own(locale: str) -> None:
    same = {"hour"}
    told = words_for(locale)["timing"]
    assert {name for name, sentence in OF_WORDING.items() if told[name] == sentence} <= same, told
