"""The judged queries of ordinary people over the demonstration charter can be used, and leave out no service."""

import json
from collections import Counter
from pathlib import Path

from search.relevance import Judgement, read_judgements

ROOT = Path(__file__).resolve().parent.parent.parent


def judgements() -> list[Judgement]:
    lines = (ROOT / "tests" / "data" / "demo_queries.jsonl").read_text(encoding="utf-8").splitlines()
    return list(read_judgements(lines))


def service_ids() -> set[str]:
    files = (ROOT / "home" / "demo" / "services").glob("*.json")
    records = [record for file in files for record in json.loads(file.read_text(encoding="utf-8"))["records"]]
    return {record["source_id"] for record in records if record["kind"] == "service"}


def test_each_service_is_asked_for_and_no_other() -> None:
    asked = Counter(one for judgement in judgements() for one in judgement.relevant)
    assert asked.keys() == service_ids()
    assert {one: number for one, number in asked.items() if number < 3} == {}


def test_no_query_is_asked_twice_and_each_way_of_asking_is_there() -> None:
    asked = Counter(judgement.query.casefold() for judgement in judgements())
    assert {query for query, times in asked.items() if times > 1} == set()
    assert len(asked) >= 450
    kinds = Counter(judgement.kind for judgement in judgements())
    assert kinds.keys() == {"plain-words", "misspelt", "question", "regional"}
