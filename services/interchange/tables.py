"""The whole charter as a zip of CSV tables, one for each kind and each of its lists: a tabular data package.

The tables are made from the types of the records, so that nothing of a record is left out. The first columns of
a list's table say to which record a row belongs, and its position: ``2`` is the second, ``2.1`` the first below it.
``datapackage.json`` describes them all (Frictionless Tabular Data Package 1).
"""

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from services.interchange.base import Charter, Format, Site
from services.interchange.planilha.lines import marked
from services.interchange.table_plans import PLANS, Column, Table, all_of
from services.interchange.zips import File, zipped
from services.record import Record, dump

#: Bytes of a table that are held before they go to disk, and of a piece of it.
_HELD, _PIECE = 64 * 1024, 64 * 1024
_NOTE = (
    "Células de texto que uma planilha tomaria por fórmula começam com um apóstrofo, que não é do texto; "
    "as que já começavam com um apóstrofo diante de um destes sinais têm mais um."
)


def write(charter: Charter) -> Iterator[bytes]:
    """A zip; while a kind's tables are made they wait on disk, not in memory."""
    return zipped(_files(charter), charter.site.at)


def _files(charter: Charter) -> Iterator[File]:
    yield "datapackage.json", json.dumps(_package(charter.site), ensure_ascii=False, indent=1).encode()
    for kind, top in PLANS.items():
        with ExitStack() as stack:
            waiting: dict[str, IO[str]] = {}
            writers = {}
            for table in all_of(top):
                file = stack.enter_context(SpooledTemporaryFile(_HELD, "w+", encoding="utf-8", newline=""))
                waiting[table.name], writers[table.name] = file, csv.writer(file)
                writers[table.name].writerow([*table.keys, *(column.name for column in table.columns)])
            for record in charter.of(kind):
                _write(record, top, writers)
            for name, done in waiting.items():
                done.seek(0)
                yield f"{name}.csv", _pieces(done)


def _pieces(file: IO[str]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece.encode()


def _write(record: Record, top: Table, writers: dict[str, Any]) -> None:
    data = dump(record)
    writers[top.name].writerow(_cells(top, data))
    _write_lists(top, data, [record.id], "", writers)


def _write_lists(table: Table, data: dict[str, Any], key: list[str], place: str, writers: dict[str, Any]) -> None:
    for child in table.children:
        for number, item in enumerate(_found(data, child.path) or (), start=1):
            own = f"{place}.{number}".lstrip(".")
            keys = [key[0], *([place] if "above" in child.keys else []), own]
            held = item if isinstance(item, dict) and not child.is_plain else {"value": item}
            writers[child.name].writerow([*keys, *_cells(child, held)])
            _write_lists(child, held, key, own, writers)


def _cells(table: Table, data: dict[str, Any]) -> list[str]:
    return [_cell(column, _found(data, column.path[:-1])) for column in table.columns]


def _found(data: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        if not isinstance(data, dict):
            return None
        data = data.get(name)
    return data


def _cell(column: Column, held: Any) -> str:
    """A column's value in what holds it; what is as always is not in a dump."""
    if not isinstance(held, dict):
        return column.default if column.is_always_held else ""
    value = held.get(column.path[-1])
    if value is None:
        return column.default
    if isinstance(value, bool):
        return "true" if value else "false"
    return marked(value, runs=True) if isinstance(value, str) else str(value)


def _package(site: Site) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "carta-de-servicos",
        "title": "Carta de Serviços",
        "description": _NOTE,
        "homepage": site.base_url,
        "created": site.at.isoformat(),
        "resources": [_resource(table) for top in PLANS.values() for table in all_of(top)],
    }


def _resource(table: Table) -> dict[str, Any]:
    keys = [{"name": name, "type": "string", "constraints": {"required": True}} for name in table.keys]
    schema: dict[str, Any] = {"fields": [*keys, *(column.described() for column in table.columns)]}
    if table.parent is None:
        schema["primaryKey"] = ["id"]
    else:
        schema["primaryKey"] = ["record", "position"]
        own, theirs = (["record", "above"], ["record", "position"]) if table.parent.keys else (["record"], ["id"])
        schema["foreignKeys"] = [{"fields": own, "reference": {"resource": table.parent.name, "fields": theirs}}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.said,
        "encoding": "utf-8",
        "schema": schema,
    }


FORMAT = Format(
    name="tables",
    media_type="application/zip",
    write=write,
    suffix=".zip",
)
