"""PostgreSQL: its index keeps accents, so ``isencao`` would not find ``isenção``. SQLite's does not keep them.

Folded here on both sides: the ``unaccent`` extension needs rights that a city's database user may lack.
"""

import re
import unicodedata
from typing import Any

from wagtail.search.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from services.admin_search import NothingFindsNothing, rewritten
from services.admin_search.asked import Asked

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def folded(text: str) -> str:
    """``Isenção`` becomes ``Isencao``."""
    if text.isascii():
        return text
    return _BEYOND_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", text))


def _without_marks(found: re.Match[str]) -> str:
    return "".join(part for part in found.group() if not unicodedata.combining(part))


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
        return super().add_items(model, [Asked(obj, _folded_value) for obj in objs])


class FoldingSearchBackend(NothingFindsNothing, PostgresSearchBackend):
    """Wagtail's, blind to accents."""

    query_compiler_class = FoldingQueryCompiler
    autocomplete_query_compiler_class = FoldingAutocompleteQueryCompiler
    index_class = FoldingIndex


def _folded_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_folded_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _folded_value(item) for key, item in value.items()}
    return folded(str(value)) if value is not None else ""
