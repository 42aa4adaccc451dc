"""Publishing backwards: records of any source become entries.

Entries are written in an order in which most references can be resolved, in batches that are
one transaction each; what points to a later entry gets its links in a second pass. What has
not changed at the source since the last import is left as editors made it here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TypeVar

from django.utils.translation import gettext as _

from services import completeness
from services.acts.actors import acting_as
from services.completing import with_commitments
from services.heads import Heads
from services.import_preview import changes
from services.languages import source_locale, wire_tag
from services.mapping import misfits
from services.models import ENTRY_MODELS, PublishedEntry, PublishedPage, PublishingBusy
from services.publishing import publishing
from services.record import DERIVED, Entry, Kind, Procedure, Ref, Service, etag_of, to_json
from services.references import references, with_references
from services.roles import follow_bodies
from services.rows import plan_anew
from services.taking_over import Batch, Later, Plan

T = TypeVar("T")
#: New entries written in one transaction.
BATCH = 200
#: Changed entries written in one: each costs as much as an editor's publish, and editors wait meanwhile.
UPDATES = 20
#: How often a batch waits for its turn before the import gives up.
TURNS = 6

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
    #: The records were read over what is here, and say what changes in it. Of what was taken over from elsewhere,
    #: it stays noted what that source said last: only then does its next import leave alone what was written here.
    over: bool = False


@dataclass(frozen=True)
class Refused:
    """A record that was not taken over, or not published, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Changed:
    """A record that says something else than what is here, and in which fields."""

    name: str
    fields: list[str]


@dataclass
class Summary:
    """What an import did, by outcome; the numbers are of the counted kinds only."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    incomplete: list[Refused] = field(default_factory=list)
    #: Of a dry run: what would change.
    changed: list[Changed] = field(default_factory=list)


class Importer:
    """One run over one source."""

    def __init__(self, options: Options, *, progress: Callable[[int], object] = lambda done: None) -> None:
        self.options = options
        self.progress = progress
        self.summary = Summary()
        self._language = wire_tag(source_locale())
        self._heads = Heads(source_locale())
        self._coming: set[tuple[str, str]] = set()
        self._later: list[Later] = []
        self._postponed: list[Plan] = []

    def run(self, records: Iterable[Entry], *, counted: frozenset[str] = frozenset(ORDER)) -> Summary:
        """Take over records. ``counted`` are the kinds that the summary counts.

        Raises ``PublishingBusy`` if others publish all the time; what was written till then stays.
        """
        with acting_as(_("importação")):
            self._run(records, counted)
        return self.summary

    def _run(self, records: Iterable[Entry], counted: frozenset[str]) -> None:
        for kind, group in groupby(sorted(self._with_entries(records), key=_place), key=lambda record: record.kind):
            for batch in _batches(group, BATCH):
                self._heads.load(ref for record in batch for ref in _judged_by(record))
                plans = [plan for record in batch if (plan := self._planned(record)) is not None]
                self._take_over(kind, plans, count=kind in counted)
                self.progress(len(batch))
        self._complete()
        if not self.options.dry_run:
            # The fast writer sends no signals.
            follow_bodies()
            if self.summary.created + self.summary.updated >= BATCH:
                plan_anew()

    def _with_entries(self, records: Iterable[Entry]) -> Iterator[Entry]:
        for record in records:
            if record.kind in DERIVED:
                self._refuse(record, _("Não é importado: cada instalação conta o que nela se procura."))
            else:
                yield record

    def _complete(self) -> None:
        """The second pass: now all is here that others may point to."""
        for kind, later in groupby(self._later, key=lambda item: item.record.kind):
            for items in _batches(later, BATCH):
                with _turn():
                    Batch().link(kind, items)
        for kind, postponed in groupby(self._postponed, key=lambda plan: plan.record.kind):
            for plans in _batches(postponed, UPDATES):
                with _turn():
                    batch = Batch()
                    batch.find(kind, plans)
                    batch.load(plan.record for plan in plans)
                    for plan in plans:
                        if plan.entry is not None:
                            self._update(batch, plan)

    def _planned(self, record: Entry) -> Plan | None:
        """What to do with a record, ``None`` if it is refused."""
        publish = self.options.publish
        judged = self._as_public(record)
        found = completeness.gaps(judged)
        gaps = completeness.required(found)
        reason = " ".join(str(gap) for gap in gaps)
        refusal = self._refusal(record) or (reason if not record.title else "")
        if refusal:
            self._refuse(record, refusal)
            return None
        self._coming.add((record.kind, record.id))
        etag = etag_of(to_json(record))
        if gaps and publish:
            publish = self.options.publish_incomplete
            if not publish:
                self.summary.incomplete.append(Refused(record.source_id or record.id, reason))
            elif "published_incomplete" in type(record).model_fields:
                record = record.model_copy(update={"published_incomplete": True})
        if publish:
            # Those below it are judged by what it will promise, and what names it, by its being there.
            self._heads.remember(judged)
        return Plan(record, etag, publish=publish, gaps=found, over=self.options.over)

    def _as_public(self, record: Entry) -> Entry:
        """The record with what the rules read in it as publishing will complete it."""
        if isinstance(record, Service):
            there = {name: [ref for ref in getattr(record, name) if self._heads.ref(ref)] for name in _OFFERED}
            return with_commitments(record.model_copy(update=there), self._heads)
        if isinstance(record, Procedure):
            return with_references(record, self._heads.ref) or record
        return with_commitments(record, self._heads)

    def _refusal(self, record: Entry) -> str:
        if record.locale != self._language:
            return _("Está em outra língua (%s): só a original é importada.") % record.locale
        if (record.kind, record.id) in self._coming:
            return _("Este registro já apareceu antes.")
        if not self.options.publish and not issubclass(ENTRY_MODELS[record.kind], PublishedPage | PublishedEntry):
            return _("Não existe como rascunho: valeria no mesmo instante.")
        body = getattr(record, "secretariat", None)
        if record.kind == "service" and body is None:
            return _("O serviço não diz de que órgão é.")
        return "; ".join(misfits(record))

    def _take_over(self, kind: Kind, plans: Sequence[Plan], *, count: bool) -> None:
        # What need not be written is told without the lock.
        Batch().find(kind, plans)
        new = [plan for plan in plans if plan.entry is None]
        changed = [plan for plan in plans if plan.entry is not None and plan.changed]
        unchanged = len(plans) - len(new) - len(changed)
        if self.options.dry_run:
            new = [plan for plan in new if self._has_place(plan.record)]
            self._preview(changed)
        else:
            for some in (new, *_batches(changed, UPDATES)):
                if some:
                    with _turn():
                        self._write(kind, some)
        if count:
            self.summary.created += sum(not plan.refused for plan in new)
            self.summary.updated += len(changed)
            self.summary.unchanged += unchanged

    def _preview(self, plans: Sequence[Plan]) -> None:
        batch = Batch()
        for plan in plans:
            differing = list(changes(plan.entry, plan.record, batch.keys))
            self.summary.changed.append(Changed(plan.record.source_id or plan.record.id, differing))

    def _write(self, kind: Kind, plans: Sequence[Plan]) -> None:
        """Inside ``publishing()``."""
        batch = Batch()
        # Again, under the lock: another import may have been here.
        batch.find(kind, plans)
        batch.load(plan.record for plan in plans)
        self._later += batch.create(kind, [plan for plan in plans if plan.entry is None])
        for plan in plans:
            if plan.refused:
                self._refuse(plan.record, plan.refused)
            elif plan.entry is None or not plan.changed:
                continue
            elif batch.is_resolvable(plan.record):
                self._update(batch, plan)
            else:
                self._postponed.append(plan)

    def _update(self, batch: Batch, plan: Plan) -> None:
        try:
            batch.update(plan, publish_incomplete=self.options.publish_incomplete)
        except completeness.Incomplete as refusal:
            # It points to what is not public here; its revision stays as a draft.
            self.summary.incomplete.append(Refused(plan.record.source_id or plan.record.id, str(refusal)))

    def _has_place(self, record: Entry) -> bool:
        """What a dry run can tell of whether a new entry's page would have a place."""
        body = getattr(record, "secretariat", None)
        if record.kind != "service" or body is None or ("secretariat", body.id) in self._coming:
            return True
        if ENTRY_MODELS["secretariat"]._default_manager.filter(record_id=body.id).exists():
            return True
        self._refuse(record, str(Batch.NO_BODY))
        return False

    def _refuse(self, record: Entry, reason: str) -> None:
        self.summary.refused.append(Refused(record.source_id or record.title or record.id, reason))


#: What a service may be asked for with, or at: of these the rules count only what is public.
_OFFERED = ("forms", "units")


def _judged_by(record: Entry) -> Iterator[Ref]:
    """The entries on which it hangs whether a record is complete."""
    if body := getattr(record, "secretariat", None):
        yield body
    if isinstance(record, Service):
        yield from (ref for name in _OFFERED for ref in getattr(record, name))
    elif isinstance(record, Procedure):
        yield from (ref for _relation, ref in references(record))


def _place(record: Entry) -> tuple[int, str]:
    """What others point to first; the pages of one body together."""
    body = getattr(record, "secretariat", None)
    return ORDER.index(record.kind), body.id if body else ""


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


@contextmanager
def _turn() -> Iterator[None]:
    """One transaction: a run that is killed leaves whole entries, and the next completes it."""
    with ExitStack() as stack:
        for turn in range(1, TURNS + 1):
            try:
                stack.enter_context(publishing())
            except PublishingBusy:
                if turn == TURNS:
                    raise
            else:
                break
        yield
