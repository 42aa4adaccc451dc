"""A data package of HSDS → records: of ours all that its kinds hold, of others what their columns tell."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from services.interchange.base import Files, Reading, Rejected, Remark, SourceFile, Unreadable, build
from services.interchange.hsds import columns
from services.interchange.hsds.attributes import LINK_TYPE, completed
from services.interchange.hsds.columns import FIELDS, TAXONOMIES, Package
from services.interchange.hsds.tables import TABLES, Row, Rows
from services.record import Kind

_DESCRIPTOR = "datapackage.json"
_KINDS = {taxonomy: kind for kind, taxonomy in TAXONOMIES.items()}
#: By which column a row is below which table's.
_BELOW = {
    "service": ("service_id", ("contact", "cost_option", "phone", "required_document", "schedule", "service_area")),
    "location": ("location_id", ("accessibility", "address", "contact", "phone", "schedule")),
    "organization": ("organization_id", ("contact", "organization_identifier", "phone")),
}
_NOT_GIVEN = {"inactive", "defunct"}
Data = Callable[[Row, Rows, Package], dict[str, Any]]


class _Tables:
    """The rows of a package, by table; each knows its place in its file."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, tuple[Row, str]]] = defaultdict(dict)
        self.own = False

    def all(self, table: str) -> Iterator[tuple[Row, str]]:
        """``(row, place)`` of a table."""
        yield from self.rows[table].values()


def read(files: Files) -> Reading:
    """The records of a package; each row that is faulty is named with its file and line."""
    reading = Reading()
    tables = _Tables()
    by_path = {table.path: name for name, table in TABLES.items()}
    for file in files:
        if isinstance(file, Rejected):
            reading.rejected.append(file)
            continue
        name = file.name.rpartition("/")[2].lower()
        try:
            if name == _DESCRIPTOR:
                tables.own = _is_own(file)
            elif name in by_path:
                _take(tables, by_path[name], file, reading)
            else:
                reading.remarks.append(Remark(file.name, "esta tabela não é lida"))
        except Unreadable as error:
            reading.rejected.append(Rejected(file.name, str(error)))
    if tables.rows:
        _Reader(tables, reading).read()
    return reading


def _is_own(file: SourceFile) -> bool:
    try:
        data = json.loads(file.data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable("não é um JSON válido") from None
    return isinstance(data, dict) and data.get("conecta") == 1


def _take(tables: _Tables, table: str, file: SourceFile, reading: Reading) -> None:
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("não está em UTF-8") from None
    lines = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="", strict=True)
    known = tables.rows[table]
    try:
        names = lines.fieldnames or []
        if missing := sorted(TABLES[table].required - set(names)):
            raise Unreadable(f"falta a coluna {missing[0]}")
        for found in lines:
            place = f"{file.name}, linha {lines.line_num}"
            row = {name: str(found.get(name) or "").strip() for name in TABLES[table].names}
            if "" in found:
                reading.rejected.append(Rejected(place, "tem mais valores do que colunas"))
            elif empty := sorted(name for name in TABLES[table].required if not row[name]):
                reading.rejected.append(Rejected(place, f"coluna {empty[0]}: falta"))
            elif row["id"] in known:
                reading.rejected.append(Rejected(place, "este id já apareceu antes"))
            else:
                known[row["id"]] = (row, place)
    except csv.Error:
        raise Unreadable(f"não é um CSV válido (linha {lines.line_num})") from None


class _Reader:
    """Puts the rows of a package together."""

    def __init__(self, tables: _Tables, reading: Reading) -> None:
        self._tables, self._reading = tables, reading
        self._package = Package(own=tables.own)
        self._below: dict[tuple[str, str], Rows] = defaultdict(lambda: defaultdict(list))
        self._fields: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._names_of_fields: dict[str, str] = {}

    def read(self) -> None:
        """All records, into the reading."""
        self._learn()
        for row, place in self._tables.all("organization"):
            if row["id"] not in self._package.roots:
                self._build(row, place, "organization", columns.organization_data)
            elif columns.ENTRY.search(row["uri"]):
                self._build(row, place, "organization", columns.city_data)
        for row, place in self._tables.all("taxonomy_term"):
            kind = self._package.terms.get(row["id"])
            if kind is not None:
                self._build(row, place, "taxonomy_term", _of_term(kind))
        for row, place in self._tables.all("location"):
            if row["location_type"] == "physical":
                self._build(row, place, "location", columns.location_data)
        for row, place in self._tables.all("service"):
            if row["status"] in _NOT_GIVEN:
                self._reading.remarks.append(Remark(place, "o serviço não é mais prestado e não foi lido"))
            else:
                self._build(row, place, "service", columns.service_data)

    def _learn(self) -> None:
        """What rows stand for, and which are below which."""
        for row, _place in self._tables.all("taxonomy_term"):
            if self._package.own and row["taxonomy_id"] == FIELDS:
                self._names_of_fields[row["id"]] = row["code"].partition(".")[2]
            else:
                self._package.terms[row["id"]] = _KINDS.get(row["taxonomy_id"], "topic")
        self._learn_links()
        self._learn_attributes()
        if self._package.own:
            parents = (row["id"] for row, _ in self._tables.all("organization") if not row["parent_organization_id"])
            self._package.roots.update(parents)

    def _learn_links(self) -> None:
        for owner, (column, tables) in _BELOW.items():
            for table in tables:
                for row, _place in self._tables.all(table):
                    if row[column]:
                        self._below[owner, row[column]][table].append(row)
        for row, place in self._tables.all("service_at_location"):
            if row["location_id"] in self._tables.rows["location"]:
                self._below["service", row["service_id"]]["service_at_location"].append(row)
            else:
                self._reading.remarks.append(Remark(place, "o local não está em locations.csv"))

    def _learn_attributes(self) -> None:
        for row, _place in self._tables.all("attribute"):
            if self._package.own and row["link_type"] == LINK_TYPE:
                if name := self._names_of_fields.get(row["taxonomy_term_id"]):
                    self._fields[row["link_id"]].append((name, row["value"]))
            elif row["link_entity"].lower() in {"service", "services"}:
                self._below["service", row["link_id"]]["attribute"].append(row)

    def _build(self, row: Row, place: str, table: str, data: Data) -> None:
        try:
            if table == "service" and row["organization_id"] not in self._tables.rows["organization"]:
                raise Unreadable("coluna organization_id: o órgão não está em organizations.csv")
            told = completed(data(row, self._below[table, row["id"]], self._package), self._fields.get(row["id"], []))
            self._reading.records.append(build(told))
        except Unreadable as error:
            self._reading.rejected.append(Rejected(f"{place} ({row['name'][:60]})", str(error)))


def _of_term(kind: Kind) -> Data:
    return lambda row, _below, package: columns.term_data(row, kind, package)
