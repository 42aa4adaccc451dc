"""SQLite: in FTS5 a quote ends a term, and what follows it is a syntax error."""

from typing import Any

from wagtail.search.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)

from services.admin_search import NothingFindsNothing, rewritten
from services.admin_search.asked import Asked


def _quoted(text: str) -> str:
    return text.replace('"', '""')


class _Quoting:
    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        return super().build_search_query_content(rewritten(query, _quoted), config=config)  # type: ignore[misc]


class QuotingQueryCompiler(_Quoting, SQLiteSearchQueryCompiler):
    """Whole words."""


class QuotingAutocompleteQueryCompiler(_Quoting, SQLiteAutocompleteQueryCompiler):
    """Beginnings of words."""


class AskingIndex(SQLiteIndex):
    """Wagtail's, for which each object is read once."""

    def add_items(self, model: Any, objs: Any) -> Any:
        """Index objects of one model."""
        return super().add_items(model, [Asked(obj) for obj in objs])


class QuotingSearchBackend(NothingFindsNothing, SQLiteSearchBackend):
    """Wagtail's, with each quote of a query doubled."""

    query_compiler_class = QuotingQueryCompiler
    autocomplete_query_compiler_class = QuotingAutocompleteQueryCompiler
    index_class = AskingIndex
