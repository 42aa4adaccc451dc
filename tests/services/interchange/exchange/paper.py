"""``docs/exchange.md``: what each format keeps and loses of each field, as the experiment finds it."""

from collections.abc import Iterator
from itertools import groupby

from services.interchange import FORMATS
from services.record import RECORD_TYPES, Kind
from tests.services.interchange.exchange.experiment import kept, written
from tests.services.interchange.exchange.reasons import REASONS, is_of
from tests.services.interchange.exchange.samples import leaves

_HEAD = """# Exchange formats: what each keeps and loses

Made by `make exchange-doc`, never by hand. Nothing here is claimed: each field of a record is changed alone, and a
field is kept by a format (●) if its file is another one then, lost (–) if it is the same. A test makes this page anew
and fails where it differs.

`manage.py export_charters --format NAME --output FILE` writes all that is public; `GET /api/v1/exports/NAME` gives the
same. `manage.py import_charters PATH --format NAME` reads. `dcat` is the entry of the data set in a catalogue: it tells
of the formats, not of records.

Kept is not always given back: only `conecta` is exact for all kinds, and `hsds` for those that it has, with the
address of a page as the site that reads it gives it. In `hsds`, what no column holds is an `attribute` whose term names
the field and whose value is JSON; columns are for people who read HSDS, and where a field has an attribute, ours is
what is read back. Its cells are as they were written: a spreadsheet program that opens them takes a text that begins
with `=` for a formula. In `schema-org` and `cpsv-ap`, rich text is plain text, and a time in working days is told in
the days that it lasts at most, weekends among them.

An export is the records as they stand, also in an election period (Lei 9.504/1997): alerts of the level `promotion` are
in it by intent, beside the city's `election_period`, so that a copy, a backup and a move lose nothing. Portal and API
leave such alerts out while the period holds; who shows an export to people has to do the same.
"""


def paper() -> str:
    """The whole document."""
    return "\n".join([_HEAD, *_formats(), *_kinds(), *_losses()]).rstrip() + "\n"


def lost(name: str) -> list[tuple[Kind, str]]:
    """The fields that a format loses, of the kinds that it has."""
    has = {kind for kind, _field in kept(name)}
    return [
        (kind, leaf.name) for kind in has_in_order(has) for leaf in leaves(kind) if (kind, leaf.name) not in kept(name)
    ]


def has_in_order(kinds: set[Kind]) -> list[Kind]:
    """Kinds in the order of the union."""
    return [kind for kind in RECORD_TYPES if kind in kinds]


def _formats() -> Iterator[str]:
    yield "## Formats\n"
    yield "| name | media type | file | of one record | read |"
    yield "|-|-|-|-|-|"
    for name, format_ in FORMATS.items():
        one = ", ".join(f"`{kind}`" for kind in RECORD_TYPES if kind in format_.of_one)
        one = "every kind" if format_.of_one == set(RECORD_TYPES) else one
        written_ = f"`{format_.suffix}`" if format_.write else "–"
        read = "yes" if format_.read else "over what is here" if format_.read_over else "–"
        yield f"| `{name}` | `{format_.media_type}` | {written_} | {one or '–'} | {read} |"


def _kinds() -> Iterator[str]:
    names = written()
    for kind in RECORD_TYPES:
        yield f"\n## `{kind}`\n"
        has = [name for name in names if any(found == kind for found, _field in kept(name))]
        without = [name for name in names if name not in has]
        if without:
            yield f"Not in: {', '.join(f'`{name}`' for name in without)}.\n"
        yield f"| field | {' | '.join(has)} |"
        yield f"|-|{'-|' * len(has)}"
        for field, group in groupby(leaves(kind), key=lambda leaf: leaf.field):
            rows = {leaf.name: tuple((kind, leaf.name) in kept(name) for name in has) for leaf in group}
            if len(set(rows.values())) == 1:
                rows = {field: next(iter(rows.values()))}
            for name, cells in rows.items():
                yield f"| `{name}` | {' | '.join('●' if cell else '–' for cell in cells)} |"


def _losses() -> Iterator[str]:
    yield "\n## What is lost, and why\n"
    for name in written():
        has = {kind for kind, _field in kept(name)}
        yield f"### `{name}`\n"
        missing = [kind for kind in RECORD_TYPES if kind not in has]
        if missing:
            yield f"- Whole kinds: {', '.join(f'`{kind}`' for kind in missing)}."
        reasons = REASONS.get(name, {})
        by_reason: dict[str, list[str]] = {}
        for kind, field in _briefly(name):
            path = f"{kind}.{field}"
            reason = next((reasons[start] for start in reasons if is_of(path, start)), "it has no place for it")
            by_reason.setdefault(reason, []).append(path)
        for reason, paths in by_reason.items():
            yield f"- {reason[0].upper()}{reason[1:]}: {', '.join(f'`{path}`' for path in paths)}."
        yield "- Nothing.\n" if not missing and not by_reason else ""


def _briefly(name: str) -> Iterator[tuple[Kind, str]]:
    """The fields that are lost; one that is lost with all below it by its own name."""
    gone = set(lost(name))
    for kind in has_in_order({kind for kind, _field in gone}):
        for field, group in groupby(leaves(kind), key=lambda leaf: leaf.field):
            below = [leaf.name for leaf in group]
            if all((kind, each) in gone for each in below):
                yield kind, field
            else:
                yield from ((kind, each) for each in below if (kind, each) in gone)
