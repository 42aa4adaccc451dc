"""What a table of addresses would change. Pure: it asks ``Known``."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from services.old_addresses.addressing import Wrong, leads_somewhere, new_address, old_path
from services.old_addresses.known import Known, normal
from services.old_addresses.reading import Row


@dataclass(frozen=True)
class Leading:
    """A redirect to be: the row that asks for it, the old path, the new address."""

    number: int
    path: str
    target: str


@dataclass(frozen=True)
class Remark:
    """What is to be said of a row."""

    number: int
    old: str
    sentence: str


@dataclass
class Plan:
    """New and changed redirects, those that are so already, refused rows, and rows worth a second look."""

    new: list[Leading] = field(default_factory=list)
    changed: list[Leading] = field(default_factory=list)
    unchanged: list[Leading] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    doubtful: list[Remark] = field(default_factory=list)

    @property
    def to_write(self) -> list[Leading]:
        """In the order of the file."""
        return sorted([*self.new, *self.changed], key=lambda leading: leading.number)

    @property
    def digest(self) -> str:
        """Another one where anything else would be written."""
        told = repr([[(leading.path, leading.target) for leading in those] for those in (self.new, self.changed)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def plan_for(rows: Iterable[Row], known: Known) -> Plan:
    """What these rows would change here. A row that is refused changes nothing, and keeps no other from it."""
    plan = Plan()
    asked = _without_circles(_judged(rows, known, plan), known, plan)
    for leading in asked:
        if leading.path not in known.redirects:
            plan.new.append(leading)
        elif known.redirects[leading.path] == leading.target:
            plan.unchanged.append(leading)
        else:
            plan.changed.append(leading)
        if not leads_somewhere(leading.target, known) and not _followed(leading.target, known.redirects):
            sentence = _("não encontramos página em %s: confira antes de gravar") % leading.target
            plan.doubtful.append(Remark(leading.number, leading.path, sentence))
    plan.refused.sort(key=lambda remark: remark.number)
    return plan


def _judged(rows: Iterable[Row], known: Known, plan: Plan) -> dict[str, Leading]:
    found: dict[str, Leading] = {}
    for row in rows:
        try:
            path = old_path(row.old, known)
            if path in found:
                raise Wrong(_("o endereço antigo já está na linha %s") % found[path].number)
            found[path] = Leading(row.number, path, new_address(row.new, known))
        except Wrong as error:
            plan.refused.append(Remark(row.number, row.old, str(error)))
    return found


def _without_circles(found: Mapping[str, Leading], known: Known, plan: Plan) -> Iterator[Leading]:
    """Those that come to an end, with what leads on already."""
    leads = {path: target for path, target in known.redirects.items() if target} | {
        path: leading.target for path, leading in found.items()
    }
    for path, leading in found.items():
        if _ends(path, leads, known.live):
            yield leading
        else:
            plan.refused.append(Remark(leading.number, path, _("o endereço novo volta para o antigo, em círculo")))


def _ends(path: str, leads: Mapping[str, str], live: frozenset[str]) -> bool:
    seen: set[str] = set()
    following: str | None = path
    while following is not None:
        if following in seen:
            return False
        seen.add(following)
        target = leads[following]
        if normal(urlsplit(target).path) in live:
            return True
        following = _followed(target, leads)
    return True


def _followed(address: str, leads: Mapping[str, object]) -> str | None:
    """The old path under which an address is looked up: with its parameters, else without them."""
    whole = normal(address)
    return next((each for each in (whole, urlsplit(whole).path) if each in leads), None)
