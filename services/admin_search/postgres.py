"""PostgreSQL: its index keeps accents, so ``isencao`` would not find ``isenção``. SQLite's does not keep them.

Folded here on both sides: the ``unaccent`` extension needs rights that a city's database user may lack.
"""

import copy
import unicodedata
from typing import Any

from wagtail.search.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from services.admin_search import NothingFindsNothing, rewritten


def folded(text: str) -> str:
    """``Isenção`` becomes ``Isencao``."""
    return "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))


class _Folding:
    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        return super().build_tsquery_content(rewritten(query, folded), config=config, invert=invert)  # type: ignore[misc]


class FoldingQueryCompiler(_Folding, PostgresSearchQueryCompiler):
    """Whole words."""


class FoldingAutocompleteQueryCompiler(_Folding, PostgresAutocompleteQueryCompiler):
    """Beginnings of words."""


class FoldingIndex(PostgresIndex):
    """What is indexed is folded as queries are."""

    def add_items(self, model: Any, objs: Any) -> Any:
        """Index objects of one model."""
        return super().add_items(model, [_Folded(obj) for obj in objs])


class FoldingSearchBackend(NothingFindsNothing, PostgresSearchBackend):
    """Wagtail's, blind to accents."""

    query_compiler_class = FoldingQueryCompiler
    autocomplete_query_compiler_class = FoldingAutocompleteQueryCompiler
    index_class = FoldingIndex


class _Folded:
    """An indexed object whose search fields give folded text: all that an index asks of it."""

    def __init__(self, obj: Any) -> None:
        self._obj = obj
        self.pk = obj.pk

    def get_search_fields(self) -> list[Any]:
        return [self._of_this(_folding(field)) for field in self._obj.get_search_fields()]

    def _of_this(self, field: Any) -> Any:
        get_value = field.get_value
        field.get_value = lambda _wrapper: get_value(self._obj)
        return field


def _folding(field: Any) -> Any:
    mine = copy.copy(field)
    if hasattr(field, "fields"):
        mine.fields = [_folding(inner) for inner in field.fields]
    else:
        mine.get_value = lambda obj: _folded_value(field.get_value(obj))
    return mine


def _folded_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_folded_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _folded_value(item) for key, item in value.items()}
    return folded(str(value)) if value is not None else ""
