"""A published record becomes a document: the terms, filters and display text that every engine keeps. Pure.

An engine needs no analysis of its own: each field of ``Document.terms`` is a set of terms.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from search.text import Language, fold, initials, language_of, without_markup
from services.record import (
    RECORD_TYPES,
    Entry,
    Form,
    Information,
    LifeEvent,
    Procedure,
    Ref,
    Secretariat,
    Service,
    Topic,
    Unit,
)
from services.record.service import Step

#: Texts of an entry, each indexed as words and as stems: ``title_exact``, ``title_stem``…
TEXTS = ("title", "popular", "acronym", "keywords", "summary", "topics", "office", "text")
#: Ways in which a word is indexed.
FORMS = ("exact", "stem")
#: Names indexed whole, as single terms: the field, and the text that it comes from.
NAMES = {"title_name": "title", "popular_name": "popular", "acronym_name": "acronym", "keyword_name": "keywords"}
#: All texts together: what the vocabulary is read from. And those by which an entry is called.
ANYWHERE = "any"
CALLED = "called"
_CALLED_BY = ("title", "popular", "acronym", "keywords")
#: First letters of runs of words, in the texts where a name may be spelt out.
INITIALS = "initials"
_SPOKEN = ("title", "popular", "keywords", "summary")
#: Neighbouring words, in any text.
PAIRS = "pairs"
#: Beginnings of words, and of whole names: what suggestions are found by.
WORD_PREFIX = "word_prefix"
NAME_PREFIX = "name_prefix"
FIELDS = (
    *(f"{text}_{form}" for text in (*TEXTS, ANYWHERE, CALLED) for form in FORMS),
    *NAMES,
    INITIALS,
    PAIRS,
    WORD_PREFIX,
    NAME_PREFIX,
)
#: What a search can be narrowed by; each holds ids, but for ``kind``, ``locale`` and ``source_id``.
FILTERS = ("kind", "locale", "secretariat", "topic", "audience", "life_event", "district", "source_id")

LONGEST_PREFIX = 24
#: A longer name than this equals no query: of a query no more words count.
MOST_NAME_WORDS = 16
_SUMMARY_LENGTH = 300
#: In the order of its characters, so that numbers and ids sort alike.
_ID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Display:
    """What a result shows."""

    id: str
    source_id: str
    kind: str
    title: str
    summary: str
    url: str

    def as_data(self) -> dict[str, str]:
        """As plain JSON values; ``dataclasses.asdict`` copies deeply, which is most of the cost of an answer."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Document:
    """An entry in one locale, as an engine keeps it."""

    key: str
    terms: Mapping[str, tuple[str, ...]]
    filters: Mapping[str, tuple[str, ...]]
    display: Display
    #: Breaks ties between equal scores: shorter titles first, then ids. Below 2**63.
    tie_break: int
    #: Orders a list without a query: the folded title, then the id.
    sort_key: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The texts of an entry by what they are, before analysis; ``description`` and ``text`` may hold markup."""

    popular: Iterable[str] = ()
    acronym: str = ""
    keywords: Iterable[str] = ()
    summary: str = ""
    description: str = ""
    office: str = ""
    text: Iterable[str] = ()


def key_of(kind: str, entry_id: str, locale: str) -> str:
    """The key of a document in an engine; locales differ in case between the wire and the database."""
    return f"{kind}:{entry_id}:{locale.casefold()}"


def document_of(record: Entry) -> Document | None:
    """The record's document, or None for a kind that nobody looks for by itself."""
    describe = _PARTS.get(type(record))
    if describe is None:
        return None
    parts: Parts = describe(record)
    texts: dict[str, list[str]] = {
        "title": [record.title],
        "popular": list(parts.popular),
        "acronym": [parts.acronym] if parts.acronym else [],
        "keywords": list(parts.keywords),
        "summary": [parts.summary, without_markup(parts.description)],
        "topics": [ref.title for ref in getattr(record, "topics", ())],
        "office": [parts.office],
        "text": [without_markup(text) for text in parts.text if text],
    }
    return Document(
        key=key_of(record.kind, record.id, record.locale),
        terms=_terms(texts, language_of(record.locale)),
        filters=_filters(record),
        display=Display(
            id=record.id,
            source_id=record.source_id,
            kind=record.kind,
            title=record.title,
            summary=_shortened(" ".join(parts.summary.split()) or _one_line(parts.description)),
            url=record.url,
        ),
        tie_break=(min(len(record.title), 255) << 50) | _number_of(record.id),
        sort_key=f"{fold(record.title).strip()}\x1f{record.id}",
    )


def _terms(texts: Mapping[str, list[str]], language: Language) -> dict[str, tuple[str, ...]]:
    sentences = {
        name: [words for text in values for words in language.sentences(text)] for name, values in texts.items()
    }
    stems = {word: language.stem(word) for name in texts for words in sentences[name] for word in words}
    found: dict[str, dict[str, None]] = {field: {} for field in FIELDS}
    for name, values in texts.items():
        exact = dict.fromkeys(chain.from_iterable(sentences[name]))
        stemmed = dict.fromkeys(stems[word] for word in exact)
        exact |= dict.fromkeys(chain.from_iterable(map(language.joins, values)))
        for together in (name, ANYWHERE, CALLED) if name in _CALLED_BY else (name, ANYWHERE):
            found[f"{together}_exact"] |= exact
            found[f"{together}_stem"] |= stemmed
        for words in sentences[name]:
            found[PAIRS] |= dict.fromkeys(f"{stems[left]}_{stems[right]}" for left, right in pairwise(words))
            if name in _SPOKEN:
                found[INITIALS] |= dict.fromkeys(initials(words))
    for field, source in NAMES.items():
        found[field] |= dict.fromkeys(_names(texts[source], language))
    for name in chain(texts["title"], texts["popular"], texts["acronym"]):
        words = language.words(name)
        found[WORD_PREFIX] |= dict.fromkeys(chain.from_iterable(map(_prefixes, words)))
        found[NAME_PREFIX] |= dict.fromkeys(_prefixes("_".join(words)))
    return {field: tuple(terms) for field, terms in found.items() if terms}


def _names(values: Iterable[str], language: Language) -> Iterator[str]:
    for value in values:
        words = language.content(value)
        if 0 < len(words) <= MOST_NAME_WORDS:
            yield "_".join(words)
            yield "_".join(map(language.stem, words))


def _prefixes(word: str) -> list[str]:
    return [word[:length] for length in range(1, min(len(word), LONGEST_PREFIX) + 1)]


def _one_line(rich: str) -> str:
    return " ".join(without_markup(rich).split())


def _shortened(text: str) -> str:
    if len(text) <= _SUMMARY_LENGTH:
        return text
    return re.sub(r"\W*\s\S*\Z", "", text[:_SUMMARY_LENGTH]) + "…"


def _number_of(entry_id: str) -> int:
    number = 0
    for letter in entry_id:
        number = number * 32 + _ID_ALPHABET.index(letter)
    return number


def _filters(record: Entry) -> dict[str, tuple[str, ...]]:
    def ids(*names: str) -> tuple[str, ...]:
        found: list[Ref] = []
        for name in names:
            value: Any = getattr(record, name, None)
            found += [value] if isinstance(value, Ref) else value or []
        return tuple(dict.fromkeys(ref.id for ref in found))

    districts = ids("district", "area_served")
    if isinstance(record, Unit):
        districts += tuple(visit.district.id for visit in record.visits if visit.district)
    return {
        "kind": (record.kind,),
        "locale": (record.locale.casefold(),),
        "secretariat": ids("secretariat"),
        "topic": ids("topics"),
        "audience": ids("audiences"),
        "life_event": ids("life_events"),
        "district": tuple(dict.fromkeys(districts)),
        "source_id": (record.source_id,) if record.source_id else (),
    }


def _title_of(ref: Ref | None) -> str:
    return ref.title if ref else ""


def _service(record: Service) -> Parts:
    return Parts(
        popular=record.popular_names,
        acronym=record.acronym,
        keywords=record.keywords,
        summary=record.summary,
        description=record.description,
        office=f"{_title_of(record.secretariat)} {record.sector}",
        text=_service_text(record),
    )


def _service_text(record: Service) -> Iterator[str]:
    yield from (record.outcome, record.requirements, record.contact)
    for applicant in record.applicants:
        yield from (applicant.who, applicant.requirements)
    for criterion in record.criteria:
        yield criterion.description
    for step in record.steps:
        yield from _step_text(step)
    if record.digital_link:
        yield record.digital_link.url
    yield from (law.title for law in record.legislation)
    for refs in (record.audiences, record.life_events, record.forms, record.related):
        yield from (ref.title for ref in refs)
    yield from record.related_texts


def _step_text(step: Step) -> Iterator[str]:
    yield from (step.title, step.description)
    for documents in (step.documents.default, *(case.items for case in step.documents.cases)):
        yield from (text for each in documents for text in (each.name, each.note, each.where_to_get))
    for fees in (step.fees.default, *(case.items for case in step.fees.cases)):
        yield from (text for each in fees for text in (each.name, each.varies))
    # An address holds the name of the system, which is what people remember.
    for channels in (step.channels.default, *(case.items for case in step.channels.cases)):
        yield from (text for each in channels for text in (each.text, each.url))
    for cases in (step.documents.cases, step.fees.cases, step.channels.cases):
        yield from (case.text for case in cases)


def _procedure(record: Procedure) -> Parts:
    return Parts(
        popular=record.popular_names,
        keywords=record.keywords,
        summary=record.summary,
        description=record.description,
        office=_title_of(record.secretariat),
        text=[
            text
            for step in record.steps
            for text in (step.title, step.description, *(service.title for service in step.services))
        ]
        + [ref.title for refs in (record.audiences, record.life_events) for ref in refs],
    )


def _information(record: Information) -> Parts:
    return Parts(
        popular=record.popular_names,
        keywords=record.keywords,
        summary=record.summary,
        office=_title_of(record.secretariat),
        text=[
            record.body,
            *(ref.title for refs in (record.services, record.audiences, record.life_events) for ref in refs),
        ],
    )


def _secretariat(record: Secretariat) -> Parts:
    return Parts(
        popular=record.other_names,
        acronym=record.acronym,
        summary=record.summary,
        office=_title_of(record.superior),
        text=[record.mandate, record.head, *(ref.title for ref in record.predecessors)],
    )


def _unit(record: Unit) -> Parts:
    address = record.address
    return Parts(
        acronym=record.acronym,
        keywords=[text for text in (record.type, _title_of(record.district)) if text],
        summary=record.summary,
        office=_title_of(record.secretariat),
        text=[
            f"{address.street} {address.neighbourhood} {address.postal_code}" if address else "",
            record.how_to_get_there,
            record.accessibility_note,
            *(f"{visit.place} {_title_of(visit.district)}" for visit in record.visits),
        ],
    )


def _form(record: Form) -> Parts:
    return Parts(
        popular=record.popular_names,
        acronym=record.code,
        summary=record.summary,
        office=_title_of(record.secretariat),
        text=[record.instructions, *(version.label for version in record.versions)],
    )


def _heading(record: Topic | LifeEvent) -> Parts:
    return Parts(keywords=record.keywords, summary=record.summary)


_PARTS: Mapping[type[Entry], Callable[[Any], Parts]] = {
    Service: _service,
    Procedure: _procedure,
    Information: _information,
    Secretariat: _secretariat,
    Unit: _unit,
    Form: _form,
    Topic: _heading,
    LifeEvent: _heading,
}
#: The kinds that can be found.
KINDS = tuple(kind for kind, record in RECORD_TYPES.items() if record in _PARTS)
