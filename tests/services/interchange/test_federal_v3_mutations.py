"""Federal files damaged in every way: a whole valid record or a reason, never a traceback."""

import os
import random
from collections.abc import Callable
from copy import deepcopy
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from services.interchange import SourceFile, federal_v3, open_source
from services.record import dump, from_data
from tests.services.interchange.charters import INVENTED, REAL

ET.register_namespace("", "http://servicos.gov.br/v3/schema")

COUNT = 2000 if os.environ.get("CONECTA_LONG") else 300
VALUES = [
    "",
    "-1",
    "999999999999",
    "1,2,3",
    "𝔸\u0338<b>",
    "javascript:alert(1)",
    "x" * 70_000,
    "\u200b",
    "[a](b",
    "&#0;",
    "../../x",
]


def _flip(rng: random.Random, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _drop_bytes(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 200) :]


def _repeat_bytes(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start : start + 100] * rng.randint(2, 5) + data[start:]


def _encode(rng: random.Random, data: bytes) -> bytes:
    declared, real = (
        rng.choice(["utf-8", "utf-16", "iso-8859-1", "ascii", "utf-7", "x"]),
        rng.choice(["utf-8", "utf-16", "latin-1"]),
    )
    text = data.decode("utf-8").replace("utf-8", declared, 1)
    return text.encode(real, "replace")


def _on_tree(change: Callable[[random.Random, Element, Element], None]) -> Callable[[random.Random, bytes], bytes]:
    def mutate(rng: random.Random, data: bytes) -> bytes:
        root = ET.fromstring(data)  # noqa: S314
        for _ in range(rng.randint(1, 3)):
            parents = [element for element in root.iter() if len(element)]
            if not parents:
                break
            parent = rng.choice(parents)
            change(rng, parent, rng.choice(list(parent)))
        return ET.tostring(root, encoding="utf-8")

    return mutate


def _delete(rng: random.Random, parent: Element, child: Element) -> None:
    parent.remove(child)


def _duplicate(rng: random.Random, parent: Element, child: Element) -> None:
    parent.insert(rng.randrange(len(parent) + 1), deepcopy(child))


def _rename(rng: random.Random, parent: Element, child: Element) -> None:
    child.tag = rng.choice([other.tag for other in parent] + ["novo", "{outro}nome", child.tag.upper()])


def _nest(rng: random.Random, parent: Element, child: Element) -> None:
    child.append(deepcopy(parent) if len(list(parent.iter())) < 200 else deepcopy(child))


def _retext(rng: random.Random, parent: Element, child: Element) -> None:
    child.text = rng.choice(VALUES).replace("\x00", "")


def _reattribute(rng: random.Random, parent: Element, child: Element) -> None:
    name = rng.choice([*child.attrib, "tipo", "max", "unidade", "id", "descricao"])
    child.set(name, rng.choice(VALUES))


MUTATIONS = [
    _flip,
    _truncate,
    _drop_bytes,
    _repeat_bytes,
    _encode,
    *(_on_tree(change) for change in (_delete, _duplicate, _rename, _nest, _retext, _reattribute)),
]


def _originals() -> list[SourceFile]:
    source = REAL if REAL.is_file() else INVENTED
    return [item for item in open_source(source, {".xml"}) if isinstance(item, SourceFile)]


def test_a_damaged_file_gives_a_whole_record_or_a_reason() -> None:
    rng = random.Random(13460)
    originals = _originals()
    outcomes = {"read": 0, "rejected": 0}
    for number in range(COUNT):
        mutate = MUTATIONS[number % len(MUTATIONS)]
        original = rng.choice(originals)
        data = mutate(rng, original.data)
        reading = federal_v3.read([SourceFile(original.name, data)])
        services = [record for record in reading.records if record.kind == "service"]
        if reading.rejected:
            outcomes["rejected"] += 1
            assert reading.records == []
            (rejected,) = reading.rejected
            assert rejected.name == original.name
            assert rejected.reason.isprintable()
            assert 0 < len(rejected.reason) < 400
            continue
        outcomes["read"] += 1
        (service,) = services
        assert service.title
        assert service.slug
        assert service.secretariat is not None
        for record in reading.records:
            assert from_data(dump(record)) == record
        named = {record.id for record in reading.records}
        assert {service.secretariat.id, *(ref.id for ref in (*service.topics, *service.audiences))} <= named
    # Neither outcome may hide the other: half of the ways to damage leave a file that can be read.
    assert min(outcomes.values()) > COUNT // 10


@pytest.mark.parametrize("depth", [10, 100_000])
def test_deep_nesting_is_no_way_to_crash(depth: int) -> None:
    data = b'<servico xmlns="http://servicos.gov.br/v3/schema">' + b"<a>" * depth + b"</a>" * depth + b"</servico>"
    assert len(federal_v3.read([SourceFile("a.xml", data)]).rejected) == 1


def test_markup_nested_deep_in_a_text_is_no_way_to_crash() -> None:
    text = "&lt;ul&gt;&lt;li&gt;" * 2000 + "[" * 2000 + "* " * 2000 + "**a" * 2000
    data = (
        '<servico xmlns="http://servicos.gov.br/v3/schema"><nome>A</nome>'
        f'<descricao>{text}</descricao><orgao id="1"/></servico>'
    ).encode()
    reading = federal_v3.read([SourceFile("a.xml", data)])
    assert reading.rejected == []
