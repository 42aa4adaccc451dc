"""Plans in Elasticsearch's terms. A term is looked up as it stands: nothing is parsed, so nothing can be injected."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.engines.base import Filters
from search.matching import matching
from search.plan import Alternative, Bonus, Place, Plan, Prefix, Word, pinned_weights

Query = dict[str, Any]

#: A district may have dozens: one for each block of days.
MOST_FACET_VALUES = 10_000


def filters_of(filters: Filters) -> list[Query]:
    """Any of a name's values, and all of the names."""
    return [{"terms": {f"filter_{name}": list(values)}} for name, values in filters.items()]


def query_of(plan: Plan, filters: Filters) -> Query | None:
    """What the plan finds within the filters; None if that is nothing."""
    narrowed = _narrowed(plan, filters)
    if plan.everything:
        return {"bool": narrowed}
    if not plan.words and not plan.pinned:
        return None
    either = [_matching(plan)] if plan.words or plan.bonuses else []
    either += [
        _constant({"term": {"_id": key}}, weight)
        for key, weight in zip(plan.pinned, pinned_weights(len(plan.pinned)), strict=True)
    ]
    return {"bool": narrowed | {"should": either, "minimum_should_match": 1}}


def unranked_query_of(plan: Plan, filters: Filters) -> Query | None:
    """The same documents, for counting them or for another order than by score."""
    if plan.everything or plan.pinned or not plan.words:
        return query_of(plan, filters)
    narrowed = _narrowed(plan, filters)
    found = matching(plan)
    either = [*_any_of(found.places), *map(_all_of, found.together)]
    return {"bool": narrowed | {"filter": [*narrowed["filter"], *_required(plan), _one_of(either)]}}


def _narrowed(plan: Plan, filters: Filters) -> Query:
    narrowed: Query = {"filter": [locale_of(plan.locale), *filters_of(filters)]}
    if plan.excluded:
        narrowed["must_not"] = _any_of(plan.excluded)
    return narrowed


def _required(plan: Plan) -> list[Query]:
    return [_one_of(_any_of(places)) for places in plan.required]


def prefix_query_of(prefix: Prefix) -> Query | None:
    """Entries with all the beginnings of words; one point for a name that begins as typed."""
    if not prefix.words:
        return None
    begins = _constant({"term": {prefix.name.field: prefix.name.term}}, 1.0)
    words = [{"term": {place.field: place.term}} for place in prefix.words]
    return {"bool": {"filter": [locale_of(prefix.locale), *words], "should": [begins]}}


def facets_of(facets: Sequence[str], filters: Filters) -> dict[str, Query]:
    """Aggregations that count the values of each facet within the filters of the other names.

    A filter costs for each hit, even one that lets all pass: without others the counts stand by themselves.
    """
    found = {}
    for name in facets:
        values: Query = {"terms": {"field": f"filter_{name}", "size": MOST_FACET_VALUES}}
        others = filters_of(_without(filters, name))
        found[name] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}} if others else values
    return found


def locale_of(locale: str) -> Query:
    """The documents of a locale."""
    return {"term": {"filter_locale": locale}}


def _matching(plan: Plan) -> Query:
    scored = [_word(word, plan.tie) for word in plan.words]
    scored += [_bonus(bonus) for bonus in plan.bonuses]
    return {"bool": {"filter": _required(plan), "should": scored, "minimum_should_match": 1}}


def _without(filters: Filters, name: str) -> Mapping[str, Sequence[str]]:
    return {other: values for other, values in filters.items() if other != name}


def _constant(query: Query, weight: float) -> Query:
    return {"constant_score": {"filter": query, "boost": weight}}


def _any_of(places: Iterable[Place]) -> list[Query]:
    """One clause a field: a server takes only so many in a query."""
    terms: dict[str, list[str]] = defaultdict(list)
    for place in places:
        terms[place.field].append(place.term)
    return [{"terms": {field: found}} for field, found in terms.items()]


def _one_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries}}


def _all_of(places: Iterable[Place]) -> Query:
    return {"bool": {"filter": [{"term": {place.field: place.term}} for place in places]}}


def _word(word: Word, tie: float) -> Query:
    return {"dis_max": {"queries": [_alternative(each) for each in word.alternatives], "tie_breaker": tie}}


def _alternative(alternative: Alternative) -> Query:
    place = alternative.place
    found = _all_of((place, *alternative.also)) if alternative.also else {"term": {place.field: place.term}}
    return _constant(found, alternative.weight)


def _bonus(bonus: Bonus) -> Query:
    return _constant(_one_of([*_any_of(bonus.places), *map(_all_of, bonus.together)]), bonus.weight)
