"""How good a ranking is, by judged queries: nDCG@10, mean reciprocal rank, success among the first five."""

import json
import math
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

#: A ranking: what names each hit, such as its id and its source's id, best first.
Ranking = Sequence[Collection[str]]
_RESAMPLES = 2_000


class JudgementError(ValueError):
    """A line of judged queries that can not be used; the message says which, and why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A query, and the ids of what answers it."""

    kind: str
    query: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over queries; times in milliseconds."""

    queries: int
    ndcg_at_10: float
    mrr: float
    success_at_5: float
    p50_ms: float
    p95_ms: float
    #: Query → nDCG@10; the later of two that are asked twice.
    each: Mapping[str, float] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Gain:
    """How much the mean nDCG@10 of the same queries has risen, and within what 95 in 100 such sets of queries would."""

    queries: int
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one query."""

    judgement: Judgement
    ranking: Ranking
    milliseconds: float


def read_judgements(lines: Iterable[str]) -> Iterator[Judgement]:
    """Judgements of JSON lines ``{"query", "relevant": [id, …], "kind"}``; empty lines count for nothing.

    Raises ``JudgementError``.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _judgement(number, line)


def _judgement(number: int, line: str) -> Judgement:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise JudgementError(_("linha %(line)d: não é JSON (%(error)s)") % {"line": number, "error": error}) from error
    if not isinstance(data, dict) or not isinstance(data.get("query"), str):
        raise JudgementError(_('linha %d: falta "query", o texto da consulta') % number)
    relevant = data.get("relevant")
    if not isinstance(relevant, list) or not relevant or not all(isinstance(each, str) for each in relevant):
        raise JudgementError(_('linha %d: "relevant" tem de ser uma lista de ids que não esteja vazia') % number)
    return Judgement(kind=str(data.get("kind", "")), query=data["query"], relevant=frozenset(relevant))


def ndcg(ranking: Ranking, relevant: Collection[str], *, at: int = 10) -> float:
    """Normalised discounted cumulative gain of the first hits, 0 to 1; each relevant id counts where it comes first."""
    gains = [1 / math.log2(place + 1) for place in _places(ranking[:at], relevant)]
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(at, len(relevant)) + 1))
    return sum(gains) / ideal


def reciprocal_rank(ranking: Ranking, relevant: Collection[str]) -> float:
    """1 / place of the first relevant hit; 0 if there is none."""
    return next((1 / place for place in _places(ranking, relevant)), 0.0)


def success(ranking: Ranking, relevant: Collection[str], *, at: int = 5) -> float:
    """1 if a relevant hit is among the first, else 0."""
    return float(any(True for _place in _places(ranking[:at], relevant)))


def _places(ranking: Ranking, relevant: Collection[str]) -> Iterator[int]:
    left = set(relevant)
    for place, names in enumerate(ranking, 1):
        if found := left.intersection(names):
            left -= found
            yield place


def evaluate(
    judgements: Iterable[Judgement], rank: Callable[[str], Ranking], *, clock: Callable[[], float]
) -> dict[str, Score]:
    """Scores per kind and, under ``all``, of all queries. ``clock`` gives seconds; asks each query once."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for judgement in judgements:
        started = clock()
        ranking = rank(judgement.query)
        outcome = Outcome(judgement, ranking, (clock() - started) * 1000)
        outcomes["all"].append(outcome)
        outcomes[judgement.kind or "?"].append(outcome)
    return {kind: score(outcomes[kind]) for kind in sorted(outcomes, key=lambda kind: (kind == "all", kind))}


def score(outcomes: Sequence[Outcome]) -> Score:
    """The means of one or more outcomes."""
    times = sorted(outcome.milliseconds for outcome in outcomes)

    def mean(measure: Callable[[Ranking, Collection[str]], float]) -> float:
        return statistics.fmean(measure(outcome.ranking, outcome.judgement.relevant) for outcome in outcomes)

    return Score(
        queries=len(outcomes),
        ndcg_at_10=mean(ndcg),
        mrr=mean(reciprocal_rank),
        success_at_5=mean(success),
        p50_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, int(len(times) * 0.95))],
        each={outcome.judgement.query: ndcg(outcome.ranking, outcome.judgement.relevant) for outcome in outcomes},
    )


def gains(before: Mapping[str, Mapping[str, float]], after: Mapping[str, Mapping[str, float]]) -> dict[str, Gain]:
    """Per kind and, under ``all``, of all kinds: what became of the queries that are in both, kind → query → nDCG@10.

    The interval is a paired bootstrap's: differences drawn again, with replacement.
    """
    differences = {
        kind: [now - before[kind][query] for query, now in each.items() if query in before[kind]]
        for kind, each in after.items()
        if kind != "all" and kind in before
    }
    differences["all"] = [difference for each in differences.values() for difference in each]
    return {kind: _gain(each) for kind, each in differences.items() if each}


def _gain(differences: Sequence[float]) -> Gain:
    # Not for secrets: the same numbers each time, so that the same results give the same interval.
    draw = random.Random(0)  # noqa: S311
    number = len(differences)
    means = sorted(sum(draw.choices(differences, k=number)) / number for _ in range(_RESAMPLES))
    margin = _RESAMPLES // 40
    return Gain(number, statistics.fmean(differences), means[margin], means[-margin - 1])
