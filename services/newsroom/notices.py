"""Mail about approvals, in plain words: who is asked, what came back, what went live. Sent once all is written."""

import logging
from collections.abc import Iterable
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin import mail
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_rejected, task_submitted, workflow_approved

from services.models import Stage
from services.newsroom.inbox import named
from services.newsroom.places import edit_address

logger = logging.getLogger(__name__)


def install() -> None:
    """Wagtail's own mails about workflows speak of moderation: about ours, ours speak. Called once."""
    notifier: Any = mail.BaseWorkflowStateEmailNotifier
    if not hasattr(notifier.can_handle, "_conecta"):
        can_handle = notifier.can_handle

        def not_ours(self: Any, instance: Any, **kwargs: Any) -> bool:
            return bool(can_handle(self, instance, **kwargs)) and not _is_ours(instance.current_task_state)

        not_ours._conecta = True  # type: ignore[attr-defined]
        notifier.can_handle = not_ours


@receiver(task_submitted)
def ask_for_a_decision(sender: Any, *, instance: TaskState, **_kwargs: Any) -> None:
    """Whoever may decide now is told."""
    stage = instance.task.specific
    if not isinstance(stage, Stage):
        return
    entry = instance.workflow_state.content_object
    people = stage.reviewers(stage.case(entry, instance)).people
    asker = named(instance.workflow_state.requested_by)
    tell(
        people,
        entry,
        lambda title: _("Para aprovar: %s") % title,
        lambda title: _("%(person)s pede que você leia e aprove “%(title)s”.") % {"person": asker, "title": title},
    )


@receiver(task_rejected)
def tell_of_changes(sender: Any, *, instance: TaskState, **_kwargs: Any) -> None:
    """Whoever asked gets it back, with what was said."""
    state = instance.workflow_state
    if not _is_ours(instance) or state.requested_by_id is None:
        return
    reviewer, comment = named(instance.finished_by), instance.comment

    def body(title: str) -> str:
        asked = _("%(person)s pediu mudanças em “%(title)s”.") % {"person": reviewer, "title": title}
        return f"{asked}\n\n{comment}" if comment else asked

    tell({state.requested_by_id}, state.content_object, lambda title: _("Voltou para você: %s") % title, body)


@receiver(workflow_approved)
def tell_of_publication(sender: Any, *, instance: WorkflowState, **_kwargs: Any) -> None:
    """Whoever asked is told that it is done."""
    if not _is_ours(instance.current_task_state) or instance.requested_by_id is None:
        return
    tell(
        {instance.requested_by_id},
        instance.content_object,
        lambda title: _("Aprovado: %s") % title,
        lambda title: _("“%s” recebeu as duas aprovações e vai ao ar: agora, ou na data marcada.") % title,
    )


def tell(people: Iterable[int], entry: Any, subject: Any, body: Any) -> None:
    """Mail to some people about an entry, on commit: to whom, by number; subject and body of its title."""
    if entry is None:
        return
    transaction.on_commit(partial(_send, frozenset(people), entry, subject, body))


def _send(people: frozenset[int], entry: Any, subject: Any, body: Any) -> None:
    readers = get_user_model()._default_manager.filter(pk__in=people, is_active=True).exclude(email="")
    title = entry.draft_title if isinstance(entry, Page) else str(entry)
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + edit_address(entry)
    letters = []
    with override(settings.LANGUAGE_CODE):
        for reader in readers:
            hello = _("Olá, %s.") % (reader.get_short_name() or reader.get_username())
            text = f"{hello}\n\n{body(title)}\n\n{_('Abra aqui:')} {address}\n"
            letters.append(
                EmailMessage(subject(title), text, to=[reader.email], headers={"Auto-Submitted": "auto-generated"})
            )
    if not letters:
        return
    try:
        get_connection().send_messages(letters)
    except (OSError, SMTPException):
        # What was decided stays decided; it waits in the inbox too.
        logger.exception("mail about %s could not be sent", title)


def _is_ours(task_state: TaskState | None) -> bool:
    return task_state is not None and isinstance(task_state.task.specific, Stage)
