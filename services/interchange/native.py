"""The project's own exchange form: JSON documents to write by hand, JSON lines to pass on whole charters.

A document is ``{"format": "conecta", "version": 1, "source": "…", "records": […]}``. Its records
may be short: without ``id`` and ``key``, which follow from source, kind and ``source_id``; and a
reference may be ``{"kind": "unit", "source_id": "…"}``, which is of the document's source. A line
of a ``.jsonl`` file is one record, whole or short.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from services.interchange.base import (
    LARGEST_CHARTER,
    Charter,
    Files,
    Format,
    Reading,
    Rejected,
    SourceFile,
    Unreadable,
    build,
)
from services.record import RECORD_TYPES, Entry, Record, to_json
from services.record.identity import id_for, id_of, key_for

NAME = "conecta"
VERSION = 1

_SHORT_REF = {"kind", "source_id"}
_MAX_NESTING = 40


def read(files: Files) -> Reading:
    """The records of these files; each that is faulty is named with its file, its place and its field."""
    reading = Reading()
    seen: set[tuple[str, str, str]] = set()
    for file in files:
        if isinstance(file, Rejected):
            reading.rejected.append(file)
            continue
        try:
            for place, source, data in _records(file):
                _take(reading, seen, place, source, data)
        except Unreadable as error:
            reading.rejected.append(Rejected(file.name, str(error)))
    return reading


def write(charter: Charter) -> Iterator[bytes]:
    """A line of canonical JSON for each record."""
    return lines(charter.of())


def lines(records: Iterable[Entry]) -> Iterator[bytes]:
    """A line of canonical JSON for each of these."""
    for record in records:
        yield to_json(record).encode("utf-8") + b"\n"


def _take(reading: Reading, seen: set[tuple[str, str, str]], place: str, source: str, data: Any) -> None:
    try:
        record = _record(source, data)
        identity = (record.kind, record.id, record.locale)
        if identity in seen:
            raise Unreadable("este registro já apareceu antes")
        seen.add(identity)
    except Unreadable as error:
        named = data.get("source_id") or data.get("title") if isinstance(data, dict) else None
        suffix = f" ({str(named)[:60]})" if named else ""
        reading.rejected.append(Rejected(f"{place}{suffix}", str(error)))
    else:
        reading.records.append(record)


def _records(file: SourceFile) -> Iterator[tuple[str, str, Any]]:
    """``(place, source, data)`` of each record in a file."""
    if file.name.lower().endswith(".jsonl"):
        for number, line in enumerate(file.data.split(b"\n"), start=1):
            if line.strip():
                yield f"{file.name}, linha {number}", "", _loaded_or_fault(line)
        return
    document = _loaded(file.data)
    if not isinstance(document, dict) or document.get("format") != NAME:
        raise Unreadable(f'não é um documento da forma {{"format": "{NAME}", "version": {VERSION}, "records": [...]}}')
    if document.get("version") != VERSION:
        raise Unreadable(
            f"a versão {str(document.get('version'))[:20]} não é conhecida; esta instalação lê a {VERSION}"
        )
    unknown = sorted(set(document) - {"format", "version", "source", "records"})
    if unknown:
        raise Unreadable(f"campo desconhecido no documento: {unknown[0][:60]}")
    source, records = document.get("source", ""), document.get("records")
    if not isinstance(records, list) or not isinstance(source, str):
        raise Unreadable("records devia ser uma lista e source um texto")
    for number, data in enumerate(records, start=1):
        yield f"{file.name}, registro {number}", source, data


class _Fault:
    """Stands for a line that is no JSON, so that the lines after it are still read."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _loaded_or_fault(data: bytes) -> Any:
    try:
        return _loaded(data)
    except Unreadable as error:
        return _Fault(str(error))


def _loaded(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise Unreadable("não está em UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"não é um JSON válido (linha {error.lineno}, coluna {error.colno})") from None
    except RecursionError:
        raise Unreadable("tem valores aninhados demais") from None
    except ValueError:
        raise Unreadable("tem um número que JSON não conhece ou grande demais") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _record(source: str, data: Any) -> Record:
    if isinstance(data, _Fault):
        raise Unreadable(data.reason)
    if not isinstance(data, dict):
        raise Unreadable("devia ser um objeto")
    source = data.get("source", source)
    if not isinstance(source, str):
        raise Unreadable("campo source: devia ser um texto")
    whole = {"source": source, **_expanded(data, source, 0)} if source else _expanded(data, source, 0)
    kind, source_id = data.get("kind"), data.get("source_id")
    if "key" not in data and "id" not in data:
        if not isinstance(kind, str) or kind not in RECORD_TYPES:
            raise Unreadable("campo kind: falta ou não é um tipo de registro")
        if not source or not isinstance(source_id, str) or not source_id:
            raise Unreadable("sem id e key, o registro precisa de source e source_id")
        whole["key"], whole["id"] = str(key_for(source, kind, source_id)), id_for(source, kind, source_id)
    record = build(whole)
    if record.id != id_of(record.key):
        raise Unreadable("campo id: não é o da key")
    return record


def _expanded(value: Any, source: str, depth: int) -> Any:
    """The value with every short reference made whole."""
    if depth > _MAX_NESTING:
        raise Unreadable("tem valores aninhados demais")
    if isinstance(value, list):
        return [_expanded(item, source, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == _SHORT_REF and depth:
        if not source:
            raise Unreadable("uma referência por source_id precisa do source do registro ou do documento")
        kind, source_id = str(value["kind"]), str(value["source_id"])
        return {"kind": kind, "id": id_for(source, kind, source_id)}
    return {key: _expanded(item, source, depth + 1) for key, item in value.items()}


FORMAT = Format(
    name="conecta",
    suffixes=frozenset({".json", ".jsonl"}),
    suffix=".jsonl",
    media_type="application/x-ndjson",
    largest=LARGEST_CHARTER,
    read=read,
    write=write,
    of_one=frozenset(RECORD_TYPES),
)
