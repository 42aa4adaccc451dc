"""Which changes a subscriber is told of, and whether as a publication or as a removal.

A tombstone says no more whose the record was, and a record may pass from one body to another. So who asked for some
bodies is told of a removal if any version of the record was theirs, once: ``WebhookRemoval`` holds that it was told.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from services.changes import Change
from services.models import PublishedVersion, Webhook
from services.record import from_json
from services.references import references


def chosen(webhook: Webhook, changes: Iterable[Change]) -> dict[int, bool]:
    """Sequence of each change that the subscriber is told of → whether as a removal. At most two queries."""
    kinds, bodies = set(webhook.kinds), frozenset(webhook.bodies)
    asked = [change for change in changes if not kinds or change.kind in kinds]
    if not bodies:
        return {change.sequence: change.deleted for change in asked}
    found: dict[int, bool] = {}
    not_theirs = []
    for change in asked:
        if not change.deleted and belongs(change.kind, change.id, change.body, bodies):
            found[change.sequence] = False
        else:
            not_theirs.append(change)
    found |= dict.fromkeys(_once_theirs(not_theirs, bodies) - _told(webhook, not_theirs), True)
    return found


def belongs(kind: str, entry_id: str, body: str, bodies: frozenset[str]) -> bool:
    """Whether a record is a body itself, or is given, kept or run by one."""
    if kind == "secretariat" and entry_id in bodies:
        return True
    # Most records name none of them, and are not parsed.
    return any(name in body for name in bodies) and any(
        relation == "secretariat" and ref.id in bodies for relation, ref in references(from_json(body))
    )


def _once_theirs(changes: list[Change], bodies: frozenset[str]) -> set[int]:
    """Sequences of those with a version that was theirs."""
    by_sequence = {change.sequence: change for change in changes}
    if not by_sequence:
        return set()
    found = {change.sequence for change in changes if change.kind == "secretariat" and change.id in bodies}
    named = reduce(or_, (Q(body__contains=name) for name in sorted(bodies)))
    versions = PublishedVersion.objects.filter(named, record__sequence__in=by_sequence, deleted=False)
    for sequence, body in versions.values_list("record__sequence", "body").iterator():
        change = by_sequence[sequence]
        if sequence not in found and belongs(change.kind, change.id, body, bodies):
            found.add(sequence)
    return found


def _told(webhook: Webhook, changes: list[Change]) -> set[int]:
    """Sequences of those whose removal was told before."""
    if not changes:
        return set()
    rows = webhook.removals.filter(entry_id__in={change.id for change in changes})
    told = {(kind, entry_id, locale): number for kind, entry_id, locale, number in rows.values_list(*_KEY, "sequence")}
    return {
        change.sequence
        for change in changes
        if told.get((change.kind, change.id, change.locale), change.sequence) < change.sequence
    }


_KEY = ("kind", "entry_id", "locale")
