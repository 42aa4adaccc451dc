"""What an index asks of an object, asked once: modelsearch's indexers read each field up to five times."""

import copy
from collections.abc import Callable
from typing import Any

from wagtail.search.index import FilterField, RelatedFields


class Asked:
    """An object to be indexed, whose search fields hold its values as ``mended``: all that an indexer needs of it."""

    def __init__(self, obj: Any, mended: Callable[[Any], Any] = lambda value: value) -> None:
        self.pk = obj.pk
        # A database's index filters by the tables themselves.
        fields = [field for field in obj.get_search_fields() if not isinstance(field, FilterField)]
        self._fields = [_answered(field, obj, mended) for field in fields]

    def get_search_fields(self) -> list[Any]:
        """The fields, each with its answer."""
        return self._fields


def _answered(field: Any, obj: Any, mended: Callable[[Any], Any]) -> Any:
    mine = copy.copy(field)
    value = field.get_value(obj)
    if isinstance(field, RelatedFields):
        mine.fields = [_mending(inner, mended) for inner in field.fields]
    else:
        value = mended(value)
    mine.get_value = lambda _asked: value
    return mine


def _mending(field: Any, mended: Callable[[Any], Any]) -> Any:
    """A field of a related object, of which there may be any number."""
    mine = copy.copy(field)
    if isinstance(field, RelatedFields):
        mine.fields = [_mending(inner, mended) for inner in field.fields]
    else:
        mine.get_value = lambda obj: mended(field.get_value(obj))
    return mine
