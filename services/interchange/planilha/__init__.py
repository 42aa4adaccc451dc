"""The city's spreadsheet: one service a row, in columns that a person can fill in (``docs/planilha.md``).

A sheet holds less than a record. A cell that says what the service says already is left alone, so
that what has no column (cases, waits, forms) is kept; only a cell that says something else is read.
"""

from services.interchange.planilha.columns import COLUMNS, Column
from services.interchange.planilha.known import Known
from services.interchange.planilha.reading import Row, read_rows
from services.interchange.planilha.tables import Table, read_table, write_csv, write_xlsx
from services.interchange.planilha.writing import headings, instructions, write_rows

__all__ = [
    "COLUMNS",
    "Column",
    "Known",
    "Row",
    "Table",
    "headings",
    "instructions",
    "read_rows",
    "read_table",
    "write_csv",
    "write_rows",
    "write_xlsx",
]
