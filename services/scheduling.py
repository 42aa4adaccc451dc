"""What is due goes live, and what is over comes down; what fails is logged and holds up nothing else."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """One thing to do: what to call, and what to call it in the log."""

    name: str
    do: Callable[[], Any]


def due(at: datetime) -> Iterator[Due]:
    """What is over at a moment, then what should be live at it. As Wagtail's ``publish_scheduled`` finds them."""
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    # A page is found once, as the base page.
    for model in [Page, *(model for model in drafted if not issubclass(model, Page))]:
        for entry in list(model._default_manager.filter(live=True, expire_at__lt=at).order_by("expire_at")):
            yield Due(f"expiry of {entry!r}", partial(_expire, entry))
    for revision in list(Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at")):
        yield Due(f"publishing of {revision}", partial(_go_live, revision))


def publish_due(at: datetime) -> int:
    """Do what is due at a moment; how much could not be done. Each failure is logged, and tried again next time."""
    failed = 0
    for one in due(at):
        try:
            one.do()
        except Exception:
            logger.exception("schedule: %s failed", one.name)
            failed += 1
    return failed


def _expire(entry: Any) -> None:
    entry.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _go_live(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")
