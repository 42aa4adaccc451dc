"""A published record becomes a document: the terms, filters and display text that every engine keeps.

Pure, but for what is shown in the record's language, which Django's catalogues give.
An engine needs no analysis of its own: each field of ``Document.terms`` is a set of terms.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import search.days
import search.display
import search.facets
import search.text
from search.display import Display, display_of
from search.facets import BY_NAME, FACETS, ids_in
from search.surroundings import NOTHING, Surroundings
from search.text import Language, fold, initials, language_of, without_markup
from services import wording
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
CALLED_BY = ("title", "popular", "acronym", "keywords")
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
#: What a search can be narrowed by.
FILTERS = ("locale", "source_id", "life_event", *BY_NAME)

LONGEST_PREFIX = 24
#: A longer name than this equals no query: of a query no more words count.
MOST_NAME_WORDS = 16
#: In the order of its characters, so that numbers and ids sort alike.
_ID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Document:
    """An entry in one locale, as an engine keeps it."""

    key: str
    terms: Mapping[str, tuple[str, ...]]
    filters: Mapping[str, tuple[str, ...]]
    display: Display
    #: Breaks ties between equal scores: shorter titles first, then ids. Below 2**63.
    tie_break: int
    #: Orders by title: the folded title, then the id.
    sort_key: str
    #: Orders by what was published last: the record's place in the log.
    sequence: int = 0


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


def document_of(record: Entry, *, around: Surroundings = NOTHING, sequence: int = 0) -> Document | None:
    """The record's document, or None for a kind that nobody looks for by itself.

    ``sequence`` is its place in the log.
    """
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
        filters=_filters(record, around),
        display=display_of(record, texts),
        tie_break=(min(len(record.title), 255) << 50) | _number_of(record.id),
        sort_key=f"{fold(record.title).strip()}\x1f{record.id}",
        sequence=sequence,
    )


def _terms(texts: Mapping[str, list[str]], language: Language) -> dict[str, tuple[str, ...]]:
    sentences = {
        name: [words for text in values for words in language.sentences(text)] for name, values in texts.items()
    }
    stems = {word: language.stem(word) for name in texts for words in sentences[name] for word in words}
    found: dict[str, dict[str, None]] = {field: {} for field in FIELDS}
    for name, values in texts.items():
        exact = dict.fromkeys(chain.from_iterable(sentences[name]))
        exact |= dict.fromkeys(chain.from_iterable(map(language.joins, values)))
        # What has a word in a text has its stem there: plans count on it.
        stemmed = dict.fromkeys(stems.get(word) or language.stem(word) for word in exact)
        for together in (name, ANYWHERE, CALLED) if name in CALLED_BY else (name, ANYWHERE):
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
        found[WORD_PREFIX] |= dict.fromkeys(chain.from_iterable(map(_prefixes, (*words, *_counts(words, language)))))
        found[NAME_PREFIX] |= dict.fromkeys(_prefixes("_".join(words)))
    return {field: tuple(terms) for field, terms in found.items() if terms}


def _names(values: Iterable[str], language: Language) -> Iterator[str]:
    for value in values:
        words = language.content(value)
        if 0 < len(words) <= MOST_NAME_WORDS:
            yield "_".join(words)
            yield "_".join(map(language.stem, words))


def _counts(words: list[str], language: Language) -> Iterator[str]:
    """Words for the numbers of copies: who types "segunda v" has not come to what makes it a 2."""
    for word, number in language.numbers.items():
        if any(left == number and language.words(f"{word} {right}")[0] == number for left, right in pairwise(words)):
            yield word


def _prefixes(word: str) -> list[str]:
    return [word[:length] for length in range(1, min(len(word), LONGEST_PREFIX) + 1)]


def _number_of(entry_id: str) -> int:
    number = 0
    for letter in entry_id:
        number = number * 32 + _ID_ALPHABET.index(letter)
    return number


def _filters(record: Entry, around: Surroundings) -> dict[str, tuple[str, ...]]:
    return {
        "locale": (record.locale.casefold(),),
        "source_id": (record.source_id,) if record.source_id else (),
        "life_event": tuple(ids_in("life_events")(record, around)),
        **{facet.name: tuple(dict.fromkeys(facet.values(record, around))) for facet in FACETS},
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
#: The code that decides what is in a document: an index made by other code must be built again.
SOURCES = (
    __file__,
    *(str(module.__file__) for module in (search.text, search.display, search.facets, search.days, wording)),
)
#: The kinds that can be found.
KINDS = tuple(kind for kind, record in RECORD_TYPES.items() if record in _PARTS)
