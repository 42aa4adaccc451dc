"""What waits too long is said again: first to whoever should decide, then to those who can help. Each once."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.heads import Heads
from services.languages import source_locale
from services.models import Notice, Wait, newsroom_is_set_up, waiting
from services.newsroom.notices import tell
from services.timing import working_days

#: Working days after which the reviewers are reminded.
REMIND_AFTER = 2
#: Working days after which Comunicação, or Administração, is told.
ESCALATE_AFTER = 5


def remind(at: datetime) -> int:
    """A duty of the worker: how many letters were asked to be sent. Doing it twice sends nothing twice."""
    if not newsroom_is_set_up():
        return 0
    today = timezone.localdate(at)
    waits = waiting(today)
    sent = set(Notice.objects.filter(task_state__in=[w.task_state for w in waits]).values_list("task_state", "kind"))
    city = Heads(source_locale()).city() if waits else None
    told = 0
    for wait in waits:
        days = working_days(city, timezone.localdate(wait.task_state.started_at), today)
        for kind, after in (("reminder", REMIND_AFTER), ("escalation", ESCALATE_AFTER)):
            if days >= after and (wait.task_state.pk, kind) not in sent and _first(wait, kind, at):
                _tell(wait, kind, days)
                told += 1
    return told


def _first(wait: Wait, kind: str, at: datetime) -> bool:
    """Whether this notice is this worker's to send: of two, one writes the row."""
    _notice, new = Notice.objects.get_or_create(task_state=wait.task_state, kind=kind, defaults={"sent_at": at})
    return new


def _tell(wait: Wait, kind: str, days: int) -> None:
    since = ngettext("há %d dia útil", "há %d dias úteis", days) % days
    if kind == "reminder":
        tell(
            wait.reviewers.people,
            wait.entry,
            lambda title: _("Ainda espera por você: %s") % title,
            lambda title: _("“%(title)s” espera %(since)s pela sua decisão.") % {"title": title, "since": since},
        )
        return
    body = wait.case.body.short if wait.case.body else ""
    tell(
        _helpers(wait),
        wait.entry,
        lambda title: _("Parado: %s") % title,
        lambda title: (
            _("“%(title)s” %(body)s está parado %(since)s. Fale com quem revisa, ou indique quem substitui.")
            % {"title": title, "body": f"({body})" if body else "", "since": since}
        ),
    )


def _helpers(wait: Wait) -> set[int]:
    """Comunicação for a body's stage; Administração where Comunicação itself is waited for."""
    staff = wait.case.staff
    waits_for_communication = bool(wait.reviewers.people & staff.people("comunicacao")) or not wait.reviewers.people
    return staff.people("administracao" if waits_for_communication else "comunicacao")
