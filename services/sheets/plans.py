"""What an uploaded spreadsheet would do, row by row, bound to the drafts that it was compared with."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal

from django.utils.translation import gettext as _
from wagtail.models import Locale

from services.body_permissions import visible_to
from services.comparing.fields import field_label
from services.completeness import Gap, gaps
from services.completing import complete
from services.heads import Heads
from services.interchange.planilha import Known, Problem, Row, count_rows, read_rows, read_workbook
from services.interchange.planilha.columns import BY_FIELD
from services.interchange.planilha.tables import SERVICES
from services.languages import source_locale
from services.mapping import misfitting
from services.models import ServicePage
from services.record import Service, etag_of, to_json
from services.references import references
from services.sheets.differences import Difference, differences
from services.sheets.here import known_to

#: Services that one person looks at, and that one request writes: of a longer file, one part after the other.
PART = 1_000

What = Literal["new", "changed", "equal", "problem"]


@dataclass
class PlannedRow:
    """A row of services: what would be done, field by field, and what the law would still ask."""

    row: Row
    what: What
    problems: list[Problem]
    page: ServicePage | None = None
    differences: list[Difference] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the service is called in the file."""
        return self.row.title or _("(sem nome)")


@dataclass
class Plan:
    """The rows of a part in their order, what is of no row, and the digest of all that it rests on."""

    rows: list[PlannedRow]
    problems: list[Problem]
    notes: list[str]
    digest: str = ""
    #: Which part of the file it is, counted from one, and of how many.
    part: int = 1
    parts: int = 1

    @property
    def next_part(self) -> int | None:
        """The part after it, unless it is the last."""
        return self.part + 1 if self.part < self.parts else None

    def of(self, *what: What) -> list[PlannedRow]:
        """The rows of these outcomes."""
        return [row for row in self.rows if row.what in what]

    @property
    def to_write(self) -> list[PlannedRow]:
        """What would become drafts."""
        return self.of("new", "changed")

    @property
    def new_rows(self) -> list[PlannedRow]:
        """Services that are not here."""
        return self.of("new")

    @property
    def changed_rows(self) -> list[PlannedRow]:
        """Services that would change."""
        return self.of("changed")

    @property
    def equal_rows(self) -> list[PlannedRow]:
        """Services of which the file says only what is here."""
        return self.of("equal")

    @property
    def problem_rows(self) -> list[PlannedRow]:
        """Rows that are left alone."""
        return self.of("problem")

    @property
    def problem_count(self) -> int:
        """Of all rows, and of none."""
        return len(self.problems) + sum(len(row.problems) for row in self.rows)


def plan_for(user: Any, name: str, data: bytes, *, part: int = 1) -> Plan:
    """What a part of a file would do for a person. Raises ``Unreadable`` if it is no sheet of ours."""
    workbook = read_workbook(name, data)
    parts = max(1, ceil(count_rows(workbook) / PART))
    part = min(max(part, 1), parts)
    known = known_to(user, visible=visible_to)
    sheet = read_rows(workbook, known, part=slice((part - 1) * PART, part * PART))
    pages = _pages(sheet.rows)
    heads = Heads(source_locale())
    heads.load(ref for row in sheet.rows if row.after for _relation, ref in references(row.after))
    rows = [_planned(row, pages, user, known, heads) for row in sheet.rows]
    plan = Plan(rows, sheet.problems, sheet.notes, part=part, parts=parts)
    plan.digest = _digest(plan)
    return plan


def _pages(rows: Sequence[Row]) -> dict[str, ServicePage]:
    ids = [row.before.id for row in rows if row.before is not None]
    pages = ServicePage.objects.filter(record_id__in=ids, locale=Locale.get_default(), alias_of=None)
    return {page.record_id: page for page in pages.select_related("locale", "content_type", "locked_by")}


def _planned(row: Row, pages: dict[str, ServicePage], user: Any, known: Known, heads: Heads) -> PlannedRow:
    page = pages.get(row.before.id) if row.before else None
    if row.after is None:
        return PlannedRow(row, "problem", row.problems)
    if row.is_equal:
        return PlannedRow(row, "equal", [], page)
    found = [
        *(Problem(SERVICES, row.number, "", reason) for reason in hindrances(page, user)),
        *_too_long(row),
    ]
    return PlannedRow(
        row,
        "problem" if found else "changed" if row.before else "new",
        found,
        page,
        differences(row.before, row.after, known),
        gaps(complete(row.after, url="", heads=heads)),
    )


def hindrances(page: ServicePage | None, user: Any) -> Iterator[str]:
    """Why nobody, or this person, may change a service's draft now."""
    if page is None:
        return
    if not page.permissions_for_user(user).can_edit():
        yield _("você não pode mudar este serviço agora")
        return
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        yield _("o serviço está bloqueado para edição")
    elif page.workflow_in_progress:
        yield _("o serviço está em revisão: espere a decisão, ou cancele o pedido")


def _too_long(row: Row) -> Iterator[Problem]:
    before = dict(misfitting(row.before)) if row.before else {}
    for name, faults in misfitting(row.after) if row.after else ():
        if name not in before:
            yield Problem(SERVICES, row.number, BY_FIELD.get(name) or field_label("service", name), faults)


def _digest(plan: Plan) -> str:
    said = hashlib.sha256()
    for row in plan.rows:
        revision = row.page.latest_revision_id if row.page else None
        after = etag_of(to_json(row.row.after)) if row.row.after else ""
        before = etag_of(to_json(row.row.before)) if row.row.before else ""
        told = [problem.sentence for problem in row.problems]
        said.update(repr((row.row.number, row.what, revision, before, after, told)).encode())
    return said.hexdigest()


def after_of(row: PlannedRow) -> Service:
    """What a row that is written becomes."""
    assert row.row.after is not None, "only rows without problems are written"  # noqa: S101
    return row.row.after
