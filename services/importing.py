"""Publishing backwards: records of any source become entries.

Entries are written in an order in which most references can be resolved, in batches that are
one transaction each; what points to a later entry gets its links in a second pass. What has
not changed at the source since the last import is left as editors made it here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site, TranslatableMixin

from services import bulk, completeness
from services.heads import Heads
from services.keys import DatabaseKeys
from services.languages import source_locale
from services.live_at_once import sync_live_at_once
from services.mapping import write_entry
from services.models import ENTRY_MODELS, PublishedPage, SecretariatPage
from services.publishing import gate_opened, publishing
from services.record import Entry, Kind, etag_of, to_json
from services.references import references, with_references

T = TypeVar("T")
BATCH = 200

#: What others point to comes first.
ORDER: tuple[Kind, ...] = (
    "district",
    "topic",
    "audience",
    "life_event",
    "question",
    "city",
    "secretariat",
    "form",
    "unit",
    "service",
    "procedure",
    "information",
    "alert",
)


@dataclass(frozen=True)
class Options:
    """How to import. Without ``publish``, new entries stay drafts and live ones get a draft."""

    publish: bool = True
    publish_incomplete: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Refused:
    """A record that was not taken over, and why."""

    name: str
    reason: str


@dataclass
class Summary:
    """What an import did, by outcome; the counted kinds only."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    incomplete: list[Refused] = field(default_factory=list)


@dataclass
class _Plan:
    """A record with what is here of it."""

    record: Entry
    etag: str
    entry: Any
    publish: bool

    @property
    def changed(self) -> bool:
        never_public = self.publish and self.entry is not None and not _was_public(self.entry)
        return self.entry is None or self.entry.import_etag != self.etag or never_public


def _was_public(entry: Any) -> bool:
    return not hasattr(entry, "first_published_at") or entry.first_published_at is not None


class Importer:
    """One run over one source."""

    def __init__(self, options: Options, *, progress: Callable[[int], object] = lambda done: None) -> None:
        self.options = options
        self.progress = progress
        self.summary = Summary()
        self.keys = DatabaseKeys()
        self.heads = Heads(source_locale())
        self.locale = Locale.get_default()
        self._later: list[tuple[Entry, str]] = []
        self._parents: dict[str, Page] = {}
        self._slugs: dict[int, set[str]] = {}

    def run(self, records: Iterable[Entry], *, counted: frozenset[str] = frozenset(ORDER)) -> Summary:
        """Take over records. ``counted`` are the kinds that the summary speaks of."""
        ordered = sorted(records, key=lambda record: ORDER.index(record.kind))
        for kind, group in groupby(ordered, key=lambda record: record.kind):
            for batch in _batches(group):
                # One transaction a batch: a run that is killed leaves whole entries, and the next completes it.
                with publishing() if not self.options.dry_run else transaction.atomic():
                    self._take_over(kind, batch, count=kind in counted)
                self.progress(len(batch))
        self.keys = DatabaseKeys()
        for kind, later in groupby(self._later, key=lambda pair: pair[0].kind):
            for pairs in _batches(later):
                with publishing():
                    self._link(kind, pairs)
        return self.summary

    def _take_over(self, kind: Kind, records: Sequence[Entry], *, count: bool) -> None:
        plans = [plan for record in records if (plan := self._planned(record)) is not None]
        self._find(kind, plans)
        created = [plan for plan in plans if plan.entry is None]
        updated = [plan for plan in plans if plan.entry is not None and plan.changed]
        if not self.options.dry_run:
            self.keys.load_pks((ref.kind, ref.id) for record in records for _relation, ref in references(record))
            created = self._create(kind, created)
            for plan in updated:
                self._update(plan)
        if count:
            self.summary.created += len(created)
            self.summary.updated += len(updated)
            self.summary.unchanged += sum(not plan.changed for plan in plans if plan.entry is not None)

    def _planned(self, record: Entry) -> _Plan | None:
        etag = etag_of(to_json(record))
        publish = self.options.publish
        gaps = completeness.gaps(record)
        if gaps and not record.title:
            self._refuse(record, " ".join(str(gap) for gap in gaps))
            return None
        if gaps and publish:
            publish = self.options.publish_incomplete
            if not publish:
                reason = " ".join(str(gap) for gap in gaps)
                self.summary.incomplete.append(Refused(record.source_id or record.id, reason))
            elif "published_incomplete" in type(record).model_fields:
                record = record.model_copy(update={"published_incomplete": True})
        return _Plan(record, etag, None, publish)

    def _find(self, kind: Kind, plans: Sequence[_Plan]) -> None:
        model: Any = ENTRY_MODELS[kind]
        rows = model._default_manager.filter(record_id__in=[plan.record.id for plan in plans])
        if issubclass(model, TranslatableMixin):
            rows = rows.filter(locale=self.locale)
        found: dict[str, Any] = {row.record_id: row for row in rows}
        for plan in plans:
            plan.entry = found.get(plan.record.id)
        if kind == "city":
            # One installation is one city: whatever row there is, is it.
            for plan in plans:
                plan.entry = plan.entry or model._default_manager.first()

    def _create(self, kind: Kind, plans: list[_Plan]) -> list[_Plan]:
        if kind in ("alert", "city"):
            for plan in plans:
                entry = ENTRY_MODELS[kind]()
                write_entry(entry, plan.record, self.keys)
                entry.import_etag = plan.etag
                entry.save()
                self.keys.remember(kind, plan.record.id, entry.pk)
            return plans
        new, placed = [], []
        for plan in plans:
            parent = self._parent(plan.record)
            if parent is None and issubclass(ENTRY_MODELS[kind], PublishedPage):
                self._refuse(plan.record, _("O serviço não diz de que órgão é."))
                continue
            record = self._resolvable(plan.record)
            if record is not plan.record:
                self._later.append((plan.record, plan.etag))
            # Without its etag, an entry that a killed run left without its links is taken up by the next.
            etag = plan.etag if record is plan.record else ""
            new.append(bulk.New(self._with_free_slug(record, parent), parent, plan.publish, etag))
            placed.append(plan)
        bulk.create(new, self.keys, self.heads, locale_id=self.locale.pk)
        return placed

    def _resolvable(self, record: Entry) -> Entry:
        """The record with the references that can be resolved now; itself if all can."""
        if all(self.keys.pk_of(ref.kind, ref.id) is not None for _relation, ref in references(record)):
            return record
        found = with_references(record, lambda ref: ref if self.keys.pk_of(ref.kind, ref.id) is not None else None)
        return record if found is None else found

    def _parent(self, record: Entry) -> Page | None:
        """Where the entry's page goes: below its body, or below the home page."""
        body = getattr(record, "secretariat", None)
        if record.kind == "service" and body is None:
            return None
        key = body.id if body and record.kind in ("service", "procedure", "information") else ""
        if key not in self._parents:
            home = Site.objects.get(is_default_site=True).root_page
            found = SecretariatPage.objects.filter(record_id=key, locale=self.locale).first() if key else home
            if found is None and record.kind == "service":
                return None
            self._parents[key] = found or home
        return self._parents[key]

    def _with_free_slug(self, record: Entry, parent: Page | None) -> Entry:
        """The record under a slug that no sibling has."""
        scope = parent.pk if parent else 0
        if scope not in self._slugs:
            siblings = parent.get_children() if parent else []
            self._slugs[scope] = {page.slug for page in siblings}
        taken = self._slugs[scope]
        if parent is None:
            model: Any = ENTRY_MODELS[record.kind]
            taken = set(
                model._default_manager.filter(slug=record.slug, locale=self.locale).values_list("slug", flat=True)
            )
        slug, number = record.slug, 2
        while slug in taken:
            slug, number = f"{record.slug[:250]}-{number}", number + 1
        self._slugs[scope].add(slug)
        return record if slug == record.slug else record.model_copy(update={"slug": slug})

    def _update(self, plan: _Plan) -> None:
        entry, record = plan.entry, plan.record
        if hasattr(entry, "slug"):
            # Citizens may have the address: it stays.
            record = record.model_copy(update={"slug": entry.slug})
        if isinstance(entry, PublishedPage):
            record = self._moved(entry, record)
        write_entry(entry, record, self.keys)
        entry.import_etag = plan.etag
        if not hasattr(entry, "save_revision"):
            entry.save()
            return
        type(entry)._default_manager.filter(pk=entry.pk).update(import_etag=plan.etag)
        sync_live_at_once(entry, record, self.keys)
        revision = entry.save_revision(changed=True, clean=False)
        if plan.publish:
            with gate_opened() if self.options.publish_incomplete else publishing():
                revision.publish(skip_permission_checks=True)

    def _moved(self, page: Any, record: Entry) -> Entry:
        parent = self._parent(record)
        if parent is not None and page.path[: -page.steplen] != parent.path:
            page.move(parent, pos="last-child")
            page.refresh_from_db(fields=["path", "depth", "url_path"])
        return record

    def _link(self, kind: Kind, records: Sequence[tuple[Entry, str]]) -> None:
        """Complete the entries some of whose references could not be resolved when they were created."""
        self.keys.load_pks((ref.kind, ref.id) for record, _etag in records for _relation, ref in references(record))
        model: Any = ENTRY_MODELS[kind]
        rows = model._default_manager.filter(record_id__in=[record.id for record, _etag in records], locale=self.locale)
        found = {entry.record_id: entry for entry in rows.select_related("locale")}
        bulk.link(
            [
                bulk.Linked(self._resolvable(record), found[record.id], etag)
                for record, etag in records
                if record.id in found
            ],
            self.keys,
            self.heads,
        )

    def _refuse(self, record: Entry, reason: str) -> None:
        self.summary.refused.append(Refused(record.source_id or record.id, reason))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
