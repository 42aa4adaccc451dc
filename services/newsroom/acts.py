"""What people do to what is public, beside approving it: each act checked, each with its reason in the log."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from services.leave import leave_given
from services.models import Refused, Staff
from services.models.authorship import authors_of
from services.newsroom.log_actions import TAKEN_DOWN, URGENT
from services.publishing import publishing
from services.saying import says_something

#: A reason is a sentence, not a word.
SHORTEST_REASON = 20
#: Who may publish with urgency, each alone: another than those who wrote.
URGENT_ROLES = ("comunicacao", "administracao")
#: Who may take something down, and undo what went live at once.
TAKING_DOWN_ROLES = ("comunicacao",)


def may_publish_urgently(user: Any) -> bool:
    """Whether somebody holds one of the two roles, and is there."""
    return _holds(user, URGENT_ROLES)


def may_take_down(user: Any) -> bool:
    """Whether somebody holds the role, and is there; superusers stand in where Comunicação has nobody."""
    return bool(user.is_superuser) or _holds(user, TAKING_DOWN_ROLES)


def publish_urgently(entry: Any, user: Any, reason: str, *, seen: int | None = None) -> None:
    """Publish the latest draft without the two stages. ``seen``: the revision that the person read.

    Raises ``Refused``, or ``Incomplete``: the law asks for no less in a hurry.
    """
    with publishing():
        entry = _fresh(entry)
        if not may_publish_urgently(user):
            raise Refused(_("Só a Comunicação e a Administração publicam com urgência."))
        _require_reason(reason)
        revision = entry.latest_revision
        if revision is None or revision.pk == entry.live_revision_id:
            raise Refused(_("Não há nada novo para publicar."))
        if seen is not None and seen != revision.pk:
            raise Refused(_("O texto mudou depois que você o abriu. Leia a versão nova antes de decidir."))
        if user.pk in authors_of(entry):
            raise Refused(_("Você escreveu parte deste texto. Mesmo com urgência, outra pessoa publica."))
        log(instance=entry, action=URGENT, user=user, revision=revision, data={"reason": reason.strip()})
        with leave_given():
            revision.publish(user=user, skip_permission_checks=True)


def take_down(entry: Any, user: Any, reason: str) -> None:
    """Take something off the portal; its draft stays. Raises ``Refused``."""
    with publishing():
        entry = _fresh(entry)
        if not may_take_down(user):
            raise Refused(_("Só a Comunicação tira do ar."))
        _require_reason(reason)
        if not entry.live:
            raise Refused(_("Já não está no ar."))
        log(instance=entry, action=TAKEN_DOWN, user=user, revision=entry.live_revision, data={"reason": reason.strip()})
        action = UnpublishPageAction if isinstance(entry, Page) else UnpublishAction
        with leave_given():
            action(entry, user=user).execute(skip_permission_checks=True)


def _holds(user: Any, roles: tuple[str, ...]) -> bool:
    staff = Staff.on(timezone.localdate())
    return any(staff.belongs(user.pk, role) for role in roles)


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON or not says_something(reason):
        sentence = ngettext(
            "Diga o motivo em pelo menos %d letra: ele fica no histórico.",
            "Diga o motivo em pelo menos %d letras: ele fica no histórico.",
            SHORTEST_REASON,
        )
        raise Refused(sentence % SHORTEST_REASON)


def _fresh(entry: Any) -> Any:
    """As it is now, under the lock."""
    found = type(entry)._default_manager.get(pk=entry.pk)
    return found.specific if isinstance(found, Page) else found
