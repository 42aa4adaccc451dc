"""A change of the rules, tried without being in force: what it does to the queries concerned and to the judged ones."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from wagtail.coreutils import get_content_languages

from search.display import Display
from search.models import BestBet, JudgedQuery, ProtectedWord, Rule, SynonymGroup
from search.query_counts import QueryCount
from search.relevance import Judgement, ndcg
from search.rules import Rules, rules_of
from search.searching import search
from search.text import LANGUAGES, language_code

#: Results that are compared, and that the measure looks at.
FIRST = 10
#: Queries that are shown: terms of the rule itself, then what people asked.
MOST_TERMS = 12
MOST_ASKED = 6
_LOOKED_BACK = timedelta(days=91)
#: Among so many of the queries that are asked most.
_ASKED_MOST = 2_000
#: Less is not lower but rounded otherwise.
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a rule: a new one has nothing before, a deleted one nothing after."""

    before: Rule | None
    after: Rule | None

    @property
    def languages(self) -> list[str]:
        """Those whose rules change."""
        return sorted({rule.language for rule in (self.before, self.after) if rule is not None})


@dataclass(frozen=True, slots=True)
class Shown:
    """A result, its place after the change, and the one before it; None where it was not among the first."""

    hit: Display
    place: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first results of a query before and after."""

    query: str
    before: Sequence[Display]
    after: Sequence[Display]

    @property
    def changed(self) -> bool:
        """Whether they are others, or in another order."""
        return [hit.id for hit in self.before] != [hit.id for hit in self.after]

    @property
    def shown(self) -> list[Shown]:
        """Those after the change."""
        places = {hit.id: place for place, hit in enumerate(self.before, 1)}
        return [Shown(hit, place, places.get(hit.id)) for place, hit in enumerate(self.after, 1)]

    @property
    def gone(self) -> set[str]:
        """Ids of those that are not among the first any more."""
        return {hit.id for hit in self.before} - {hit.id for hit in self.after}


@dataclass(frozen=True, slots=True)
class Measure:
    """nDCG@10 of a judged query."""

    query: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change does."""

    comparisons: Sequence[Comparison] = ()
    measures: Sequence[Measure] = ()

    @property
    def before(self) -> float:
        """The mean of the judged queries; 0 without any."""
        return statistics.fmean(measure.before for measure in self.measures) if self.measures else 0.0

    @property
    def after(self) -> float:
        """The same after the change."""
        return statistics.fmean(measure.after for measure in self.measures) if self.measures else 0.0

    @property
    def lowers(self) -> bool:
        """Whether the search as a whole would be worse."""
        return self.after < self.before - _NOTHING

    @property
    def hurt(self) -> list[Measure]:
        """Judged queries that would be answered worse, the worst first."""
        hurt = (measure for measure in self.measures if measure.after < measure.before - _NOTHING)
        return sorted(hurt, key=lambda measure: measure.after - measure.before)

    @property
    def unchanged(self) -> list[str]:
        """Queries concerned whose first results stay as they are."""
        return [comparison.query for comparison in self.comparisons if not comparison.changed]

    @property
    def helped(self) -> int:
        """How many judged queries would be answered better."""
        return sum(measure.after > measure.before + _NOTHING for measure in self.measures)


def try_out(change: Change, *, today: date) -> Trial:
    """Search with the rules as they are and as they would be. Raises ``EngineError`` if no index can be had.

    A best bet that begins later is tried on its first day.
    """
    comparisons: list[Comparison] = []
    measures: list[Measure] = []
    day = _day_of(change, today)
    for code in change.languages:
        locale = next((locale for locale in get_content_languages() if language_code(locale) == code), None)
        if locale is None:
            continue
        now, then = rules_as_stored(code), rules_as_stored(code, but=change)
        for query in islice(_concerned(change, code, locale, today), MOST_TERMS + MOST_ASKED):
            found = Comparison(query, _first(query, locale, now, day), _first(query, locale, then, day))
            comparisons.append(found)
        for judged in JudgedQuery.objects.filter(language=code):
            judgement = judged.judgement()
            before, after = (_measured(judgement, locale, rules, day) for rules in (now, then))
            measures.append(Measure(judgement.query, before, after))
    return Trial(comparisons, measures)


def rules_as_stored(code: str, *, but: Change | None = None) -> Rules:
    """The rules of a language as the database has them, or as they would be after a change: three queries."""
    rules: list[Rule] = [
        *SynonymGroup.objects.filter(language=code, active=True),
        *BestBet.objects.filter(language=code),
        *ProtectedWord.objects.filter(language=code),
    ]
    if but is not None:
        rules = [rule for rule in rules if rule != but.before]
        rules += [rule for rule in (but.after,) if rule is not None and rule.language == code]
    return _rules_of(code, rules)


def _rules_of(code: str, rules: Iterable[Rule]) -> Rules:
    rules = list(rules)
    return rules_of(
        LANGUAGES[code],
        synonyms=[rule.as_rule() for rule in rules if isinstance(rule, SynonymGroup) and rule.active],
        pins=[rule.as_rule() for rule in rules if isinstance(rule, BestBet)],
        protected=[rule.word for rule in rules if isinstance(rule, ProtectedWord)],
    )


def _day_of(change: Change, today: date) -> date:
    starts = change.after.starts if isinstance(change.after, BestBet) else None
    return max(today, starts) if starts else today


def _concerned(change: Change, code: str, locale: str, today: date) -> Iterator[str]:
    """What the rule itself names; then what people asked that it speaks of, the most frequent first."""
    own = [rule for rule in (change.before, change.after) if rule is not None and rule.language == code]
    named = dict.fromkeys(query for rule in own for query in _named_by(rule))
    yield from islice(named, MOST_TERMS)
    alone = _rules_of(code, own)
    asked = QueryCount.objects.between(today - _LOOKED_BACK, today).filter(locale=locale).by_query()
    most = asked.order_by("-searches_sum", "query").values_list("query", flat=True)[:_ASKED_MOST]
    yield from islice((query for query in most if query not in named and _speaks_of(alone, query, code)), MOST_ASKED)


def _named_by(rule: Rule) -> Iterator[str]:
    if isinstance(rule, SynonymGroup):
        terms = rule.as_rule()
        yield from (term.strip() for term in (*terms.said, *terms.meant))
    elif isinstance(rule, BestBet):
        yield rule.query
    elif isinstance(rule, ProtectedWord):
        yield rule.word


def _speaks_of(rules: Rules, query: str, code: str) -> bool:
    language = LANGUAGES[code]
    stems = [language.stem(word) for word in language.asked(query)]
    return bool(rules.meant_by(stems) or rules.pins.get(tuple(stems)) or rules.protected.intersection(query.split()))


def _first(query: str, locale: str, rules: Rules, day: date) -> tuple[Display, ...]:
    return search(query, locale=locale, size=FIRST, rules=rules, today=day).hits


def _measured(judgement: Judgement, locale: str, rules: Rules, day: date) -> float:
    ranking = [(hit.source_id, hit.id) for hit in _first(judgement.query, locale, rules, day)]
    return ndcg(ranking, judgement.relevant)
