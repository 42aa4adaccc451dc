"""The demonstration's translations, public: the same rows as an editor leaves who translates and publishes each.

Many at once, by the writer that imports use; ``home.translations.untranslated`` finds no difference afterwards. What
is here already is left as editors made it, unless the source or the translators' texts say something new.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments

from home.demo_tongues.catalogue import Catalogue, chosen, languages
from home.demo_tongues.memory import Typed, remember
from home.demo_tongues.typing_in import type_in
from home.models import HomePage
from services import bulk
from services.acts.actors import acting_as
from services.correspondence import Stream
from services.heads import Heads
from services.importing import ORDER
from services.keys import DatabaseKeys
from services.live_at_once import LIVE_AT_ONCE
from services.mapping import FIELDS, own_record, related_objects
from services.models import ENTRY_MODELS, PublishedPage
from services.publishing import mark_all, publishing
from services.record import Entry, Kind
from services.references import references
from services.translating import in_approved_words

_HASH = 8


@dataclass
class Told:
    """What was done, and the texts that nobody has translated: an entry goes public whole or not at all."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)


def load(folder: Path, source: str, *, at: datetime) -> Told:
    """Make public what a folder of translations says of the demonstration's entries, known by ``source``."""
    told, wanted = Told(), chosen(folder)
    tongues = [_Tongue.of(Catalogue.read(folder, language)) for language in languages(folder)]
    if not wanted or not tongues:
        return told
    with acting_as(_("importação")):
        for tongue in tongues:
            _first_page(tongue)
        for kind in ORDER:
            if kind in wanted:
                with publishing():
                    _kind(_Work(kind, source, wanted[kind], at), tongues, told)
    told.missing = [text for tongue in tongues for text in dict.fromkeys(tongue.catalogue.missing)]
    return told


@dataclass(frozen=True)
class _Work:
    """Entries of one kind, known by their source."""

    kind: Kind
    source: str
    ids: Sequence[str]
    at: datetime


@dataclass(frozen=True)
class _Tongue:
    catalogue: Catalogue
    locale: Locale
    digest: str

    @classmethod
    def of(cls, catalogue: Catalogue) -> "_Tongue":
        locale, _new = Locale.objects.get_or_create(language_code=catalogue.language)
        return cls(catalogue, locale, _digest(f"{source} {said}" for source, said in sorted(catalogue.texts.items())))

    def glance(self, entry: Any) -> str:
        """Equal while neither the source's import nor any text of the language has changed."""
        return _digest([entry.import_etag, self.digest])


def _first_page(tongue: _Tongue) -> None:
    """Bodies stand below it."""
    home = HomePage.objects.filter(pk=Site.objects.get(is_default_site=True).root_page_id).first()
    if home is None or home.get_translation_or_none(tongue.locale) is not None:
        return
    said = extract_segments(home)
    translated = tongue.catalogue.translated(said, "home")
    if translated is not None:
        type_in(home, said, translated, tongue.locale)


def _kind(work: _Work, tongues: Sequence[_Tongue], told: Told) -> None:
    """Inside ``publishing()``."""
    model: Any = ENTRY_MODELS[work.kind]
    here = model._default_manager.filter(locale=Locale.get_default(), live=True)
    own = here.filter(source=work.source, source_id__in=work.ids)
    entries = {entry.translation_key: entry for entry in own}
    there = _there(model, entries)
    known = set(TranslationSource.objects.filter(object_id__in=entries).values_list("object_id", flat=True))
    new = {key: entry for key, entry in entries.items() if key not in known and key not in there}
    told.unchanged += sum(
        there.get(key, {}).get(tongue.locale.pk, "").endswith(tongue.glance(entry))
        for key, entry in entries.items()
        if key not in new
        for tongue in tongues
    )
    _create(new, tongues, told, at=work.at)
    for key, entry in entries.items():
        if key not in new:
            for tongue in tongues:
                _renew(entry, tongue, there.get(key, {}).get(tongue.locale.pk), told)


def _there(model: Any, entries: Iterable[UUID]) -> dict[UUID, dict[int, str]]:
    """By key and locale, what is noted on a translation that is here of what it was made from."""
    found: dict[UUID, dict[int, str]] = {}
    rows = model._default_manager.filter(translation_key__in=list(entries)).exclude(locale=Locale.get_default())
    for key, locale, etag in rows.values_list("translation_key", "locale", "import_etag"):
        found.setdefault(key, {})[locale] = etag
    return found


def _renew(entry: Any, tongue: _Tongue, noted: str | None, told: Told) -> None:
    """An entry that translators know, or that is here in some language already: as an editor would."""
    glance = tongue.glance(entry)
    if noted is not None and noted.endswith(glance):
        return
    said = extract_segments(entry)
    translated = tongue.catalogue.translated(said, f"{entry.kind} {entry.source_id}")
    if translated is None:
        return
    words = _words(translated)
    if noted is None or not noted.startswith(words):
        type_in(entry, said, translated, tongue.locale)
        told.updated += 1
    else:
        told.unchanged += 1
    type(entry)._default_manager.filter(translation_key=entry.translation_key, locale=tongue.locale).update(
        import_etag=words + glance
    )


def _create(new: dict[UUID, Any], tongues: Sequence[_Tongue], told: Told, *, at: datetime) -> None:
    """Write what is here in the source's language only."""
    if not new:
        return
    typed: dict[UUID, Typed] = {}
    again: list[tuple[str, str]] = []
    own = {key: own_record(entry) for key, entry in new.items()}
    for tongue in tongues:
        rows: list[bulk.New] = []
        for entry, said, translated in _translated(new, tongue):
            source = new[entry.translation_key]
            parent = _parent(source, tongue.locale) if isinstance(source, PublishedPage) else None
            if parent is None and isinstance(source, PublishedPage):
                tongue.catalogue.missing.append(f"{tongue.catalogue.language} {source.get_parent().title}")
                continue
            record = in_approved_words(source, own[source.translation_key], entry)
            slug = find_available_slug(parent, entry.slug) if parent else entry.slug
            # What holds at once holds in every language: its rows are the source's.
            apart = {"slug": slug} | {name: [] for name in LIVE_AT_ONCE.get(record.kind, {})}
            etag = _words(translated) + tongue.glance(source)
            rows.append(bulk.New(record.model_copy(update=apart), parent, True, etag))
            one = typed.setdefault(source.translation_key, Typed(source, said, {}))
            one.translated[tongue.locale.pk] = [*translated]
        _write(rows, tongue.locale)
        told.created += len(rows)
        written = {row.record.id for row in rows}
        again += [(row.record.kind, row.record.id) for row in rows if _says_more(own[row.record.key], written)]
    remember(list(typed.values()), at=at)
    mark_all(again)


def _translated(new: dict[UUID, Any], tongue: _Tongue) -> Iterator[tuple[Any, list[Any], list[Any]]]:
    """Each entry once more in a language's words, not saved, with its segments in both."""
    model: Any = type(next(iter(new.values())))
    for entry in model._default_manager.filter(pk__in=[entry.pk for entry in new.values()]):
        said = extract_segments(entry)
        translated = tongue.catalogue.translated(said, f"{entry.kind} {entry.source_id}")
        if translated is not None:
            source, entry.locale = entry.locale, tongue.locale
            ingest_segments(entry, entry, source, tongue.locale, [*translated])
            for field_ in FIELDS[entry.kind]:
                if isinstance(field_, Stream):
                    # wagtail-localize puts words into the blocks, and what is read here is the JSON below them.
                    setattr(entry, field_.name, entry._meta.get_field(field_.name).value_to_string(entry))
            yield entry, said, translated


def _says_more(record: Entry, together: set[str]) -> bool:
    """Whether its public record says more than was written: what holds at once, titles of those written with it."""
    at_once = any(getattr(record, name) for name in LIVE_AT_ONCE.get(record.kind, {}))
    return at_once or any(ref.id in together for _relation, ref in references(record))


def _write(rows: Sequence[bulk.New], locale: Locale) -> None:
    # Fresh for each language: it learns the numbers of what is written.
    keys = DatabaseKeys()
    keys.load_pks((ref.kind, ref.id) for row in rows for _relation, ref in references(row.record))
    keys.load_objects((ref.kind, ref.id) for row in rows for ref in related_objects(row.record))
    bulk.create(rows, keys, Heads(locale.language_code), locale=locale)


def _parent(page: Page, locale: Locale) -> Page | None:
    return Page.objects.filter(translation_key=page.get_parent().translation_key, locale=locale).first()


def _words(translated: Iterable[Any]) -> str:
    return _digest(segment.string.data for segment in translated if hasattr(segment, "string"))


def _digest(texts: Iterable[str]) -> str:
    return blake2b("\n".join(texts).encode(), digest_size=_HASH).hexdigest()
