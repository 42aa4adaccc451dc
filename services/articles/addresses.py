"""Entries by their pages' addresses, with the articles that were drawn of them."""

from django.utils.encoding import iri_to_uri

from services.models.article import Article
from services.models.published import PublishedRecord

_RECORDS, _ARTICLES = PublishedRecord._meta.db_table, Article._meta.db_table
_COLUMNS = ", ".join(f"record.{field.column}" for field in PublishedRecord._meta.concrete_fields)
#: Asked for each page that nobody keeps: written out, it takes a third of what the ORM's takes. What people say of a
#: service has its id too, and no address.
_AT_ADDRESS = f"""
SELECT {_COLUMNS}, article.etag AS article_etag, article.base AS article_base, article.parts AS article_parts
FROM {_RECORDS} record LEFT JOIN {_ARTICLES} article ON article.record_id = record.id AND record.locale = %s
WHERE NOT record.deleted AND record.url <> '' AND record.entry_id = (
    SELECT entry_id FROM {_RECORDS} WHERE url IN (%s, %s) AND NOT deleted LIMIT 1
)
"""  # noqa: S608 - names of our own tables and columns


def spelled(path: str) -> tuple[str, str]:
    """The ways in which a path may be written: Wagtail writes it quoted, and a request's comes unquoted."""
    return path, iri_to_uri(path)


def rows_at(path: str, *, locale: str) -> list[PublishedRecord]:
    """The public rows, in all languages, of the entry at an address; the one in ``locale`` with its article: one query.

    Articles are for ``services.articles.keeping.kept_parts`` to read.
    """
    return list(PublishedRecord.objects.raw(_AT_ADDRESS, [locale, *spelled(path)]))
