"""One tantivy index on disk, and what of it this process sees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

import tantivy
from pydantic_core import from_json, to_json

from search.display import Display
from search.document import FIELDS, FILTERS, Document
from search.engines.base import EngineError, Removal, Update
from search.engines.fingerprint import fingerprint_of

#: What tantivy raises for a folder that is gone, broken or of another schema.
BROKEN = (ValueError, OSError)
_HEAP_BYTES = 50_000_000
#: Of the whole charter of a big city, some 10 MB.
_MOST_KEPT = 2_000
#: Cursor and fingerprint are a document, so that one commit holds them and what they tell of.
_STATE = "state"
_OF_EVERY_DOCUMENT = ("locale", "kind")


@contextmanager
def saying_so() -> Iterator[None]:
    """Raise ``EngineError`` for what tantivy and the disk raise."""
    try:
        yield
    except BROKEN as error:
        raise EngineError(f"embedded index: {error}") from error


@cache
def fingerprint() -> str:
    """Of all that decides what is in the index: another one means that it must be built again."""
    return fingerprint_of(__file__, library=version("tantivy"))


@cache
def schema() -> tantivy.Schema:
    """Sets of terms, filters that can be counted, what breaks ties, and what is shown."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="terms", index_option="basic")
    for name in FILTERS:
        builder.add_text_field(f"filter_{name}", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("tie_break", fast=True)
    builder.add_text_field("sort_key", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("sequence", fast=True)
    # Kept to be shown, and never looked for.
    builder.add_bytes_field("display", stored=True)
    return builder.build()


@dataclass(frozen=True, slots=True)
class Seen:
    """One commit: all that a reader needs, replaced as a whole."""

    searcher: tantivy.Searcher
    cursor: str
    fingerprint: str
    #: The values of each filter of which every document holds one, and about how many documents hold each.
    held: Mapping[str, Mapping[str, int]]
    #: What is shown of documents, by segment and place in it, as far as it was asked for: see ``displays``.
    kept: dict[tuple[int, int], Display] = field(default_factory=dict)

    def displays(self, addresses: Sequence[tantivy.DocAddress]) -> tuple[Display, ...]:
        """What is shown of some documents; of those that were just asked for it is not read again."""
        places = [(address.segment_ord, address.doc) for address in addresses]
        found = {place: self.kept.get(place) for place in places}
        wanted = [address for address, place in zip(addresses, places, strict=True) if found[place] is None]
        read = {
            (address.segment_ord, address.doc): Display(**each)
            for address, each in zip(wanted, shown(self.searcher, wanted), strict=True)
        }
        if len(self.kept) + len(read) > _MOST_KEPT:
            self.kept.clear()
        self.kept.update(read)
        return tuple(found[place] or read[place] for place in places)


class Folder:
    """An open index. Any number may read; who writes must be the only one."""

    def __init__(self, path: Path, index: tantivy.Index) -> None:
        self.path = path
        self._index = index
        self.seen = self._look()

    @classmethod
    def open(cls, path: Path) -> Self:
        """The index in a folder. Raises one of ``BROKEN``."""
        return cls(path, _opened(tantivy.Index.open(str(path))))

    def refresh(self) -> None:
        """See what was committed until now. Raises one of ``BROKEN``."""
        self.seen = self._look()

    def apply(self, updates: Iterable[Update], cursor: str) -> None:
        """Commit changes and the cursor behind them: both or neither."""
        with saying_so():
            writer = self._index.writer(_HEAP_BYTES, 1)
            try:
                _write(writer, updates)
                _commit(writer, cursor)
            finally:
                # Merges would be lost with the writer, and leave ever more segments.
                writer.wait_merging_threads()
            self.refresh()

    def _look(self) -> Seen:
        self._index.reload()
        searcher = self._index.searcher()
        query = tantivy.Query.term_query(schema(), "key", _STATE, "basic")
        found = searcher.search(query, 1, count=False).hits
        states = shown(searcher, [address for _score, address in found])
        held = {name: dict(searcher.terms_with_prefix(f"filter_{name}", "")) for name in _OF_EVERY_DOCUMENT}
        return Seen(searcher, held=held, **(states[0] if states else {"cursor": "", "fingerprint": ""}))


class NewFolder:
    """An index that is being built: all that is applied goes into one commit.

    Each commit is a segment of its own, and a search looks up all of its terms in every segment.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True)
        self.path = path
        self._index = _opened(tantivy.Index(schema(), str(path)))
        self._writer = self._index.writer(_HEAP_BYTES, 1)
        self._cursor = ""

    def apply(self, updates: Iterable[Update], cursor: str) -> None:
        """Take in changes; nobody sees them before ``finished``."""
        with saying_so():
            _write(self._writer, updates)
        self._cursor = cursor

    def finished(self) -> Folder:
        """The index with all that was applied. Raises one of ``BROKEN``."""
        _commit(self._writer, self._cursor)
        self._writer.wait_merging_threads()
        return Folder(self.path, self._index)


def shown(searcher: tantivy.Searcher, addresses: Iterable[tantivy.DocAddress]) -> list[dict[str, Any]]:
    """What documents keep to be shown; read at once, for half of the time that each by itself would take."""
    texts = b",".join(_bytes(searcher.doc(address).get_first("display")) for address in addresses)
    stored: list[dict[str, Any]] = from_json(b"[%b]" % texts)
    return stored


def _bytes(kept: Any) -> bytes:
    # An index of an older schema is opened too, to be told by its fingerprint: there it was text.
    return kept.encode("utf-8") if isinstance(kept, str) else bytes(kept)


def _opened(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def _write(writer: tantivy.IndexWriter, updates: Iterable[Update]) -> None:
    for update in updates:
        writer.delete_documents_by_term("key", update.key)
        if not isinstance(update, Removal):
            writer.add_document(_stored(update))


def _commit(writer: tantivy.IndexWriter, cursor: str) -> None:
    writer.delete_documents_by_term("key", _STATE)
    writer.add_document(_state(cursor))
    writer.commit()


def _state(cursor: str) -> tantivy.Document:
    state = tantivy.Document()
    state.add_text("key", _STATE)
    state.add_bytes("display", to_json({"cursor": cursor, "fingerprint": fingerprint()}))
    return state


def _stored(document: Document) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_text("key", document.key)
    for name, terms in document.terms.items():
        stored.add_text(name, " ".join(terms))
    for name, values in document.filters.items():
        for value in values:
            stored.add_text(f"filter_{name}", value)
    stored.add_unsigned("tie_break", document.tie_break)
    stored.add_text("sort_key", document.sort_key)
    stored.add_unsigned("sequence", document.sequence)
    stored.add_bytes("display", to_json(document.display.as_data()))
    return stored
