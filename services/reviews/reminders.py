"""Who looks after a service is told in time: thirty days before a review is due, on the day, and each week after.

One mail a person and day, with all that is due for a reminder. Each reminder has a row, and a day that no
worker was running is made up for by the next one: what is asked is which reminder a service should have had.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name

from services.models import Reminder, ReminderMail
from services.reviews.reviewing import due_on, keeper_of, public_services, review_days
from services.reviews.risk import AHEAD, age
from services.telling import admin_address, tell

logger = logging.getLogger(__name__)

#: Nobody is written to at night.
FIRST_HOUR = 7
#: A mail that was claimed and not sent for so long was a worker's that is no more.
_ABANDONED = timedelta(hours=1)
_MOST_IN_A_MAIL = 50
#: The first occasion; the day itself is 0, and each week after counts on.
BEFORE = -1


@dataclass(frozen=True)
class Due:
    """A service, and which of its reminders is the latest that it should have had."""

    service: Any
    due: date
    occasion: int


def occasion_on(due: date, today: date) -> int | None:
    """The latest reminder that a review's day calls for: ``BEFORE``, 0, then weeks; ``None`` if it is too early."""
    left = due - today
    if left > AHEAD:
        return None
    return BEFORE if left > timedelta(0) else -left.days // 7


def remind(at: datetime) -> int:
    """Send the mails of a day, each person's once; how many went out."""
    local = timezone.localtime(at)
    if local.hour < FIRST_HOUR:
        return 0
    ReminderMail.objects.filter(sent_at=None, claimed_at__lt=at - _ABANDONED).delete()
    by_keeper: dict[Any, list[Due]] = defaultdict(list)
    for one in _due(local.date()):
        keeper = keeper_of(one.service)
        if keeper is not None and keeper.email:
            by_keeper[keeper].append(one)
    return sum(_remind(user, those, local.date(), at) for user, those in by_keeper.items())


def _due(today: date) -> Iterator[Due]:
    """Services with a reminder that has not gone out, the most urgent first."""
    days = review_days()
    last = today + AHEAD
    # What an import brought without a day is due so many days after it was published.
    undated = Q(review_due=None, first_published_at__date__lte=last - timedelta(days=days))
    services = public_services().filter(Q(review_due__lte=last) | undated).select_related("responsible", "owner")
    sent = set(Reminder.objects.values_list("service_id", "due", "occasion"))
    found = []
    for service in services:
        due = due_on(service.review_due, service.first_published_at, days=days)
        occasion = occasion_on(due, today) if due else None
        if due and occasion is not None and (service.pk, due, occasion) not in sent:
            found.append(Due(service, due, occasion))
    yield from sorted(found, key=lambda one: (one.due, one.service.title))


def _remind(user: Any, those: Sequence[Due], today: date, at: datetime) -> bool:
    try:
        with transaction.atomic():
            mail = ReminderMail.objects.create(user=user, day=today, claimed_at=at)
            Reminder.objects.bulk_create(
                Reminder(mail=mail, service=one.service, due=one.due, occasion=one.occasion) for one in those
            )
    except IntegrityError:
        # This day's mail has gone out, or another worker is about to send it.
        return False
    if not tell(user, lambda: _mail(user, those, today), reference=f"revisao-{today:%Y%m%d}-{user.pk}"):
        mail.delete()
        return False
    ReminderMail.objects.filter(pk=mail.pk).update(sent_at=at)
    return True


def _mail(user: Any, those: Sequence[Due], today: date) -> tuple[str, str]:
    count = len(those)
    subject = ngettext("%(count)d serviço para revisar", "%(count)d serviços para revisar", count) % {"count": count}
    lines = [
        _("Olá, %(name)s.") % {"name": get_user_display_name(user)},
        "",
        _("Você cuida destes textos da Carta de Serviços. Está na hora de ler cada um de novo:"),
        "",
    ]
    for one in those[:_MOST_IN_A_MAIL]:
        reason = age(one.due, today)
        address = admin_address(reverse("conecta_review:confirm", args=[one.service.pk]))
        lines += [f"- {one.service.title}", f"  {reason.text if reason else ''}", f"  {address}", ""]
    if count > _MOST_IN_A_MAIL:
        lines += [_("E mais %(count)d.") % {"count": count - _MOST_IN_A_MAIL}, ""]
    queue = admin_address(f"{reverse('conecta_review:queue')}?keeper={user.pk}")
    lines += [
        _("Se tudo ainda vale, abra o endereço e confirme: “Revisado, nada mudou”."),
        _("Se algo mudou, corrija o texto e peça a publicação."),
        "",
        _("Todos os seus serviços para revisar: %(address)s") % {"address": queue},
    ]
    return subject, "\n".join(lines) + "\n"
