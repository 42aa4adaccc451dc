"""Many new rows of one table at once: ``COPY`` on PostgreSQL, one prepared statement on SQLite.

``bulk_create`` compiles a parameter for each value, and psycopg escapes whole JSON texts twice to
pass them as arrays: that was a third of an import. It also refuses a model of two tables, as pages are.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections, router


def number(model: Any, objects: Sequence[Any]) -> None:
    """Give new objects primary keys of ``model``'s table that no row ever had. Inside a transaction."""
    for entry, pk in zip(objects, _new_keys(model, len(objects)), strict=True):
        entry.pk = pk


def _new_keys(model: Any, count: int) -> list[int]:
    connection = connections[router.db_for_write(model)]
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [connection.ops.quote_name(table), column, count])
            return [key for (key,) in cursor.fetchall()]
        # The transaction owns SQLite's write lock, and inserting a row moves this counter on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = found[0] + 1 if found else 1
    return list(range(first, first + count))


def insert(model: Any, objects: Sequence[Any]) -> None:
    """Insert the rows of new objects into ``model``'s own table, which is the parent's of a page's two.

    Objects without a primary key do not learn theirs. No signal is sent.
    """
    if not objects:
        return
    connection = connections[router.db_for_write(model)]
    fields = [
        field for field in model._meta.local_concrete_fields if not field.primary_key or objects[0].pk is not None
    ]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copy = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(copy) as rows:
                for values in _values(objects, fields, connection):
                    rows.write_row(values)
        else:
            places = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own
            cursor.executemany(statement, list(_values(objects, fields, connection)))
    for entry in objects:
        entry._state.adding = False
        entry._state.db = connection.alias


def _values(objects: Sequence[Any], fields: Sequence[Any], connection: Any) -> Iterator[list[Any]]:
    for entry in objects:
        yield [field.get_db_prep_save(field.pre_save(entry, True), connection) for field in fields]
