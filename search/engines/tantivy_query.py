"""Plans in tantivy's terms. A term is looked up as it stands: nothing is parsed, so nothing can be injected."""

from collections.abc import Iterable, Mapping

from tantivy import Occur, Query

from search.engines.base import Filters
from search.engines.tantivy_folder import schema
from search.matching import matching
from search.plan import Alternative, Bonus, Place, Plan, Prefix, Word, pinned_weights

#: Of each filter of which every document holds one value: its values, and about how many documents hold each.
Held = Mapping[str, Mapping[str, int]]
NOTHING_KNOWN: Held = {}


def term(field: str, value: str) -> Query:
    """Documents with a term in a field."""
    return Query.term_query(schema(), field, value, "basic")


def query_of(plan: Plan, filters: Filters, held: Held = NOTHING_KNOWN) -> Query | None:
    """What the plan finds within the filters; None if that is nothing."""
    narrowed = _narrowed(plan, filters, held)
    if plan.everything:
        return Query.boolean_query(narrowed)
    if not plan.words and not plan.pinned:
        return None
    required = _required(plan)
    scored = [(Occur.Should, _word(word, plan.tie)) for word in plan.words]
    scored += [(Occur.Should, _bonus(bonus)) for bonus in plan.bonuses]
    if not plan.pinned:
        return _some_of([*narrowed, *required, *scored])
    weights = pinned_weights(len(plan.pinned))
    first = [_worth(term("key", key), weight) for key, weight in zip(plan.pinned, weights, strict=True)]
    either = [_some_of([*required, *scored]), *first]
    return _some_of([*narrowed, *((Occur.Should, query) for query in either)])


def unranked_query_of(plan: Plan, filters: Filters, held: Held = NOTHING_KNOWN) -> Query | None:
    """The same documents, for counting them or for another order than by score."""
    if plan.everything or plan.pinned or not plan.words:
        return query_of(plan, filters, held)
    found = matching(plan)
    either = [*(term(*place) for place in found.places), *map(_all_of, found.together)]
    return Query.boolean_query([*_narrowed(plan, filters, held), *_required(plan), _narrowing(either)])


def _narrowed(plan: Plan, filters: Filters, held: Held) -> list[tuple[Occur, Query]]:
    narrowed = []
    for name, values in (("locale", [plan.locale]), *filters.items()):
        counts = held.get(name, {})
        others = counts.keys() - set(values)
        # To look up each document in most of all takes a fifth of a search: to look for the few others, nothing.
        if plan.everything or sum(counts[each] for each in others) * 2 >= sum(counts.values()):
            narrowed.append(_narrowing([term(f"filter_{name}", value) for value in values]))
        elif others:
            narrowed.append((Occur.MustNot, _either([term(f"filter_{name}", value) for value in sorted(others)])))
    if plan.excluded:
        narrowed.append((Occur.MustNot, _any_of(plan.excluded)))
    return narrowed


def _required(plan: Plan) -> list[tuple[Occur, Query]]:
    return [_narrowing([term(*place) for place in places]) for places in plan.required]


def prefix_query_of(prefix: Prefix) -> Query | None:
    """Entries with all the beginnings of words; one point for a name that begins as typed."""
    if not prefix.words:
        return None
    must = [_narrowing([term("filter_locale", prefix.locale)])]
    must += [_narrowing([term(*place)]) for place in prefix.words]
    begins = _worth(term(*prefix.name), 1.0)
    return Query.boolean_query([*must, (Occur.Should, begins)])


def _some_of(clauses: list[tuple[Occur, Query]]) -> Query:
    """All that must hold, and one or more of what should; flat, because every level copies all below it."""
    return Query.boolean_query(clauses, minimum_number_should_match=1)


def _narrowing(alternatives: list[Query]) -> tuple[Occur, Query]:
    """Demand one of the alternatives, without any score for it."""
    return Occur.Must, _worth(_either(alternatives), 0.0)


def _worth(query: Query, weight: float) -> Query:
    return Query.const_score_query(query, weight)


def _any_of(places: Iterable[Place]) -> Query:
    return _either([term(*place) for place in places])


def _either(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(places: Iterable[Place]) -> Query:
    return Query.boolean_query([(Occur.Must, term(*place)) for place in places])


def _word(word: Word, tie: float) -> Query:
    return Query.disjunction_max_query([_alternative(each) for each in word.alternatives], tie)


def _alternative(alternative: Alternative) -> Query:
    # The most of a query is made of these: what they call is written out.
    (field, value), weight, also = alternative
    if also:
        return _worth(_all_of((alternative.place, *also)), weight)
    return Query.const_score_query(Query.term_query(schema(), field, value, "basic"), weight)


def _bonus(bonus: Bonus) -> Query:
    found = [term(*place) for place in bonus.places]
    return _worth(_either([*found, *map(_all_of, bonus.together)]), bonus.weight)
