"""Hypothesis strategies for records, built from the records' own types."""

import functools
import types
import typing
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel

from services.record import RECORD_TYPES, Entry, Kind, Ref, from_data
from services.record.identity import id_of
from services.record.values import Rich
from services.streams import CHOOSERS

#: Texts that have broken programs like this one: accents in two forms, controls, spaces, bidi, markup, emoji.
NASTY = [
    "",
    " ",
    "\x00",
    "cafe\u0301",
    "e\u0327\u0301",
    "a\u200bb\ufeff",
    "linha\r\numa\u2028duas\x85três",
    "\t esp\u00a0aço \v",
    "<b>não é marca</b> & <",
    "&amp;lt;",
    "'\"\\",
    "\u202eoãçnesi",
    "👩‍👩‍👧‍👦",
    "𝔸\U0010ffff",
    "item",
    "0",
    "None",
    "/s/abcdefghij",
    "{{ x }}",
    "\n\n\n\n",
    "İı",
]
#: Fields whose columns are shorter than a line.
_LENGTHS = {"state": 2, "ibge_code": 7, "postal_code": 16, "number": 32}
_CHOOSERS: Mapping[str, Kind] = {
    **CHOOSERS,
    "secretariat": "secretariat",
    "superior": "secretariat",
    "predecessors": "secretariat",
    "parent": "district",
    "district": "district",
    "area_served": "district",
    "topics": "topic",
    "audiences": "audience",
    "life_events": "life_event",
    "related": "service",
    "forms": "form",
    "units": "unit",
}
#: What publishing fills in, or an entry has no say in.
_NOT_WRITTEN = {"id", "key", "kind", "locale", "url", "questions", "published_incomplete"}

texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec="utf-8"), max_size=8)), max_size=4).map(
    "".join
)
_wrapped = st.sampled_from(["p", "h3", "ul", "ol", "li", "strong", "em", "b", "i", "blockquote", "td"])
rich_texts = st.one_of(
    texts,
    st.lists(st.tuples(_wrapped, texts).map(lambda pair: "<{0}>{1}</{0}>".format(*pair)), max_size=4).map("".join),
    texts.map(lambda said: f'<p>{said}<br><a href="https://x.example/?a=1&amp;b=2">{said}</a></p>'),
    st.just('<ul><li>um<ol><li><a href="/s/abcdefghij">dois</a></li></ol></li></ul>'),
)


def records(kind: Kind, present: Mapping[str, Sequence[Entry]]) -> st.SearchStrategy[Entry]:
    """Records of a kind, normalised; their references are to entries of ``present``, which is by kind."""

    @st.composite
    def made(draw: st.DrawFn) -> Entry:
        data = draw(_values(RECORD_TYPES[kind], frozenset(present), _ids(present), kind))
        key = uuid.UUID(int=draw(st.integers(0, 2**128 - 1)))
        said = data | {"kind": kind, "key": key, "id": id_of(key)}
        said["title"] = "T " + data["title"]
        if kind not in ("alert", "city"):
            said["slug"] = f"s-{id_of(key)}"
        if kind == "service":
            said["secretariat"] = {"kind": "secretariat", "id": present["secretariat"][0].id}
        return from_data(said)

    return made()


def _ids(present: Mapping[str, Sequence[Entry]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((kind, tuple(entry.id for entry in entries)) for kind, entries in present.items())


@functools.cache
def _values(
    value_type: type[BaseModel], kinds: frozenset[str], ids: tuple[tuple[str, tuple[str, ...]], ...], owner: str
) -> st.SearchStrategy[dict[str, Any]]:
    hints = typing.get_type_hints(value_type, include_extras=True)
    fields = {}
    for name, field in value_type.model_fields.items():
        if name in _NOT_WRITTEN and issubclass(value_type, Entry):
            continue
        found = st.just(owner) if name == "origin" else _of(name, hints[name], field, kinds, ids, owner)
        fields[name] = found if field.is_required() or name == "title" else found | st.just(field.get_default())
    return st.fixed_dictionaries(fields)


def _of(name: str, hint: Any, field: Any, kinds: frozenset[str], ids: Any, owner: str) -> st.SearchStrategy[Any]:
    if hint == Rich:
        return rich_texts
    if typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        return st.none() | _of(name, inner[0], field, kinds, ids, owner)
    if typing.get_origin(hint) is list:
        return st.lists(_of(name, typing.get_args(hint)[0], field, kinds, ids, owner), max_size=3)
    if typing.get_origin(hint) is Literal:
        return st.sampled_from(typing.get_args(hint))
    if hint is Ref:
        kind = _CHOOSERS[name]
        return st.sampled_from([{"kind": kind, "id": entry_id} for entry_id in dict(ids)[kind]])
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _values(hint, kinds, ids, owner)
    return _scalar(name, hint, field)


def _scalar(name: str, hint: Any, field: Any) -> st.SearchStrategy[Any]:
    if hint is str:
        return texts.map(lambda said: said[: _LENGTHS.get(name, 60)])
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 100_000) if field.metadata else st.integers(-(2**31), 2**31 - 1)
    if hint is Decimal:
        degrees = {"latitude": 90, "longitude": 180}.get(name)
        if degrees:
            return st.decimals(-degrees, degrees, places=6).filter(lambda value: len(value.as_tuple().digits) <= 9)
        return st.decimals(0, 10**9, places=2)
    if hint is AwareDatetime:
        return st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    if hint is date:
        return st.dates(date(1900, 1, 1), date(2999, 1, 1))
    if hint is time:
        return st.times()
    raise TypeError(f"{name}: {hint}")
