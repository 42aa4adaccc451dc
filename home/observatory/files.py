"""The tables as open data: CSV (RFC 4180), JSON, and the dictionary of them all (Frictionless Data Package 1)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from home.observatory.register import SECTIONS, TABLES
from home.observatory.shape import WITHHELD, Column, Row, Table, Type, Value
from services.freshness import wire_time
from services.spreadsheet import as_csv

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Atribuição 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/deed.pt-br",
}
_TYPES: dict[Type, str] = {"percent": "number"}
_NOTE = (
    "Números de menos de dez pessoas não são publicados, nem os que permitiriam calculá-los: a célula fica vazia e a "
    "coluna omitido diz true. Células de texto que uma planilha tomaria por fórmula começam com um apóstrofo, que não "
    "é do texto."
)


def csv_of(table: Table, rows: Sequence[Row]) -> str:
    """A table with its header; decimals with a point, days as ISO 8601, an empty cell for what is not told."""
    return as_csv(table.names, ([_cell(row.get(name)) for name in table.names] for row in rows))


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def json_of(table: Table, rows: Sequence[Row], *, made_at: datetime | None) -> str:
    """A table with what it is; ``null`` for what is not told."""
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "name": table.name,
            "title": str(table.title),
            "description": str(table.description),
            "source": str(table.source),
            "licence": LICENCE["name"],
            "made_at": wire_time(made_at) if made_at else None,
            "rows": [{name: row.get(name) for name in table.names} for row in rows],
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def dictionary(*, base: str, made_at: datetime | None) -> dict[str, Any]:
    """The data package: every table with its address below ``base``, every column with its meaning and unit."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "profile": "tabular-data-package",
            "name": "observatorio-dos-servicos",
            "title": "Observatório dos serviços",
            "description": _NOTE,
            "homepage": f"{base}/observatorio/",
            "licenses": [LICENCE],
            **({"created": wire_time(made_at)} if made_at else {}),
            "resources": [resource(table, base=base) for table in TABLES.values()],
        }


def resource(table: Table, *, base: str) -> dict[str, Any]:
    """A table as the data package describes it (Frictionless tabular data resource, table schema)."""
    section = next(section for section in SECTIONS if table in section.tables)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": str(table.title),
        "description": str(table.description),
        "path": f"{base}/observatorio/dados/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": [{"title": str(table.source)}],
        "section": section.name,
        "json": f"{base}/observatorio/dados/{table.name}.json",
        "schema": {"fields": [*map(_field, table.columns), *([_WITHHELD] if table.protected else [])]},
    }


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "title": str(column.title),
        "description": str(column.meaning),
        "type": _TYPES.get(column.type, column.type),
        **({"unit": str(column.unit)} if column.unit else {}),
    }


_WITHHELD = {
    "name": WITHHELD,
    "title": "Omitido",
    "description": "Se algum número desta linha não é publicado para que ninguém seja identificado.",
    "type": "boolean",
}
