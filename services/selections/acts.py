"""The acts on one service of a selection, each in its own transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.both_versions import keep_books
from services.completeness import required
from services.gate import gaps_of
from services.models import Audience, ServicePage, Topic
from services.publishing import mark, publishing


class NotDone(Exception):
    """Why an act was not done, as a sentence for whoever asked."""


def may_edit(user: Any, page: ServicePage) -> bool:
    """Whether a user may change a service at all."""
    return bool(page.permissions_for_user(user).can_edit())


def may_publish(user: Any, page: ServicePage) -> bool:
    """Whether what a user changes may be public at once."""
    return bool(page.permissions_for_user(user).can_publish())


def assign(page: ServicePage, person: Any, *, user: Any) -> None:
    """Give a service to the person who looks after it; public and draft alike."""
    with publishing():
        keep_books(page, {"responsible": person})
        log(page, "conecta.service.assign", user=user, data={"person": str(person)})


def set_review(page: ServicePage, due: date, *, user: Any) -> None:
    """Set the day until which a service is to be looked at again; public and draft alike."""
    with publishing():
        keep_books(page, {"review_due": due})
        mark(page.kind, page.record_id)
        log(page, "conecta.service.review_due", user=user, data={"due": due.isoformat()})


def tag(
    page: ServicePage,
    *,
    add: Iterable[Topic | Audience],
    remove: Iterable[Topic | Audience],
    user: Any,
) -> str:
    """File a service under topics and audiences, by a new draft; ``""``, or why it is not public yet.

    It is published too if nothing else waits in the draft, nothing required is missing and the user may publish.
    Raises ``NotDone`` where nobody may edit now.
    """
    with publishing():
        page = ServicePage.objects.get(pk=page.pk)
        _require_free(page, user)
        draft = page.get_latest_revision_as_object()
        if not _file(draft, list(add), list(remove)):
            raise NotDone(_("já está assim"))
        waits = page.has_unpublished_changes or not page.live
        revision = draft.save_revision(user=user, changed=True, clean=False, log_action=True)
        if waits:
            return _("ficou no rascunho, que tem outras mudanças") if page.live else ""
        if not may_publish(user, page):
            return _("ficou como rascunho, para aprovação")
        if gaps := required(gaps_of(draft)):
            return _("ficou como rascunho: %s") % " ".join(str(gap) for gap in gaps)
        revision.publish(user=user, skip_permission_checks=True)
        return ""


def _require_free(page: ServicePage, user: Any) -> None:
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        raise NotDone(_("está bloqueado para edição"))
    if page.workflow_in_progress:
        raise NotDone(_("está em revisão"))


def _file(page: ServicePage, add: list[Any], remove: list[Any]) -> bool:
    """Whether that is anything new."""
    changed = False
    for name, model in (("topics", Topic), ("audiences", Audience)):
        held = list(getattr(page, name).all())
        gone = {one.pk for one in remove if isinstance(one, model)}
        wanted = [one for one in held if one.pk not in gone]
        wanted += [one for one in add if isinstance(one, model) and one not in held]
        if wanted != held:
            setattr(page, name, wanted)
            changed = True
    return changed
