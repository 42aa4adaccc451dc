"""A data package as a zip, written while the charter is read: memory holds one record and what rows point to.

Rows of all tables come from one reading, but a zip holds one file after another: those of services go
straight into the zip, the others wait in temporary files.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from services import naming
from services.interchange.base import Charter
from services.interchange.hsds import columns, rows
from services.interchange.hsds.attributes import missing, term_row
from services.interchange.hsds.columns import FIELDS, TAXONOMIES, Package
from services.interchange.hsds.tables import TABLES, Row, Rows, descriptor, row_id
from services.record import Audience, City, District, Entry, Kind, LifeEvent, Secretariat, Service, Topic, Unit

_SMALL: tuple[Kind, ...] = ("city", "secretariat", "district", "topic", "audience", "life_event", "unit")
#: Bytes gathered before they are passed on.
_PIECE = 32 * 1024


class _Pipe(io.RawIOBase):
    """What a zip is written to: bytes wait here until they are passed on."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes."""
        self._waiting += data
        return len(data)

    def taken(self, least: int = 1) -> Iterator[bytes]:
        """What waits, if it is this much."""
        if len(self._waiting) >= least:
            yield bytes(self._waiting)
            self._waiting.clear()


class _Spools:
    """A temporary file for each table."""

    def __init__(self, undone: ExitStack) -> None:
        self.files: dict[str, IO[bytes]] = {}
        self._texts: dict[str, io.TextIOWrapper] = {}
        self._writers: dict[str, Callable[[Mapping[str, str]], Any]] = {}
        for name in TABLES:
            if name != "service":
                file = undone.enter_context(tempfile.TemporaryFile(prefix="conecta-hsds-"))  # noqa: SIM115
                self.files[name] = file
                self._texts[name] = io.TextIOWrapper(file, encoding="utf-8", newline="")
                self._writers[name] = _writer(self._texts[name], name)

    def rewound(self) -> Iterator[tuple[str, IO[bytes]]]:
        """The tables' files, whole and at their start."""
        for name, file in self.files.items():
            self._texts[name].flush()
            file.seek(0)
            yield name, file

    def add(self, table: str, row: Mapping[str, str]) -> None:
        """A row at the end of its table."""
        self._writers[table](row)

    def add_all(self, below: Rows) -> None:
        """Rows at the ends of their tables."""
        for table, found in below.items():
            for row in found:
                self.add(table, row)


def _writer(file: Any, table: str) -> Callable[[Mapping[str, str]], Any]:
    """Writes rows of a table to a file that begins with the names of its columns."""
    names = TABLES[table].names
    write_row = csv.writer(file).writerow
    write_row(names)
    return lambda row: write_row([row.get(name, "") for name in names])


def write(charter: Charter) -> Iterator[bytes]:
    """``datapackage.json``, ``services.csv`` as it is read, then the other tables."""
    pipe = _Pipe()
    with ExitStack() as undone, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        spools = _Spools(undone)
        with archive.open(_entry("datapackage.json", charter), "w") as file:
            file.write(json.dumps(descriptor(charter.site), ensure_ascii=False, indent=1).encode())
        teller = _Teller(charter, spools)
        teller.tell_others()
        with archive.open(_entry(TABLES["service"].path, charter), "w", force_zip64=True) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            write_row = _writer(text, "service")
            for row in teller.services():
                write_row(row)
                yield from pipe.taken(_PIECE)
            text.flush()
            text.detach()
        teller.tell_terms_of_fields()
        for table, spool in spools.rewound():
            with archive.open(_entry(TABLES[table].path, charter), "w", force_zip64=True) as file:
                while chunk := spool.read(_PIECE * 4):
                    file.write(chunk)
                    yield from pipe.taken(_PIECE)
    yield from pipe.taken()


def _entry(name: str, charter: Charter) -> zipfile.ZipInfo:
    """A file of the zip, dated with the export: the same charter gives the same bytes."""
    entry = zipfile.ZipInfo(name, charter.site.at.astimezone(UTC).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


class _Teller:
    """Tells a charter's records in rows."""

    def __init__(self, charter: Charter, spools: _Spools) -> None:
        self._charter, self._spools = charter, spools
        self._fields: set[tuple[Kind, str]] = set()
        city = next((record for record in charter.of("city") if isinstance(record, City)), None)
        root = str(city.key) if city else row_id("root", charter.site.base_url)
        self._book = rows.Book(charter.site, city, root)
        self._package = Package(own=True, roots={root})
        for record in charter.of(*_SMALL):
            self._book.places[record.kind, record.id] = str(record.key)
            if record.kind in TAXONOMIES:
                self._package.terms[str(record.key)] = record.kind

    def tell_others(self) -> None:
        """All but services, into the spools."""
        with override(self._charter.site.language):
            self._tell_city()
            for kind, id_ in TAXONOMIES.items():
                name = naming.kind(kind)
                self._spools.add("taxonomy", {"id": id_, "name": name, "description": name})
            words = {"name": "conecta", "description": _("Campos da Carta de Serviços que o HSDS não tem.")}
            self._spools.add("taxonomy", {"id": FIELDS, **words})
        for record in self._charter.of(*_SMALL):
            with override(record.locale):
                self._tell(record)

    def services(self) -> Iterator[Row]:
        """The rows of services; what is below them goes into the spools meanwhile."""
        for record in self._charter.of("service"):
            if isinstance(record, Service):
                with override(record.locale):
                    row, below = rows.service_rows(record, self._book)
                self._spools.add_all(below)
                self._tell_rest(record, columns.service_data(row, below, self._package), "service")
                yield row

    def tell_terms_of_fields(self) -> None:
        """The terms that attributes used."""
        for kind, field in sorted(self._fields):
            self._spools.add("taxonomy_term", term_row(kind, field))

    def _tell_city(self) -> None:
        city = self._book.city
        row, below = rows.city_rows(city, self._book)
        self._spools.add("organization", row)
        self._spools.add_all(below)
        if city is not None:
            self._tell_rest(city, columns.city_data(row, below, self._package), "organization")

    def _tell(self, record: Entry) -> None:
        match record:
            case Secretariat():
                row, below = rows.organization_rows(record, self._book)
                table, told = "organization", columns.organization_data(row, below, self._package)
            case Unit():
                row, below = rows.location_rows(record, self._book)
                table, told = "location", columns.location_data(row, below, self._package)
            case Topic() | Audience() | LifeEvent() | District():
                row, below = rows.term_rows(record, self._book)
                table, told = "taxonomy_term", columns.term_data(row, record.kind, self._package)
            case _:
                return
        self._spools.add(table, row)
        self._spools.add_all(below)
        self._tell_rest(record, told, table)

    def _tell_rest(self, record: Entry, told: dict[str, Any], table: str) -> None:
        for field, attribute in missing(record, told, table):
            self._fields.add((record.kind, field))
            self._spools.add("attribute", attribute)
