"""What an address asks to be narrowed by: facets and their values, where entries may be named by id or by slug."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from search.facets import FACETS, REMOTE
from services.models.published import PublishedRecord
from services.record.identity import is_id

#: Filters that hold entries' ids.
NAMED = ("life_event", *(facet.name for facet in FACETS if facet.named))


def with_ids(chosen: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same with the ids that slugs stand for: one query, none where all can only be ids.

    Ten letters may be both ("transporte"); with a digit among them they are an id.
    """
    slugs = {name: [value for value in chosen.get(name, ()) if _may_be_slug(value)] for name in NAMED}
    asked = [Q(kind=kind, slug__in=values) for kind, values in slugs.items() if values]
    ids = {name: list(values) for name, values in chosen.items()}
    if asked:
        rows = PublishedRecord.objects.public().filter(reduce(or_, asked))
        for kind, entry_id in rows.values_list("kind", "entry_id"):
            if entry_id not in ids[kind]:
                ids[kind].append(entry_id)
    return ids


def _may_be_slug(value: str) -> bool:
    return value != REMOTE and (not is_id(value) or value.isalpha())
