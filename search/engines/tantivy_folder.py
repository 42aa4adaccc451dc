"""One tantivy index on disk, and what of it this process sees."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Self

import tantivy

import search.document
import search.text
from search.document import FIELDS, FILTERS, Document
from search.engines.base import EngineError, Removal, Update

#: What tantivy raises for a folder that is gone, broken or of another schema.
BROKEN = (ValueError, OSError)
_HEAP_BYTES = 50_000_000
#: Cursor and fingerprint are a document, so that one commit holds them and what they tell of.
_STATE = "state"


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
    digest = hashlib.blake2b(version("tantivy").encode(), digest_size=16)
    for source in (search.text.__file__, search.document.__file__, __file__):
        digest.update(Path(source).read_bytes())
    return digest.hexdigest()


@cache
def schema() -> tantivy.Schema:
    """Sets of terms, filters that can be counted, what breaks ties, and what is shown."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="terms", index_option="basic")
    for name in FILTERS:
        builder.add_text_field(f"filter_{name}", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("tie_break", fast=True)
    builder.add_text_field("sort_key", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("display", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


@dataclass(frozen=True, slots=True)
class Seen:
    """One commit: all that a reader needs, replaced as a whole."""

    searcher: tantivy.Searcher
    cursor: str
    fingerprint: str


class Folder:
    """An open index. Any number may read; who writes must be the only one."""

    def __init__(self, path: Path, index: tantivy.Index) -> None:
        index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        index.config_reader("manual")
        self.path = path
        self._index = index
        self.seen = self._look()

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty index."""
        path.mkdir(parents=True)
        return cls(path, tantivy.Index(schema(), str(path)))

    @classmethod
    def open(cls, path: Path) -> Self:
        """The index in a folder. Raises one of ``BROKEN``."""
        return cls(path, tantivy.Index.open(str(path)))

    def refresh(self) -> None:
        """See what was committed until now. Raises one of ``BROKEN``."""
        self.seen = self._look()

    def apply(self, updates: Iterable[Update], cursor: str) -> None:
        """Commit changes and the cursor behind them: both or neither."""
        with saying_so():
            writer = self._index.writer(_HEAP_BYTES, 1)
            try:
                for update in updates:
                    writer.delete_documents_by_term("key", update.key)
                    if not isinstance(update, Removal):
                        writer.add_document(_stored(update))
                writer.delete_documents_by_term("key", _STATE)
                writer.add_document(_state(cursor))
                writer.commit()
            finally:
                # Merges would be lost with the writer, and leave ever more segments.
                writer.wait_merging_threads()
            self.refresh()

    def _look(self) -> Seen:
        self._index.reload()
        searcher = self._index.searcher()
        query = tantivy.Query.term_query(schema(), "key", _STATE, "basic")
        found = searcher.search(query, 1, count=False).hits
        state = shown(searcher, found[0][1]) if found else {"cursor": "", "fingerprint": ""}
        return Seen(searcher, **state)


def shown(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict[str, str]:
    """What a document keeps to be shown."""
    stored: dict[str, str] = json.loads(str(searcher.doc(address).get_first("display")))
    return stored


def _state(cursor: str) -> tantivy.Document:
    state = tantivy.Document()
    state.add_text("key", _STATE)
    state.add_text("display", json.dumps({"cursor": cursor, "fingerprint": fingerprint()}))
    return state


def _stored(document: Document) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_text("key", document.key)
    for field, terms in document.terms.items():
        stored.add_text(field, " ".join(terms))
    for name, values in document.filters.items():
        for value in values:
            stored.add_text(f"filter_{name}", value)
    stored.add_unsigned("tie_break", document.tie_break)
    stored.add_text("sort_key", document.sort_key)
    stored.add_text("display", json.dumps(document.display.as_data(), ensure_ascii=False))
    return stored
