"""After a test that commits, the database is again as migrations left it: each test begins with the same.

Django empties every table and loads what was there from JSON before the next test. On PostgreSQL ``TRUNCATE`` writes a
thousand files anew, and the JSON goes through every model: 2 s a test. What migrations leave is a few hundred rows
in a few tables, kept beside them as tables of the same shape.
"""

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase


def keep() -> None:
    """Remember every row that there is, and let tests that commit come back to it."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        kept = {table: f"as_migrated_{table}" for table in _that_have_rows(tables, cursor)}
        for table, copy in kept.items():
            cursor.execute(f'DROP TABLE IF EXISTS "{copy}"')
            cursor.execute(f'CREATE TABLE "{copy}" AS SELECT * FROM "{table}"')  # noqa: S608 - tables of our own

    def restore(_case: Any) -> None:
        with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
            for table in _that_have_rows(tables, cursor):
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - tables of our own
            for table, copy in kept.items():
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{copy}"')  # noqa: S608 - tables of our own

    TransactionTestCase._fixture_teardown = restore  # type: ignore[method-assign]


def _that_have_rows(tables: list[str], cursor: Any) -> list[str]:
    """Asked at once: most have none, and to delete nothing from each costs more."""
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)  # noqa: S608
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]
