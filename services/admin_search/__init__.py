"""The admin's own search: Wagtail's database backends, mended where quotes and accents break them.

``WAGTAILSEARCH_BACKENDS`` names this package, which picks the backend of the database in use.
"""

import copy
import re
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends.database import SearchBackend as DatabaseSearchBackend
from wagtail.search.query import MATCH_ALL, Phrase, PlainText

_SOMETHING_TO_FIND = re.compile(r"\w")


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """The backend of the database in use. ``params``: as in ``WAGTAILSEARCH_BACKENDS``."""
    found = DatabaseSearchBackend(params)
    # Each imports what only its database has.
    if type(found).__name__ == "SQLiteSearchBackend":
        from services.admin_search.sqlite import QuotingSearchBackend

        return QuotingSearchBackend(params)
    if type(found).__name__ == "PostgresSearchBackend":
        from services.admin_search.postgres import FoldingSearchBackend

        return FoldingSearchBackend(params)
    return found


def rewritten(query: Any, rewrite: Callable[[str], str]) -> Any:
    """The query with its text rewritten; a compound one as it is, for its parts come by themselves."""
    if not isinstance(query, PlainText | Phrase):
        return query
    query = copy.copy(query)
    query.query_string = rewrite(query.query_string)
    return query


def _queryset(model_or_queryset: Any) -> Any:
    return model_or_queryset if isinstance(model_or_queryset, QuerySet) else model_or_queryset._default_manager.all()


class NothingFindsNothing:
    """A query of punctuation alone: the backends would hand the database an empty one, which it refuses.

    The answer keeps its model, which Wagtail's listings ask for; modelsearch's own empty answer has none.
    """

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if isinstance(query, str) and not _SOMETHING_TO_FIND.search(query):
            query, model_or_queryset = MATCH_ALL, _queryset(model_or_queryset).none()
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)  # type: ignore[misc]
