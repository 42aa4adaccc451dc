"""The real federal charters: all are read, nothing is lost, and JSON gives them back."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest

from services.interchange import Reading, SourceFile, federal_v3, native, open_source
from services.interchange.federal_v3_fields import DROPPED, HANDLED, NAMESPACE
from services.interchange.federal_v3_texts import amount
from services.interchange.federal_v3_xml import parse, paths
from services.record import Entry, dump, from_data, from_json, to_json
from tests.services.interchange.charters import INVENTED, REAL, needs_real_charters
from tests.services.interchange.test_federal_v3_writing import files as files_of

#: Paths whose text is a code that the record says in another way; other tests hold them.
CODES = re.compile(
    r"@(?:max|min|unidade|tipo|tempo-estimado-espera|tempo-estimado-periodo)$|orgao@id$|/(?:moeda|statusCustoVariavel)$"
    r"|^(?:dbId|gratuito|servico-digital|validade-documento/(?:tipo|quantidade|unidade)|servicos-relacionados/item)$"
)
#: Links to files of the author's own computer, which no one else can open.
LOCAL_FILE = re.compile(r"\(file:[^)]*\)|\(C:/[^)]*\)")


TAG = re.compile(r"</?(?:p|ul|ol|li|strong|em|h3|h4|a)>|<br>")


def words(text: str) -> Counter[str]:
    """The words of a text without its tags."""
    return Counter(re.findall(r"[^\W_]+", unquote(text).casefold()))


def bare(text: str) -> str:
    """A text of a federal file without the marks of Markdown and HTML, as the record would spell it."""
    text = unicodedata.normalize("NFC", re.sub("[\u200b\ufeff]", "", unescape(text)))
    text = LOCAL_FILE.sub(" ", text)
    text = re.sub(r"<img[^>]*>", " ", text)
    # Beside such a link its address stands as text.
    text = re.sub(r"""href\s*=\s*["']mailto:[^"']*["']""", "", text)
    text = re.sub(r"""<[a-z][^<>]*(?:href|src)\s*=\s*["']([^"']*)["'][^<>]*>""", r" \1 ", text, flags=re.IGNORECASE)
    text = re.sub(r"</?[a-z]+(?:\s[^<>=]*=[^<>]*)?/?>|</?(?:li|p|b)<?", " ", text, flags=re.IGNORECASE)
    # What only leads to an address that the record keeps as a link.
    text = re.sub(r",?\s*dispon[ií]ve(?:l|is) em:?\s+(?=https?://)", " ", text, flags=re.IGNORECASE)
    # The title of a link, and the numbers of a numbered list.
    text = re.sub(r'(\]\([^)"]*)"[^"]*"\)', r"\1)", text)
    return re.sub(r"^[\s*]*\d+[.)]\s", " ", text, flags=re.MULTILINE)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _said(record: Entry) -> Counter[str]:
    data = {key: value for key, value in dump(record).items() if key not in {"id", "key", "source", "kind", "slug"}}
    return words(unescape(TAG.sub(" ", "\n".join(_strings(data)))))


def _wanted(root: Element) -> Counter[str]:
    wanted: Counter[str] = Counter()
    seen = set()
    for path, text in paths(root):
        if path in DROPPED or CODES.search(path) or (path.endswith("/valor") and amount(text) is not None):
            continue
        # Lists of names, keywords and the like hold each once.
        if path.endswith("item") and "etapas" not in path:
            if (path, text.strip()) in seen:
                continue
            seen.add((path, text.strip()))
        wanted.update(words(bare(text)))
    return wanted


def _lost(files: list[SourceFile], reading: Reading) -> dict[str, dict[str, int]]:
    records = {record.id: record for record in reading.records}
    services = {record.source_id: record for record in reading.records if record.kind == "service"}
    lost = {}
    for file in files:
        root = parse(file.data)
        service: Any = services[root.findtext(f"{{{NAMESPACE}}}id") or file.stem]
        have = _said(service)
        for ref in (service.secretariat, *service.topics, *service.audiences):
            have.update(_said(records[ref.id]))
        if missing := _wanted(root) - have:
            lost[file.stem] = dict(missing)
    return lost


@pytest.fixture(scope="module")
def files() -> list[SourceFile]:
    return [item for item in open_source(REAL, {".xml"}) if isinstance(item, SourceFile)]


@pytest.fixture(scope="module")
def reading(files: list[SourceFile]) -> Reading:
    return federal_v3.read(files)


def test_no_word_of_the_invented_files_is_lost() -> None:
    files = [item for item in open_source(INVENTED, {".xml"}) if isinstance(item, SourceFile)]
    lost = _lost(files, federal_v3.read(files))
    # Scripts go, and an unknown element is told.
    assert set(lost) == {"descricao-em-html", "elemento-novo"}
    assert lost["descricao-em-html"] == {"alert": 1, "1": 1}


def test_the_check_would_see_a_loss() -> None:
    files = [item for item in open_source(INVENTED / "ligar-agua.xml", {".xml"}) if isinstance(item, SourceFile)]
    reading = federal_v3.read(files)
    for record in reading.records:
        if record.kind == "service":
            record.contact = ""
    assert "formulário" in _lost(files, reading)["ligar-agua"]


@needs_real_charters
def test_all_real_charters_are_read(files: list[SourceFile], reading: Reading) -> None:
    kinds = Counter(record.kind for record in reading.records)
    assert kinds == {"service": 1856, "secretariat": 84, "topic": 122, "audience": 4}
    assert reading.rejected == []
    assert reading.remarks == []
    assert len({record.id for record in reading.records}) == len(reading.records)


@needs_real_charters
def test_every_path_of_the_real_charters_is_known(files: list[SourceFile]) -> None:
    met = {path for file in files for path, _ in paths(parse(file.data))}
    assert met <= set(HANDLED) | set(DROPPED)


@needs_real_charters
def test_no_word_of_the_real_charters_is_lost(files: list[SourceFile], reading: Reading) -> None:
    assert _lost(files, reading) == {}


@needs_real_charters
def test_slugs_are_distinct_below_each_body(reading: Reading) -> None:
    places = [
        (getattr(getattr(record, "secretariat", None), "id", record.kind), record.slug) for record in reading.records
    ]
    assert len(set(places)) == len(places)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) and len(slug) <= 255 for _, slug in places)


@needs_real_charters
def test_real_charters_come_back_from_json(reading: Reading) -> None:
    for record in reading.records:
        body = to_json(record)
        assert to_json(from_json(body)) == body
        assert to_json(from_data(dump(record))) == body
    again = native.read([SourceFile("a.jsonl", b"".join(native.lines(reading.records)))])
    assert again.rejected == []
    assert again.records == reading.records


@needs_real_charters
def test_real_charters_come_back_from_the_files_that_are_written(reading: Reading) -> None:
    """Equal to the last byte, bodies and topics too."""
    again = federal_v3.read(files_of(reading.records))
    assert (again.rejected, again.remarks) == ([], [])
    assert sorted(map(to_json, again.records)) == sorted(map(to_json, reading.records))


@needs_real_charters
def test_reading_does_not_hang_on_the_order_of_the_files(files: list[SourceFile], reading: Reading) -> None:
    some = files[:120]
    bodies = sorted(to_json(record) for record in federal_v3.read(some).records)
    assert bodies == sorted(to_json(record) for record in federal_v3.read(reversed(some)).records)


@needs_real_charters
def test_related_services_are_kept_as_links_or_as_text(files: list[SourceFile], reading: Reading) -> None:
    written = sum(len(set(root_items)) for root_items in (_related(parse(file.data)) for file in files))
    kept = sum(
        len(record.related) + len(record.related_texts) for record in reading.records if record.kind == "service"
    )
    assert kept == written > 0


def _related(root: Element) -> list[str]:
    return [
        (item.text or "").strip() for item in root.iterfind(f"{{{NAMESPACE}}}servicos-relacionados/{{{NAMESPACE}}}item")
    ]
