"""Who owes an answer is told five days and one day before; once it is overdue, who can help is told too. Each once.

A day that no worker was running is made up for by the next one: what is asked is which reminder somebody should have
had. The mails hold protocols and addresses, and nothing of what people said or who they are.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name

from feedback.deadline_words import told
from feedback.models import BodyRequest, InboxNotice, Manifestation
from services.models import Staff
from services.reviews.reminders import FIRST_HOUR
from services.telling import admin_address, tell

#: Days before the last on which somebody is told; what is overdue is told as ``OVERDUE``.
BEFORE = (5, 1)
OVERDUE = -1
#: A mail that was claimed and not sent for so long was a worker's that is no more.
_ABANDONED = timedelta(hours=1)
_MOST_IN_A_MAIL = 50
_OPEN = (Manifestation.State.RECEIVED, Manifestation.State.IN_HAND)


@dataclass(frozen=True)
class Owed:
    """An answer that is owed, to the person or, with ``request``, by a body to the ombudsman."""

    manifestation: Manifestation
    request: BodyRequest | None
    due_on: date
    occasion: int


def occasion_on(due_on: date, today: date) -> int | None:
    """The latest reminder that a deadline calls for; ``None`` if it is too early."""
    left = (due_on - today).days
    return OVERDUE if left < 0 else min((days for days in BEFORE if left <= days), default=None)


def remind(at: datetime) -> int:
    """Ask for the mails that are due; how many. A second time sends nothing twice."""
    local = timezone.localtime(at)
    if local.hour < FIRST_HOUR:
        return 0
    InboxNotice.objects.filter(sent_at=None, claimed_at__lt=at - _ABANDONED).delete()
    today = local.date()
    owed = list(_owed(today))
    if not owed:
        return 0
    staff = Staff.on(today)
    by_person: dict[int, list[Owed]] = defaultdict(list)
    sent = set(
        InboxNotice.objects.filter(manifestation__in={one.manifestation.pk for one in owed}).values_list(
            "manifestation", "request", "user", "occasion", "due_on"
        )
    )
    for one in owed:
        for person in _people(one, staff):
            key = (one.manifestation.pk, one.request.pk if one.request else None, person, one.occasion, one.due_on)
            if key not in sent:
                by_person[person].append(one)
    users = get_user_model()._default_manager.filter(pk__in=by_person, is_active=True).exclude(email="")
    return sum(_claim(user, by_person[user.pk], today, at) for user in users.order_by("pk"))


def _owed(today: date) -> Iterator[Owed]:
    last = today + timedelta(days=max(BEFORE))
    rows = Manifestation.objects.filter(state__in=_OPEN, due_on__lte=last).order_by("due_on", "pk")
    for row in rows.only("pk", "protocol", "kind", "body_id", "due_on", "assigned_to_id"):
        occasion = occasion_on(row.due_on, today)
        if occasion is not None:
            yield Owed(row, None, row.due_on, occasion)
    # A denunciation is not the body's to know of, whatever it was asked before it became one.
    requests = BodyRequest.objects.filter(answered_at=None, due_on__lte=last, manifestation__state__in=_OPEN).exclude(
        manifestation__kind=Manifestation.Kind.DENUNCIATION
    )
    for request in requests.select_related("manifestation").defer("text", "manifestation__text").order_by("due_on"):
        occasion = occasion_on(request.due_on, today)
        if occasion is not None:
            yield Owed(request.manifestation, request, request.due_on, occasion)


def _people(one: Owed, staff: Staff) -> set[int]:
    """Whose it is; once it is overdue, the body's head and Ouvidoria too."""
    ombudsman = staff.people("ouvidoria")
    if one.request is not None:
        head = staff.people("revisao", one.request.body_id)
        return head | ombudsman if one.occasion == OVERDUE else head
    assigned = one.manifestation.assigned_to_id
    whose = {assigned} if assigned is not None and assigned in ombudsman else ombudsman
    if one.occasion != OVERDUE:
        return whose
    body = one.manifestation.body_id
    named = body and not one.manifestation.restricted and one.manifestation.state != Manifestation.State.RECEIVED
    return ombudsman | (staff.people("revisao", body) if named else set())


def _claim(user: Any, those: list[Owed], today: date, at: datetime) -> bool:
    """Whether these are this worker's to send: of two, one writes the rows. They go out once that is written."""
    try:
        with transaction.atomic():
            notices = [
                InboxNotice.objects.create(
                    manifestation=one.manifestation,
                    request=one.request,
                    user=user,
                    occasion=one.occasion,
                    due_on=one.due_on,
                    claimed_at=at,
                )
                for one in those
            ]
    except IntegrityError:
        return False
    transaction.on_commit(partial(_send, user, those, [notice.pk for notice in notices], today, at))
    return True


def _send(user: Any, those: list[Owed], notices: list[int], today: date, at: datetime) -> None:
    rows = InboxNotice.objects.filter(pk__in=notices)
    if tell(user, lambda: _mail(user, those, today), reference=f"ouvidoria-{today:%Y%m%d}-{min(notices)}-{user.pk}"):
        rows.update(sent_at=at)
    else:
        rows.delete()


def _mail(user: Any, those: list[Owed], today: date) -> tuple[str, str]:
    count = len(those)
    late = sum(one.occasion == OVERDUE for one in those)
    subject = ngettext("%d manifestação espera resposta", "%d manifestações esperam resposta", count) % count
    if late:
        subject = ngettext("%d resposta em atraso", "%d respostas em atraso", late) % late
    lines = [
        _("Olá, %(name)s.") % {"name": get_user_display_name(user)},
        "",
        _("Estas manifestações têm prazo de lei para a resposta (Lei 13.460, art. 16):"),
        "",
    ]
    for one in those[:_MOST_IN_A_MAIL]:
        address = admin_address(reverse("conecta_inbox:manifestation", args=[one.manifestation.pk]))
        what = _("Pedido da Ouvidoria ao órgão") if one.request is not None else _("Resposta a quem se manifestou")
        lines += [
            f"- {one.manifestation.protocol}",
            f"  {what}: {told(one.due_on, today).text} ({one.due_on:%d/%m/%Y})",
            f"  {address}",
            "",
        ]
    if count > _MOST_IN_A_MAIL:
        lines += [_("E mais %(count)d.") % {"count": count - _MOST_IN_A_MAIL}, ""]
    lines += [
        _("Se precisar de mais tempo, prorrogue com o motivo antes de vencer: a lei permite uma única vez."),
        "",
        _("Todas: %(address)s") % {"address": admin_address(reverse("conecta_inbox:inbox"))},
    ]
    return subject, "\n".join(lines) + "\n"
