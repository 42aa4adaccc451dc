"""Many new rows of one table at once: ``COPY`` on PostgreSQL, one prepared statement on SQLite.

``bulk_create`` compiles a parameter for each value, and psycopg escapes whole JSON texts twice to
pass them as arrays: that was a third of an import. It also refuses a model of two tables, as pages are.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router


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
    fields = [
        field for field in model._meta.local_concrete_fields if not field.primary_key or objects[0].pk is not None
    ]
    held = ([field.pre_save(entry, True) for field in fields] for entry in objects)
    insert_values(model, [field.attname for field in fields], held)
    for entry in objects:
        entry._state.adding = False
        entry._state.db = router.db_for_write(model)


def insert_values(model: Any, names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values for the fields ``names`` (``record_id``): a thin row is not worth an object."""
    connection = connections[router.db_for_write(model)]
    quoted = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    table, columns = quoted(model._meta.db_table), ", ".join(quoted(field.column) for field in fields)
    prepare = [(field.get_db_prep_save, _sent_as_it_is(field)) for field in fields]
    # Before the first is sent: making them may ask the database something.
    prepared: list[list[Any]] = [
        [
            value if value is None or type(value) is plain else save(value, connection)
            for (save, plain), value in zip(prepare, row, strict=True)
        ]
        for row in values
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own
            cursor.executemany(statement, prepared)


def plan_anew() -> None:
    """Let PostgreSQL's planner count the rows there are now, as it would by itself a minute later.

    Until then it takes full tables for empty ones: the admin's search of 2,000 new pages took it a minute.
    """
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")


def _sent_as_it_is(field: "models.Field[Any, Any]") -> type | None:
    """The type of values that need no preparing for the database: most need none, and it costs more than sending."""
    if isinstance(field, models.ForeignKey):
        return _sent_as_it_is(field.target_field)
    known = ((models.CharField, str), (models.TextField, str), (models.IntegerField, int), (models.BooleanField, bool))
    plain = next((plain for kind, plain in known if isinstance(field, kind)), None)
    changed = type(field).get_db_prep_save is not models.Field.get_db_prep_save
    return None if changed else plain
