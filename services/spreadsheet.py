"""Rows as CSV (RFC 4180) that a spreadsheet opens as what they are: text that looks like a formula is text."""

import csv
import io
from collections.abc import Iterable

#: What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """The value; a text that a spreadsheet would run begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table with its header; begins with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO("\ufeff")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue()
