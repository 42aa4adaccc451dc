"""The measures, and the command that prints them."""

import json
import math
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.relevance import JudgementError, evaluate, gains, ndcg, read_judgements, reciprocal_rank, success
from tests.records import put_record, service

RANKING = [("a",), ("b", "x"), ("c",), ("d",), ("e",), ("f",)]


def test_ndcg_counts_places_and_forgives_nothing() -> None:
    assert ndcg(RANKING, {"a"}) == 1
    assert ndcg(RANKING, {"b"}) == pytest.approx(1 / math.log2(3))
    assert ndcg(RANKING, {"zzz"}) == 0
    assert ndcg(RANKING, {"a", "c"}) == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3)))
    assert ndcg([("n",)] * 10 + [("a",)], {"a"}) == 0


def test_a_relevant_id_found_twice_counts_once() -> None:
    assert ndcg([("a",), ("a",)], {"a", "b"}) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_either_name_of_a_hit_will_do() -> None:
    assert reciprocal_rank(RANKING, {"x"}) == reciprocal_rank(RANKING, {"b"}) == 1 / 2
    assert reciprocal_rank(RANKING, {"none"}) == 0
    assert success(RANKING, {"e"}) == 1
    assert success(RANKING, {"f"}) == 0


def test_scores_per_kind_and_overall() -> None:
    lines = ['{"kind": "k", "query": "q", "relevant": ["a"]}', "", '{"query": "r", "relevant": ["zzz"]}']
    ticks = iter([0.0, 0.001, 1.0, 1.003])
    scores = evaluate(read_judgements(lines), lambda _query: RANKING, clock=lambda: next(ticks))
    assert list(scores) == ["?", "k", "all"]
    assert (scores["k"].ndcg_at_10, scores["?"].ndcg_at_10, scores["all"].ndcg_at_10) == (1, 0, 0.5)
    assert scores["all"].queries == 2
    assert scores["all"].p50_ms == pytest.approx(2)
    assert scores["all"].p95_ms == pytest.approx(3)


def test_gains_are_of_the_same_queries_with_an_interval() -> None:
    before = {"a": {str(number): 0.5 for number in range(200)}, "b": {"x": 1.0}, "gone": {"y": 1.0}}
    after = {"a": {str(number): 0.5 + 0.1 * (number % 2) for number in range(250)}, "b": {"x": 0.5}, "new": {"z": 1.0}}
    found = gains(before, after | {"all": {}})
    assert {kind: gain.queries for kind, gain in found.items()} == {"a": 200, "b": 1, "all": 201}
    assert found["a"].difference == pytest.approx(0.05)
    # Half a standard error to either side is as wide as theory says: 1.96 × 0.05 / √200.
    assert found["a"].high - found["a"].low == pytest.approx(2 * 1.96 * 0.05 / 200**0.5, rel=0.1)
    assert (found["b"].low, found["b"].high) == (-0.5, -0.5)
    assert gains(before, after) == gains(before, after)
    assert gains({}, after) == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "não é JSON"),
        ('{"query": 1}', "query"),
        ("[]", "query"),
        ('{"query": "q"}', "relevant"),
        ('{"query": "q", "relevant": []}', "relevant"),
        ('{"query": "q", "relevant": [1]}', "relevant"),
    ],
)
def test_a_line_that_can_not_be_used_is_named(line: str, said: str) -> None:
    with pytest.raises(JudgementError, match=rf"^linha 2: .*{said}"):
        list(read_judgements(["", line]))


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    path = tmp_path / "queries.jsonl"
    judged = [
        {"kind": "title", "query": "podar", "relevant": ["podar-1"]},
        {"kind": "typo", "query": "buracco", "relevant": [service("Tapar buraco").id]},
        {"kind": "typo", "query": "nada", "relevant": ["podar-1"]},
    ]
    path.write_text("\n".join(map(json.dumps, judged)), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_the_command_prints_each_kind_and_all_of_them(queries: Path) -> None:
    put_record(service("Podar", source_id="podar-1"))
    put_record(service("Tapar buraco"))
    out = StringIO()
    call_command("evaluate_search", str(queries), as_json=True, stdout=out)
    scores = json.loads(out.getvalue())
    assert {kind: score["ndcg_at_10"] for kind, score in scores.items()} == {"title": 1, "typo": 0.5, "all": 2 / 3}
    assert set(scores["all"]) == {"queries", "ndcg_at_10", "mrr", "success_at_5", "p50_ms", "p95_ms"}
    assert scores["typo"]["each"] == {"buracco": 1, "nada": 0}
    table = StringIO()
    call_command("evaluate_search", str(queries), kind="unit", stdout=table)
    assert [line.split()[:3] for line in table.getvalue().splitlines()[1:]] == [
        ["title", "1", "0.0000"],
        ["typo", "2", "0.0000"],
        ["all", "3", "0.0000"],
    ]


@pytest.mark.django_db
def test_the_command_compares_with_what_it_printed_before(queries: Path, tmp_path: Path) -> None:
    saved, out = tmp_path / "saved.json", StringIO()
    put_record(service("Podar", source_id="podar-1"))
    call_command("evaluate_search", str(queries), as_json=True, stdout=out)
    saved.write_text(out.getvalue(), encoding="utf-8")
    put_record(service("Tapar buraco"))
    again, table = StringIO(), StringIO()
    call_command("evaluate_search", str(queries), as_json=True, compare=saved, stdout=again)
    gained = {kind: score["gain"]["difference"] for kind, score in json.loads(again.getvalue()).items()}
    assert gained == pytest.approx({"title": 0, "typo": 0.5, "all": 1 / 3})
    call_command("evaluate_search", str(queries), compare=saved, stdout=table)
    assert re.search(r"^typo +2 +\+0\.5000  95%: \+0\.0000 … \+1\.0000$", table.getvalue(), re.MULTILINE)
    for wrong in ("{", "[]", '{"all": {"each": 3}}'):
        saved.write_text(wrong, encoding="utf-8")
        with pytest.raises(CommandError, match="--json"):
            call_command("evaluate_search", str(queries), compare=saved)


def test_a_mistake_in_the_file_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    for content, said in ((b"{", "linha 1"), (b"\n", "consultas"), (b"\xff", "UTF-8")):
        path.write_bytes(content)
        with pytest.raises(CommandError, match=said):
            call_command("evaluate_search", str(path))
    with pytest.raises(CommandError, match="lido"):
        call_command("evaluate_search", str(tmp_path / "none"))


@pytest.mark.django_db
def test_rebuilding_says_how_many_documents() -> None:
    put_record(service("Podar"))
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue().startswith("documents=1 ")
