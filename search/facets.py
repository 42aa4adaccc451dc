"""What results are narrowed and counted by, as data: the values of a record, and what each is called. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.days import blocks_around, blocks_of
from search.kinds import KIND_NAMES
from search.surroundings import Surroundings
from services import wording
from services.record import Entry, Ref, Service, Unit
from services.record.unit import Visit

#: How long before it a visit makes a service count in a district.
VISIT_DUE = timedelta(days=60)
#: Beside districts: what needs no way to anywhere.
REMOTE = "remote"
#: Stars from which on a service counts as rated so well.
_STARS = (4, 3)
_CHANNELS = {
    "online": ("online", "app", "email"),
    "phone": ("phone", "whatsapp", "sms"),
    "in_person": ("in_person",),
}
_DATED = "@"

Values = Callable[[Entry, Surroundings], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """A name under which entries hold values."""

    name: str
    label: str | Promise
    values: Values
    #: What its values are called. One that is not here is an entry's id, and called by its title.
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    #: Whether its values are ids of entries.
    named: bool = False
    #: Whether a value may hold on some days only: ``VALUE@BLOCK``, see ``search.days``.
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that one may choose, and how many results there are with it."""

    value: str
    label: str
    count: int


def ids_in(*fields: str) -> Values:
    """The ids of the entries that a record names in these fields."""

    def ids(record: Entry, _around: Surroundings) -> Iterator[str]:
        for name in fields:
            held: Any = getattr(record, name, None) or ()
            yield from (ref.id for ref in ([held] if isinstance(held, Ref) else held))

    return ids


def _districts(record: Entry, around: Surroundings) -> Iterator[str]:
    """Where an entry is or is given; the days on which a visit is due count where nothing else does."""
    units = around.units
    served = set(ids_in("district", "area_served")(record, around))
    served.update(unit.district.id for unit in units if unit.district)
    yield from sorted(served)
    due: dict[str, list[tuple[date, date]]] = {}
    for visit in _visits(record, units):
        if visit.district and visit.district.id not in served:
            last = visit.ends.astimezone(UTC).date()
            due.setdefault(visit.district.id, []).append((visit.starts.astimezone(UTC).date() - VISIT_DUE, last))
    for district, spans in sorted(due.items()):
        yield from (f"{district}{_DATED}{block}" for block in blocks_of(spans))
    if isinstance(record, Service) and not {"online", "phone"}.isdisjoint(_channels(record, around)):
        yield REMOTE


def _visits(record: Entry, units: Iterable[Unit]) -> Iterator[Visit]:
    if isinstance(record, Unit):
        yield from record.visits
    # A visit may be for some of its unit's services only.
    for unit in units:
        yield from (visit for visit in unit.visits if not visit.services or record.id in _ids(visit.services))


def _ids(refs: Iterable[Ref]) -> set[str]:
    return {ref.id for ref in refs}


def _channels(record: Entry, _around: Surroundings) -> Iterator[str]:
    if not isinstance(record, Service):
        return
    asked_by = wording.asking(record)
    for channel, ways in _CHANNELS.items():
        if not asked_by.isdisjoint(ways):
            yield channel


def _free(record: Entry, _around: Surroundings) -> Iterator[str]:
    if not isinstance(record, Service):
        return
    fees = [fee for step in record.steps for fee in step.fees.default]
    fees += [fee for step in record.steps for case in step.fees.cases for fee in case.items]
    if record.free is not None:
        yield str(record.free).lower()
    elif fees:
        yield str(all(fee.amount == 0 for fee in fees)).lower()


def _rating(_record: Entry, around: Surroundings) -> Iterator[str]:
    if around.rating is not None:
        yield from (str(stars) for stars in _STARS if around.rating >= stars)


#: In the order in which they are shown.
FACETS = (
    Facet("kind", _("Tipo"), lambda record, _around: (record.kind,), KIND_NAMES),
    Facet("topic", _("Tema"), ids_in("topics"), named=True),
    Facet(
        "channel",
        _("Como é feito"),
        _channels,
        {
            "online": _("Pela internet"),
            "phone": _("Por telefone ou WhatsApp"),
            "in_person": _("Pessoalmente"),
        },
    ),
    Facet("free", _("Custo"), _free, {"true": _("Grátis"), "false": _("Tem custo")}),
    Facet("district", _("Onde"), _districts, {REMOTE: _("Também por telefone ou internet")}, named=True, dated=True),
    Facet("audience", _("Para quem"), ids_in("audiences"), named=True),
    Facet("secretariat", _("Órgão"), ids_in("secretariat"), named=True),
    Facet("rating", _("Avaliação"), _rating, {"4": _("4 estrelas ou mais"), "3": _("3 estrelas ou mais")}),
)
BY_NAME = {facet.name: facet for facet in FACETS}


def as_filters(chosen: Mapping[str, Sequence[str]], *, on: date) -> dict[str, list[str]]:
    """What an engine must be asked for, so that the values hold on a day (UTC)."""
    return {
        name: [held for value in values for held in _held(value, dated=_is_dated(name), on=on)]
        for name, values in chosen.items()
    }


def choices(facet: Facet, counts: Mapping[str, int], *, titles: Mapping[str, str], on: date) -> list[Choice]:
    """The values with results on a day (UTC), most results first; what can not be called anything is left out."""
    totals: Counter[str] = Counter()
    blocks = set(blocks_around(on)) if facet.dated else set()
    for held, count in counts.items():
        value, _at, block = held.partition(_DATED) if facet.dated else (held, "", "")
        if not block or block in blocks:
            totals[value] += count
    called = [Choice(value, label_of(facet, value, titles), count) for value, count in totals.items()]
    # Last and so apart from the places: what needs none.
    return sorted(
        (choice for choice in called if choice.label),
        key=lambda choice: (choice.value == REMOTE, -choice.count, choice.label.casefold()),
    )


def label_of(facet: Facet, value: str, titles: Mapping[str, str]) -> str:
    """What a value is called in the active language; ``""`` if it names nothing public."""
    return str(facet.words[value]) if value in facet.words else titles.get(value, "")


def _is_dated(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].dated


def _held(value: str, *, dated: bool, on: date) -> Iterator[str]:
    yield value
    if dated and value != REMOTE:
        yield from (f"{value}{_DATED}{block}" for block in blocks_around(on))
