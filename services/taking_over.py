"""Records become entries, one batch in one transaction."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site, TranslatableMixin

from services import bulk
from services.assessment import is_assessed
from services.completeness import Gap
from services.gate import gate_opened
from services.heads import Heads
from services.keys import DatabaseKeys
from services.languages import source_locale
from services.live_at_once import sync_live_at_once
from services.mapping import related_objects, write_entry
from services.models import ENTRY_MODELS, PublishedEntry, PublishedPage, PublishedRecord, SecretariatPage
from services.publishing import mark, publishing
from services.record import Entry, Information, Kind, Procedure
from services.references import references, with_references
from services.scores import keep_scores, score_row


@dataclass
class Plan:
    """A record, what it was read as, whether it goes public; then what is here of it, or why it was refused."""

    record: Entry
    etag: str
    publish: bool
    #: What it does not say.
    gaps: Sequence[Gap] = ()
    entry: Any = None
    refused: str = ""
    #: Whether the record was read over what is here, and so says something new.
    over: bool = False
    #: Whether it says exactly what is public here, as what was exported from here does.
    is_public: bool = False

    @property
    def changed(self) -> bool:
        """Whether the source says something new, or says again what was never public."""
        if self.is_public:
            return False
        if self.over:
            return True
        never_public = self.publish and getattr(self.entry, "first_published_at", self) is None
        return self.entry.import_etag != self.etag or never_public


@dataclass(frozen=True)
class Later:
    """The whole record of an entry that was created without some of its references: those of the fields ``names``.

    ``revision_id`` is that of the revision which it was created with.
    """

    record: Entry
    etag: str
    names: frozenset[str]
    revision_id: int | None


class Batch:
    """What one transaction of an import knows: nothing that it read is older than the log's lock."""

    NO_BODY = _("O órgão deste serviço não está aqui.")

    def __init__(self) -> None:
        self.keys = DatabaseKeys()
        self.heads = Heads(source_locale())
        self.locale = Locale.get_default()
        self._bodies: dict[int, Page] = {}
        self._slugs: dict[tuple[str, int], set[str]] = {}

    def find(self, kind: Kind, plans: Sequence[Plan]) -> None:
        """Set what is here of each record."""
        model: Any = ENTRY_MODELS[kind]
        rows = model._default_manager.filter(record_id__in=[plan.record.id for plan in plans])
        if issubclass(model, TranslatableMixin):
            rows = rows.filter(locale=self.locale).select_related("locale")
        found: dict[str, Any] = {row.record_id: row for row in rows}
        # One installation is one city: whatever row there is, is it.
        only = model._default_manager.first() if kind == "city" else None
        public = PublishedRecord.objects.public().filter(
            kind=kind, entry_id__in=[plan.record.id for plan in plans], locale=source_locale()
        )
        etags = dict(public.values_list("entry_id", "etag"))
        for plan in plans:
            plan.entry = found.get(plan.record.id, only)
            plan.is_public = etags.get(plan.record.id) == plan.etag

    def load(self, records: Iterable[Entry]) -> None:
        """Ask at once for all that these records point to."""
        found = list(records)
        self.keys.load_pks((ref.kind, ref.id) for record in found for _relation, ref in references(record))
        self.keys.load_objects((ref.kind, ref.id) for record in found for ref in related_objects(record))
        bodies = {self._body_number(record) for record in found} - {None}
        self._bodies.update(Page.objects.in_bulk(bodies - self._bodies.keys()))

    def create(self, kind: Kind, plans: Sequence[Plan]) -> list[Later]:
        """Create entries of one kind; those that point to what is not here yet are returned."""
        if not issubclass(ENTRY_MODELS[kind], PublishedPage | PublishedEntry):
            for plan in plans:
                entry: Any = ENTRY_MODELS[kind]()
                write_entry(entry, plan.record, self.keys)
                entry.import_etag = plan.etag
                entry.save()
            return []
        new: list[bulk.New] = []
        incomplete: list[tuple[int, Plan, frozenset[str]]] = []
        for plan in plans:
            parent = self._parent(plan.record) if issubclass(ENTRY_MODELS[kind], PublishedPage) else None
            if parent is None and kind == "service":
                plan.refused = str(self.NO_BODY)
                continue
            record = self._resolvable(plan.record)
            etag = plan.etag
            if record is not plan.record:
                names = frozenset(name for name, held in record if held != getattr(plan.record, name))
                incomplete.append((len(new), plan, names))
                # Without its etag, an entry that a killed run left without its links is taken up by the next.
                etag = ""
            record = record.model_copy(update={"slug": self._free_slug(record, parent)})
            new.append(bulk.New(record, parent, plan.publish, etag))
        entries = bulk.create(new, self.keys, self.heads, locale=self.locale)
        if is_assessed(ENTRY_MODELS[kind]):
            keep_scores(score_row(kind, plan.record.id, plan.gaps) for plan in plans if not plan.refused)
        return [
            Later(plan.record, plan.etag, names, entries[place].latest_revision_id) for place, plan, names in incomplete
        ]

    def update(self, plan: Plan, *, publish_incomplete: bool) -> None:
        """Write a record over its entry: as its live version, or as a draft that leaves alone what is public.

        Raises ``Incomplete`` if it may not go public; then it is a draft.
        """
        entry, record = plan.entry, plan.record
        # A city may take another id with its record.
        mark(entry.kind, entry.record_id)
        in_public = plan.publish or not entry.live
        if isinstance(entry, PublishedPage) and in_public:
            self._move(entry, record)
        if hasattr(entry, "slug"):
            # Citizens may have the address: it stays.
            record = record.model_copy(update={"slug": entry.slug})
        write_entry(entry, record, self.keys)
        if not plan.over:
            entry.import_etag = plan.etag
        if not isinstance(entry, PublishedPage | PublishedEntry):
            entry.save()
            return
        type(entry)._default_manager.filter(pk=entry.pk).update(import_etag=entry.import_etag)
        if in_public:
            sync_live_at_once(entry, record, self.keys)
        revision = entry.save_revision(changed=True, clean=False, log_action=True)
        if plan.publish:
            with gate_opened() if publish_incomplete else publishing():
                revision.publish(skip_permission_checks=True)

    def link(self, kind: Kind, items: Sequence[Later]) -> None:
        """Complete the entries some of whose references could not be resolved when they were created."""
        self.load(item.record for item in items)
        plans = [Plan(item.record, item.etag, publish=True) for item in items]
        self.find(kind, plans)
        untouched = []
        for item, plan in zip(items, plans, strict=True):
            if plan.entry is None:
                continue
            if plan.entry.latest_revision_id == item.revision_id:
                record = self._resolvable(item.record).model_copy(update={"slug": plan.entry.slug})
                untouched.append(bulk.Linked(record, plan.entry, item.etag, item.names))
            else:
                # Somebody has edited it since: their revision must stay as they made it.
                plan.publish = plan.entry.live
                self.update(plan, publish_incomplete=True)
        bulk.link(untouched, self.keys, self.heads)

    def is_resolvable(self, record: Entry) -> bool:
        """Whether all is here that a record points to."""
        return all(self.keys.pk_of(ref.kind, ref.id) is not None for _relation, ref in references(record))

    def _resolvable(self, record: Entry) -> Entry:
        """The record with the references that can be resolved now; itself if all can."""
        if self.is_resolvable(record):
            return record
        found = with_references(record, lambda ref: ref if self.keys.pk_of(ref.kind, ref.id) is not None else None)
        return record if found is None else found

    def _body_number(self, record: Entry) -> int | None:
        body = getattr(record, "secretariat", None)
        return self.keys.pk_of("secretariat", body.id) if body else None

    def _body_of(self, record: Entry) -> Page | None:
        """The page of the body that a record names, if it is here."""
        number = self._body_number(record)
        return None if number is None else self._bodies[number]

    @functools.cached_property
    def _home(self) -> Page:
        return Site.objects.get(is_default_site=True).root_page

    def _parent(self, record: Entry) -> Page | None:
        """Where a new page goes: below its body, or else below the home page; a service only below its body."""
        return self._body_of(record) or (None if record.kind == "service" else self._home)

    def _move(self, page: Any, record: Entry) -> None:
        """Have the page stand below the body that the record names; where there is none, editors choose the place."""
        above = page.path[: -page.steplen]
        target = self._body_of(record)
        left_its_body = isinstance(record, Procedure | Information) and record.secretariat is None
        if left_its_body and SecretariatPage.objects.filter(path=above).exists():
            target = self._parent(record)
        if target is None or above == target.path:
            return
        slug = self._free_slug(page, target)
        if slug != page.slug:
            page.slug = slug
            page.save(clean=False)
        # The tree asks the target whether it has children.
        target.refresh_from_db()
        page.move(target, pos="last-child")
        page.refresh_from_db(fields=["path", "depth", "url_path"])

    def _free_slug(self, entry: Any, parent: Page | None) -> str:
        """The entry's slug as no other beside it has it: among a page's siblings, or all snippets of its kind."""
        scope = ("", parent.pk) if parent else (entry.kind, 0)
        if scope not in self._slugs:
            model: Any = ENTRY_MODELS[entry.kind]
            beside = parent.get_children() if parent else model._default_manager.filter(locale=self.locale)
            self._slugs[scope] = set(beside.values_list("slug", flat=True))
        wished = _slug_of(entry)
        slug, number = wished, 2
        while slug in self._slugs[scope]:
            slug, number = f"{wished[:245]}-{number}", number + 1
        self._slugs[scope].add(slug)
        return slug


def _slug_of(entry: Any) -> str:
    """The slug that an entry brings, or one from its title: a foreign one may hold anything."""
    try:
        validate_unicode_slug(entry.slug)
    except ValidationError:
        return slugify(entry.title)[:245].strip("-") or str(getattr(entry, "record_id", "") or entry.id)
    return str(entry.slug)
