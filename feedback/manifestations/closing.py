"""What the worker ends: answered ones that nobody opened again, and what is not needed for longer."""

from datetime import datetime, timedelta

from django.db import transaction

from feedback import configured
from feedback.manifestations.attachments import drop_files, sweep
from feedback.manifestations.following import REOPENED_WITHIN
from feedback.models import Contact, Manifestation, Movement

State = Manifestation.State
#: No month is longer.
_MONTH = timedelta(days=31)


def close_answered(at: datetime) -> int:
    """Close those that were answered and not opened again in time; how many."""
    closed = 0
    late = Manifestation.objects.filter(state=State.ANSWERED, answered_at__lt=at - REOPENED_WITHIN)
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            # Opened again meanwhile, it is not among them.
            if late.filter(pk=pk).update(state=State.CLOSED, closed_at=at):
                Movement.objects.create(manifestation_id=pk, act=Movement.Act.CLOSED, at=at, public=True)
                closed += 1
    return closed


def forget_old(at: datetime) -> int:
    """Delete contacts and files of those that ended long ago (LGPD arts. 15 and 16); of how many."""
    ended = Manifestation.objects.filter(closed_at__lt=months_before(at, configured.months_kept()))
    pks = {
        *ended.filter(contact__isnull=False).values_list("pk", flat=True),
        *ended.filter(attachments__isnull=False).values_list("pk", flat=True),
    }
    for manifestation in Manifestation.objects.filter(pk__in=pks):
        with transaction.atomic():
            Contact.objects.filter(manifestation=manifestation).delete()
            drop_files(manifestation)
    sweep(at)
    return len(pks)


def months_before(at: datetime, months: int) -> datetime:
    """The same day so many months earlier; the last of a month that is shorter."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    first = at.replace(year=year, month=month + 1, day=1)
    days = ((first + _MONTH).replace(day=1) - first).days
    return first.replace(day=min(at.day, days))
