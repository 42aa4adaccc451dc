"""A body's reviewers hear of new errors on their pages: once a day at most, and of each error once."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name

from feedback.models import PageError, PageErrorMail
from feedback.page_help.sections import section_of
from services.languages import source_locale
from services.models import Staff
from services.models.published import PublishedRecord
from services.reviews.reminders import FIRST_HOUR
from services.telling import admin_address, tell

#: A mail that was claimed and not sent for so long was a worker's that is no more.
_ABANDONED = timedelta(hours=1)
_MOST_IN_A_MAIL = 30


def tell_of_page_errors(at: datetime) -> int:
    """Send the mails of a day; how many bodies were told. A body without reviewers is Comunicação's to look after."""
    local = timezone.localtime(at)
    if local.hour < FIRST_HOUR:
        return 0
    PageErrorMail.objects.filter(sent_at=None, claimed_at__lt=at - _ABANDONED).delete()
    fresh = PageError.objects.filter(state=PageError.State.OPEN, told_at=None, set_aside=False)
    by_body: dict[str, list[PageError]] = defaultdict(list)
    for error in fresh.order_by("received_at", "pk"):
        by_body[error.body_id].append(error)
    if not by_body:
        return 0
    staff = Staff.on(local.date())
    return sum(_tell_body(body, errors, staff, at) for body, errors in by_body.items())


def _tell_body(body: str, errors: list[PageError], staff: Staff, at: datetime) -> bool:
    people = staff.people("revisao", body) if body else set()
    users = get_user_model()._default_manager.filter(pk__in=people or staff.people("comunicacao"))
    readers = list(users.exclude(email="").order_by("pk"))
    if not readers:
        return False
    day = timezone.localtime(at).date()
    try:
        with transaction.atomic():
            mail = PageErrorMail.objects.create(body_id=body, day=day, claimed_at=at)
    except IntegrityError:
        # This day's mail has gone out, or another worker is about to send it.
        return False
    titles = _titles(errors)
    sent = [
        tell(user, partial(_mail, user, errors, titles), reference=f"erros-{day:%Y%m%d}-{body}-{user.pk}")
        for user in readers
    ]
    if not any(sent):
        mail.delete()
        return False
    PageError.objects.filter(pk__in=[error.pk for error in errors]).update(told_at=at)
    PageErrorMail.objects.filter(pk=mail.pk).update(sent_at=at)
    return True


def _titles(errors: list[PageError]) -> dict[str, str]:
    rows = PublishedRecord.objects.filter(entry_id__in={each.entry_id for each in errors}, locale=source_locale())
    return dict(rows.values_list("entry_id", "title"))


def _mail(user: Any, errors: list[PageError], titles: dict[str, str]) -> tuple[str, str]:
    count = len(errors)
    subject = ngettext("%(count)d erro apontado", "%(count)d erros apontados", count) % {"count": count}
    lines = [
        _("Olá, %(name)s.") % {"name": get_user_display_name(user)},
        "",
        _("Quem leu estas páginas diz que algo nelas está errado:"),
        "",
    ]
    for error in errors[:_MOST_IN_A_MAIL]:
        # What the reader wrote stays in the admin: a mail is forwarded.
        address = admin_address(reverse("conecta_page_errors:one", args=[error.pk]))
        title = titles.get(error.entry_id) or error.path
        lines += [f"- {title}: {section_of(error.kind, error.section).label}", f"  {address}", ""]
    if count > _MOST_IN_A_MAIL:
        lines += [_("E mais %(count)d.") % {"count": count - _MOST_IN_A_MAIL}, ""]
    all_of_them = admin_address(reverse("conecta_page_errors:list"))
    lines.append(_("Todos os erros apontados: %(address)s") % {"address": all_of_them})
    return subject, "\n".join(lines) + "\n"
