"""Advice is waved away, and taken up again: each with its line in the history of the entry."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Page

from services.form_advice import Advice
from services.languages import source_locale
from services.mapping import locale_of
from services.models import Dismissal, Refused

#: Why advice does not fit here takes a few words: "é nome próprio" is enough.
SHORTEST_REASON = 10
DISMISSED = "conecta.advice_dismissed"
RESTORED = "conecta.advice_restored"


def may_dismiss(user: Any, entry: Any) -> bool:
    """Whoever may edit the entry, snippets as their body's policy says."""
    if isinstance(entry, Page):
        return bool(entry.permissions_for_user(user).can_edit())
    policy = type(entry).snippet_viewset.permission_policy
    return bool(policy.user_has_permission_for_instance(user, "change", entry))


def dismissals_of(entry: Any) -> dict[str, Dismissal]:
    """What was waved away of an entry, by the id of the finding; one query."""
    found = Dismissal.objects.filter(kind=entry.kind, entry_id=entry.record_id).select_related("user")
    return {each.finding: each for each in found}


def dismiss(entry: Any, advice: Advice, reason: str, *, user: Any, at: datetime) -> None:
    """Wave advice away. Raises ``Refused`` where the reason says too little, or the entry is not saved yet."""
    reason = reason.strip()
    if entry.pk is None:
        raise Refused(_("Salve o rascunho primeiro: depois você pode dispensar sugestões."))
    if len(reason) < SHORTEST_REASON:
        sentence = ngettext(
            "Diga o motivo em pelo menos %d letra: ele fica no histórico.",
            "Diga o motivo em pelo menos %d letras: ele fica no histórico.",
            SHORTEST_REASON,
        )
        raise Refused(sentence % SHORTEST_REASON)
    with transaction.atomic():
        _kept, is_new = Dismissal.objects.get_or_create(
            kind=entry.kind,
            entry_id=entry.record_id,
            finding=advice.id,
            defaults={"advice": str(advice.text), "reason": reason, "user": user, "at": at},
        )
        # Of two who wave the same away, the first said why.
        if is_new:
            log(instance=entry, action=DISMISSED, user=user, data={"advice": str(advice.text), "reason": reason})


def restore(entry: Any, finding: str, *, user: Any) -> None:
    """Show advice again; nothing if somebody else already did."""
    with transaction.atomic():
        kept = Dismissal.objects.filter(kind=entry.kind, entry_id=entry.record_id, finding=finding).first()
        if kept is not None and kept.delete()[0]:
            log(instance=entry, action=RESTORED, user=user, data={"advice": kept.advice})


def forget(entry: Any) -> None:
    """All that was waved away of an entry that is gone; of one that only lost a translation it stays."""
    if locale_of(entry) == source_locale() and not getattr(entry, "alias_of_id", None):
        Dismissal.objects.filter(kind=entry.kind, entry_id=entry.record_id).delete()
