"""What a plan finds, whatever each of it is worth: for counting documents, and for orders other than by score. Pure.

A plan names a word in each text where it is worth something; what has it in a text has it anywhere. So far fewer terms
find the same documents, and an engine that counts them needs to add up nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.document import ANYWHERE, CALLED, CALLED_BY, FORMS, TEXTS
from search.plan import Place, Plan

#: Field → the wider one that holds all of its terms.
_ANYWHERE = {f"{text}_{form}": f"{ANYWHERE}_{form}" for text in (*TEXTS, CALLED) for form in FORMS}
_CALLED = {f"{text}_{form}": f"{CALLED}_{form}" for text in CALLED_BY for form in FORMS}


@dataclass(frozen=True, slots=True)
class Matching:
    """A document is found that holds any of the places, or all of any that are to hold together."""

    places: tuple[Place, ...]
    together: tuple[tuple[Place, ...], ...]


def matching(plan: Plan) -> Matching:
    """All that finds a document, without what is found by another part of it anyway."""
    places = _places(plan)
    kept = tuple(place for place in places if not _is_wider(_ANYWHERE, place, places))
    together = dict.fromkeys(
        both
        for both in _together(plan)
        if not any(place in places or _is_wider(_ANYWHERE, place, places) for place in both)
    )
    return Matching(
        kept,
        tuple(
            both
            for both in together
            if (called := tuple(_wider(_CALLED, place) for place in both)) == both or called not in together
        ),
    )


def _places(plan: Plan) -> dict[Place, None]:
    places = {each.place: None for word in plan.words for each in word.alternatives if not each.also}
    for bonus in plan.bonuses:
        places |= dict.fromkeys(bonus.places)
    return places


def _together(plan: Plan) -> Iterator[tuple[Place, ...]]:
    for word in plan.words:
        yield from ((each.place, *each.also) for each in word.alternatives if each.also)
    for bonus in plan.bonuses:
        yield from bonus.together


def _is_wider(fields: dict[str, str], place: Place, places: dict[Place, None]) -> bool:
    """Whether another of the places holds wherever this one does."""
    wider = _wider(fields, place)
    return wider != place and wider in places


def _wider(fields: dict[str, str], place: Place) -> Place:
    return Place(fields.get(place.field, place.field), place.term)
