"""What is due goes live, and what is over comes down; what fails is told, tried again, and holds up nothing else.

What was missed while no worker ran is due all the same. Each thing is asked for again under the log's lock, so
that neither a second worker nor a clock that jumped back does it twice.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.apps import apps
from wagtail.models import DraftStateMixin, Page, Revision

from services.models import PublishingBusy, ScheduleFailure
from services.publishing import publishing
from services.schedule_mails import tell_of_failure

logger = logging.getLogger(__name__)

#: What failed is tried again so much later: an editor has mended it by then, or nobody has.
AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Due:
    """One thing to do: what to call it in the log, the same name at every look, what to call, and what it is about."""

    name: str
    key: str
    do: Callable[[datetime], Any]
    entry: Any
    revision: Revision | None = None


def due(at: datetime) -> Iterator[Due]:
    """What is over at a moment, then what should be live at it. As Wagtail's ``publish_scheduled`` finds them."""
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    # A page is found once, as the base page.
    for model in [Page, *(model for model in drafted if not issubclass(model, Page))]:
        for entry in list(model._default_manager.filter(live=True, expire_at__lt=at).order_by("expire_at")):
            key = f"expire {model._meta.label_lower} {entry.pk}"
            yield Due(f"expiry of {entry!r}", key, partial(_expire, model, entry.pk), entry)
    for revision in list(Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at")):
        entry = revision.content_object
        yield Due(
            f"publishing of {revision}", f"publish {revision.pk}", partial(_go_live, revision.pk), entry, revision
        )


def publish_due(at: datetime) -> int:
    """Do what is due at a moment; how much could not be done. Each failure is logged, told once, and tried again."""
    failures = {failure.key: failure for failure in ScheduleFailure.objects.all()}
    failed = 0
    for one in due(at):
        known = failures.pop(one.key, None)
        if (known is not None and known.first_at <= at < known.next_at) or not _did(one, known, at):
            failed += 1
    # Done, or scheduled anew.
    if failures:
        ScheduleFailure.objects.filter(pk__in=[failure.pk for failure in failures.values()]).delete()
    return failed


def _did(one: Due, known: ScheduleFailure | None, at: datetime) -> bool:
    try:
        one.do(at)
    except PublishingBusy:
        logger.warning("schedule: %s waits for another publisher", one.name)
        return False
    except Exception as error:
        logger.exception("schedule: %s failed", one.name)
        failure = known or ScheduleFailure(key=one.key, first_at=at)
        failure.next_at = at + AGAIN_AFTER
        if failure.told_at is None and tell_of_failure(one.entry, one.revision, error, reference=one.key):
            failure.told_at = at
        failure.save()
        return False
    if known is not None:
        known.delete()
    return True


def _expire(model: Any, pk: Any, at: datetime) -> None:
    with publishing():
        entry = model._default_manager.filter(pk=pk, live=True, expire_at__lt=at).first()
        if entry is not None:
            entry.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _go_live(pk: Any, at: datetime) -> None:
    with publishing():
        revision = Revision.objects.filter(pk=pk, approved_go_live_at__lt=at).first()
        if revision is not None:
            revision.publish(log_action="wagtail.publish.scheduled")
