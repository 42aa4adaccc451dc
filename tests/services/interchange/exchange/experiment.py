"""What a format keeps, found by trying: a field is kept if another value of it makes another file.

Nothing is claimed. Each field is changed alone, in a record that says everything and in one that says
nothing else; a field that changes the file in neither is lost.
"""

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from services.interchange import FORMATS, Given
from services.record import RECORD_TYPES, Kind, from_data
from tests.services.interchange.exchange.samples import SITE, Leaf, around, fill, full, least, leaves, put

Told = bytes | Mapping[str, bytes]


def written() -> list[str]:
    """Formats that are written and tell of records; the entry of a catalogue tells of the formats."""
    return [name for name, format_ in FORMATS.items() if format_.write and name != "dcat"]


@cache
def kept(name: str) -> frozenset[tuple[Kind, str]]:
    """``(kind, field)`` of each field that a format keeps."""
    return frozenset(
        (kind, leaf.name)
        for kind in RECORD_TYPES
        if _knows(name, kind)
        for leaf in leaves(kind)
        if _is_kept(name, kind, leaf)
    )


@cache
def _knows(name: str, kind: Kind) -> bool:
    """Whether a record of this kind is in the file at all."""
    return _whole(name, kind) != _told(name, Given(around(kind), SITE))


def _is_kept(name: str, kind: Kind, leaf: Leaf) -> bool:
    return _differs(name, kind, leaf, sparse=False) or _differs(name, kind, leaf, sparse=True)


def _differs(name: str, kind: Kind, leaf: Leaf, *, sparse: bool) -> bool:
    one, other = (_record(kind, leaf, value, sparse=sparse) for value in (leaf.one, leaf.other))
    if not sparse:
        return _whole(name, kind) != _told(name, _among(other))
    return _told(name, _among(one)) != _told(name, _among(other))


def _among(record) -> Given:
    return Given([record, *around(record.kind)], SITE)


def _record(kind: Kind, leaf: Leaf, value: object, *, sparse: bool):
    data = least(kind) if sparse else full(kind)
    put(data, leaf.path, value)
    if sparse:
        fill(RECORD_TYPES[kind], data, leaf.path)
    return from_data(data)


@cache
def _whole(name: str, kind: Kind) -> Told:
    return _told(name, _among(from_data(full(kind))))


def _told(name: str, given) -> Told:
    write = FORMATS[name].write
    assert write
    data = b"".join(write(given))
    if not data.startswith(b"PK"):
        return data
    # The bytes of a zip hold the moment of its making, and so do the properties of a workbook.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each: archive.read(each) for each in archive.namelist() if not each.startswith("docProps/")}
