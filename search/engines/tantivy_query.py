"""Plans in tantivy's terms. A term is looked up as it stands: nothing is parsed, so nothing can be injected."""

from collections.abc import Iterable

from tantivy import Occur, Query

from search.engines.base import Filters
from search.engines.tantivy_folder import schema
from search.plan import Place, Plan, Prefix, Word, pinned_weights


def term(field: str, value: str) -> Query:
    """Documents with a term in a field."""
    return Query.term_query(schema(), field, value, "basic")


def query_of(plan: Plan, filters: Filters) -> Query | None:
    """What the plan finds within the filters; None if that is nothing."""
    narrowed = [_narrowing([term("filter_locale", plan.locale)])]
    narrowed += [_narrowing([term(f"filter_{name}", value) for value in values]) for name, values in filters.items()]
    if plan.excluded:
        narrowed.append((Occur.MustNot, _any_of(plan.excluded)))
    if plan.everything:
        return Query.boolean_query(narrowed)
    if not plan.words and not plan.pinned:
        return None
    scored = [_word(word, plan.tie) for word in plan.words]
    scored += [Query.const_score_query(_any_of(bonus.places), bonus.weight) for bonus in plan.bonuses]
    found = [_narrowing([term(place.field, place.term) for place in places]) for places in plan.required]
    found.append((Occur.Must, Query.boolean_query([(Occur.Should, query) for query in scored])))
    matching = found[-1][1] if len(found) == 1 else Query.boolean_query(found)
    first = [
        Query.const_score_query(term("key", key), weight)
        for key, weight in zip(plan.pinned, pinned_weights(len(plan.pinned)), strict=True)
    ]
    either = Query.boolean_query([(Occur.Should, query) for query in (matching, *first)]) if first else matching
    return Query.boolean_query([*narrowed, (Occur.Must, either)])


def prefix_query_of(prefix: Prefix) -> Query | None:
    """Entries with all the beginnings of words; one point for a name that begins as typed."""
    if not prefix.words:
        return None
    must = [_narrowing([term("filter_locale", prefix.locale)])]
    must += [_narrowing([term(place.field, place.term)]) for place in prefix.words]
    begins = Query.const_score_query(term(prefix.name.field, prefix.name.term), 1.0)
    return Query.boolean_query([*must, (Occur.Should, begins)])


def _narrowing(alternatives: list[Query]) -> tuple[Occur, Query]:
    """Demand one of the alternatives, without any score for it."""
    either = (
        alternatives[0]
        if len(alternatives) == 1
        else Query.boolean_query([(Occur.Should, one) for one in alternatives])
    )
    return Occur.Must, Query.const_score_query(either, 0.0)


def _any_of(places: Iterable[Place]) -> Query:
    return Query.boolean_query([(Occur.Should, term(place.field, place.term)) for place in places])


def _word(word: Word, tie: float) -> Query:
    return Query.disjunction_max_query(
        [
            Query.const_score_query(term(alternative.place.field, alternative.place.term), alternative.weight)
            for alternative in word.alternatives
        ],
        tie,
    )
