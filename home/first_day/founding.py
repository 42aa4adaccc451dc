"""Districts and bodies from a list, public at once: on the first day there is nothing yet that four eyes could guard.

Once a service is public they are made like everything else, as drafts that two others approve.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from home.first_day import lists
from services.importing import Importer, Options
from services.interchange.slugs import assign_slugs, fold
from services.languages import source_locale
from services.models import District as DistrictModel
from services.models import PublishedRecord, SecretariatPage
from services.record import District, Entry, Ref, Secretariat
from services.record.identity import id_of, key_for
from services.record.values import Coordinates

#: As where these entries came from.
SOURCE = "primeiros-passos"


@dataclass
class Plan:
    """What a list would make: new entries; lines of what is here already; lines that cannot be taken."""

    new: list[Any] = field(default_factory=list)
    here: list[Any] = field(default_factory=list)
    faults: list[lists.Fault] = field(default_factory=list)
    records: list[Entry] = field(default_factory=list)


def is_first_day() -> bool:
    """Whether no service is public yet."""
    return not PublishedRecord.objects.public().filter(kind="service").exists()


def plan_districts(text: str) -> Plan:
    """What a list of districts would make."""
    rows = DistrictModel.objects.filter(locale__language_code=source_locale())
    present = {fold(title): Ref(kind="district", id=key) for title, key in rows.values_list("title", "record_id")}
    read = lists.read_districts(text)
    plan = _sorted_out(read.lines, read.faults, present)
    named = present | {fold(line.name): Ref(kind="district", id=_id("district", line.name)) for line in plan.new}
    for line in list(plan.new):
        parent = named.get(fold(line.parent)) if line.parent else None
        if line.parent and (parent is None or fold(line.parent) == fold(line.name)):
            _refuse(plan, line, _("não há distrito “%s”, nem aqui nem nesta lista") % line.parent[:60])
            continue
        point = Coordinates(latitude=line.point[0], longitude=line.point[1]) if line.point else None
        plan.records.append(
            District(**_identity("district", line.name), type=line.type, parent=parent, coordinates=point)
        )
    assign_slugs(plan.records)
    return plan


def plan_bodies(text: str) -> Plan:
    """What a list of bodies would make; the one above is named by its acronym or its name."""
    pages = SecretariatPage.objects.filter(locale__language_code=source_locale(), alias_of=None)
    present: dict[str, Ref] = {}
    by_acronym: dict[str, Ref] = {}
    for title, acronym, key in pages.values_list("title", "acronym", "record_id"):
        present[fold(title)] = Ref(kind="secretariat", id=key)
        if acronym:
            by_acronym[fold(acronym)] = present[fold(title)]
    read = lists.read_bodies(text)
    plan = _sorted_out(read.lines, read.faults, present)
    for line in list(plan.new):
        if line.acronym and fold(line.acronym) in by_acronym:
            _refuse(plan, line, _("a sigla %s já é de outro órgão") % line.acronym)
            continue
        ref = Ref(kind="secretariat", id=_id("secretariat", line.name))
        present[fold(line.name)] = ref
        if line.acronym:
            by_acronym[fold(line.acronym)] = ref
    for line in list(plan.new):
        above = fold(line.superior)
        superior = by_acronym.get(above) or present.get(above)
        if above and (superior is None or superior.id == _id("secretariat", line.name)):
            _refuse(plan, line, _("não há órgão “%s”, nem aqui nem nesta lista") % line.superior[:60])
            continue
        plan.records.append(Secretariat(**_identity("secretariat", line.name), acronym=line.acronym, superior=superior))
    assign_slugs(plan.records)
    return plan


def found(plan: Plan) -> int:
    """Make what a plan says, public at once; how many there are now more. Raises ``PublishingBusy``."""
    return Importer(Options()).run(plan.records).created


def _sorted_out(lines: Iterable[Any], faults: Sequence[lists.Fault], present: dict[str, Ref]) -> Plan:
    plan = Plan(faults=list(faults))
    for line in lines:
        (plan.here if fold(line.name) in present else plan.new).append(line)
    return plan


def _refuse(plan: Plan, line: Any, sentence: str) -> None:
    plan.new.remove(line)
    plan.faults.append(lists.Fault(line.number, line.name, sentence))


def _id(kind: str, name: str) -> str:
    return id_of(key_for(SOURCE, kind, fold(name)))


def _identity(kind: Any, name: str) -> dict[str, Any]:
    key = key_for(SOURCE, kind, fold(name))
    return {
        "kind": kind,
        "key": key,
        "id": id_of(key),
        "title": name,
        "source": SOURCE,
        "source_id": fold(name).replace(" ", "-"),
    }
