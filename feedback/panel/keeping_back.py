"""What of the sums is not told though it is of enough people, found anew whenever ratings are summed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from feedback.counts import DISTRICT, MANAGED, MANAGED_OF_WHOLE, PART, Counts, total
from feedback.models import RatingSum
from feedback.panel.crossing import GROUP, Cell, Tree, tree, untold
from feedback.panel.names import named
from feedback.statistics import LEAST
from feedback.sums import Parts, in_parts, of_services, since
from services.languages import source_locale

_AT_ONCE = 1_000
#: Ways to tell parts apart of which each rating is in one at most.
_EXCLUSIVE = ("month", "channel", "unit")
Bits = dict[tuple[str, str, str], int]


def keep_back(at: datetime) -> int:
    """Note in the sums of the months that are told what of them is not; how many rows are not as they were."""
    first = since(at)
    services_of = {body: _bare(services) for body, services in of_services(first=first).items()}
    parts = {
        subject: {split: _bare(held) for split, held in own.items()} for subject, own in in_parts(first=first).items()
    }
    bits = bits_of(parts, services_of, districts=_districts(parts))
    wanted: dict[int, list[int]] = defaultdict(list)
    rows = RatingSum.objects.filter(month__gte=first)
    for pk, subject, split, part, month, kept in rows.values_list(
        "pk", "subject", "split", "part", "month", "kept_back"
    ):
        now = _of_row(bits, subject, split, part, month)
        if now != kept:
            wanted[now].append(pk)
    for now, keys in wanted.items():
        for start in range(0, len(keys), _AT_ONCE):
            RatingSum.objects.filter(pk__in=keys[start : start + _AT_ONCE]).update(kept_back=now)
    return sum(map(len, wanted.values()))


def bits_of(
    parts: Mapping[str, Parts], services_of: Mapping[str, Mapping[str, Counts]], *, districts: Mapping[str, str]
) -> Bits:
    """What is kept back of each subject, split and part: of months, the whole and its services too. Pure."""
    whole, bits = tree(parts, services_of), defaultdict[tuple[str, str, str], int](int)
    for service in whole.moved:
        bits["*", "service", service] |= PART
        for split, held in parts.get(service, {}).items():
            for part in held if split in _EXCLUSIVE or split == "reason" else ():
                bits[service, split, part] |= PART
    for split, said in (("time", _said(whole, "time")), ("promise", _said(whole, "promise"))):
        for subject, _part in untold(said, split, exclusive=False):
            bits[subject, split, "*"] |= PART
    for subject, part in untold(whole, "reason", exclusive=False):
        bits[subject, "reason", part] |= PART
    silent = untold(whole, "", size=_managed, exclusive=False)
    for subject, _part in silent:
        bits[subject, "", ""] |= MANAGED_OF_WHOLE
        bits["*", "service", subject] |= MANAGED
        bits["", "body", subject] |= MANAGED
    speaking = frozenset(
        subject for subject in whole.told() if _managed(whole.whole(subject)) >= LEAST and (subject, "") not in silent
    )
    for split in _EXCLUSIVE:
        hidden = untold(whole, split, groups=districts if split == "unit" else None)
        for subject, part in hidden:
            if not part.startswith(GROUP):
                bits[subject, split, part] |= PART
            for unit in (unit for unit, district in districts.items() if f"{GROUP}{district}" == part):
                bits["", "unit", unit] |= DISTRICT
        few = _few(whole, split) | hidden
        for subject, part in untold(whole, split, size=_managed, wholes=speaking, hidden=few):
            bits[subject, split, part] |= MANAGED
    return dict(bits)


def _of_row(bits: Bits, subject: str, split: str, part: str, month: date) -> int:
    if not split:
        return bits.get((subject, "", ""), 0) | bits.get((subject, "month", month.isoformat()), 0)
    found = bits.get((subject, split, part), 0) | bits.get((subject, split, "*"), 0)
    return found | (bits.get(("*", "service", part), 0) if split == "service" else 0)


def _few(whole: Tree, split: str) -> frozenset[Cell]:
    """What is not told of for it is of few, or of a subject that is."""
    told = whole.told()
    return frozenset(
        (subject, part)
        for subject, _above, _service in whole.subjects()
        for part, counts in whole.of(subject, split).items()
        if subject not in told or not counts.enough
    )


def _said(whole: Tree, split: str) -> Tree:
    """How many said anything of the kind, as the one part of each subject."""
    return replace(
        whole,
        parts={
            subject: {"": own.get("", {}), split: {"": total(own.get(split, {}).values())}}
            for subject, own in whole.parts.items()
        },
    )


def _managed(counts: Counts) -> int:
    return sum(counts.managed)


def _bare(held: Mapping[str, Counts]) -> dict[str, Counts]:
    """As if nothing had been kept back."""
    return {part: replace(counts, kept_back=0) for part, counts in held.items()}


def _districts(parts: Mapping[str, Parts]) -> dict[str, str]:
    """Of each public unit the district in which it stands."""
    units = set(_units(parts))
    return {unit: found.district for unit, found in named(units, language=source_locale()).items() if found.district}


def _units(parts: Mapping[str, Parts]) -> Iterator[str]:
    for own in parts.values():
        yield from own.get("unit", {})
