"""What should be public of an entry, in every language, as its pages stand now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction, TranslatableMixin

from services.completing import complete
from services.heads import Heads
from services.languages import source_locale
from services.mapping import locale_of, own_record
from services.models import ENTRY_MODELS, PublishedEntry, PublishedPage, PublishedRecord, Sourced
from services.record import DERIVED, Entry, etag_of, to_json
from services.translating import in_approved_words

#: First part of the address of entries that are no pages.
PREFIXES = {
    "unit": "unidades",
    "form": "formularios",
    "topic": "temas",
    "audience": "publicos",
    "life_event": "momentos",
    "district": "distritos",
}


@dataclass(frozen=True)
class Difference:
    """Where the read model is not what the pages say."""

    kind: str
    entry_id: str
    locale: str
    problem: str


def wanted(kind: str, entry_id: str) -> dict[str, tuple[Entry, Entry, int | None]]:
    """What should be public of an entry: by locale its own record, the complete one, and the live revision."""
    model: Any = ENTRY_MODELS[kind]
    rows = model._default_manager.filter(record_id=entry_id)
    if issubclass(model, TranslatableMixin):
        rows = rows.select_related("locale")
    entries = {locale_of(entry): entry for entry in rows}
    source = entries.pop(source_locale(), None)
    if source is None or not is_public(source):
        return {}
    own = own_record(source)
    found = {source_locale(): _completed(source, own)}
    if kind in _ADDRESSED and not found[source_locale()][1].url:
        return {}
    for entry in entries.values():
        approved = _approved(entry)
        if approved is not None:
            found[locale_of(entry)] = _completed(entry, in_approved_words(source, own, approved))
    return {locale: entry for locale, entry in found.items() if entry[1].url or kind not in _ADDRESSED}


_ADDRESSED = frozenset({"service", "procedure", "secretariat", "information"})


def _completed(entry: Any, own: Entry) -> tuple[Entry, Entry, int | None]:
    heads = Heads(locale_of(entry))
    return own, complete(own, url=address(entry), heads=heads), getattr(entry, "live_revision_id", None)


def _approved(entry: Any) -> Sourced | None:
    """A translation as it was approved; the row itself may hold newer, unapproved text."""
    if not is_public(entry) or entry.live_revision_id is None:
        return None
    if entry.live_revision.object_id != str(entry.pk):
        return None  # an alias made independent carries the source's revision, in the source's language
    approved: Sourced = entry.live_revision.as_object()
    return approved


def is_public(entry: Sourced) -> bool:
    """Whether an entry may have a record: live, no alias, behind no view restriction."""
    if isinstance(entry, PublishedPage):
        return bool(entry.live) and entry.alias_of_id is None and not is_restricted(entry)
    if isinstance(entry, PublishedEntry):
        return bool(entry.live)
    return bool(entry.title)  # type: ignore[attr-defined]


def is_restricted(page: PublishedPage) -> bool:
    """Whether the page or one above it asks visitors for a password, login or group."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return bool(PageViewRestriction.objects.filter(page__path__in=paths).exists())


def restricted_paths() -> tuple[str, ...]:
    """The tree paths of all pages that have a view restriction: it holds for them and what is below."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def address(entry: Any) -> str:
    """The path of an entry's page in its language, ``""`` if it has none."""
    with translation.override(locale_of(entry)):
        if isinstance(entry, PublishedPage):
            parts = entry.get_url_parts()
            return parts[2] if parts else ""
        if entry.kind in PREFIXES:
            return reverse("wagtail_serve", args=[f"{PREFIXES[entry.kind]}/{entry.slug}/"])
    return ""


def differences() -> Iterator[Difference]:
    """Where the read model is not what the entries say: for a check, outside any transaction."""
    heads: dict[tuple[str, str], dict[str, PublishedRecord]] = {}
    # Derived records are made equal to what was counted by whoever counts.
    for row in PublishedRecord.objects.exclude(kind__in=DERIVED).iterator():
        heads.setdefault((row.kind, row.entry_id), {})[row.locale] = row
    present = {
        (kind, entry_id)
        for kind, model in ENTRY_MODELS.items()
        for entry_id in model._default_manager.values_list("record_id", flat=True).distinct()
    }
    for kind, entry_id in sorted(present | heads.keys()):
        target = wanted(kind, entry_id)
        found = heads.get((kind, entry_id), {})
        for locale in sorted(target.keys() | found.keys()):
            head = found.get(locale)
            problem = _problem(head, target[locale][1] if locale in target else None)
            if problem:
                yield Difference(kind, entry_id, locale, problem)


def _problem(head: PublishedRecord | None, record: Entry | None) -> str:
    if head is None or head.deleted:
        return "missing" if record is not None else ""
    if record is None:
        return "should not be public"
    return "" if head.etag == etag_of(to_json(record)) else "says something else"
