"""A draft leaves the admin by one link: for an hour, while its editor is logged in and may read the entry."""

import secrets
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from wagtail.models import Page, WorkflowMixin
from wagtail.permissions import policy_registry

from services.languages import wire_tag
from services.mapping import locale_of
from services.models import FrontEnd, PreviewLink, Sourced
from services.newsroom.standing import sees_all
from services.record import Entry, to_json

LASTS = timedelta(hours=1)
#: A dot, so that a token is the same in every part of an address.
_signer = Signer(sep=".", salt="conecta.preview")


def address_for(front_end: FrontEnd, entry: Sourced, record: Entry, *, request: Any, at: datetime) -> str:
    """Where a front end shows this draft to the editor of a request, and to whoever gets the address from them."""
    forget_old(at)
    if not request.session.session_key:
        request.session.save()
    link = PreviewLink.objects.create(
        name=secrets.token_urlsafe(24),
        front_end=front_end,
        user=request.user,
        session_key=request.session.session_key,
        content_type=ContentType.objects.get_for_model(entry),
        object_id=str(entry.pk or ""),
        body=to_json(record),
        ends_at=at + LASTS,
    )
    return front_end.address_of(
        token=_signer.sign(link.name),
        kind=record.kind,
        id=record.id,
        slug=record.slug,
        locale=wire_tag(locale_of(entry)),
    )


def draft_behind(token: str, *, at: datetime) -> str | None:
    """The record that a token leads to, as JSON, while it does. What was not signed here asks the database nothing."""
    try:
        name = _signer.unsign(token)
    except BadSignature:
        return None
    link = PreviewLink.objects.filter(name=name, ends_at__gt=at).select_related("content_type").first()
    if link is None:
        return None
    user = _logged_in(link.session_key)
    return link.body if user is not None and user.pk == link.user_id and _may_still_read(user, link) else None


def forget_old(at: datetime) -> int:
    """Delete what leads nowhere any more; a duty of the worker."""
    return PreviewLink.objects.filter(ends_at__lte=at).delete()[0]


def _logged_in(session_key: str) -> Any:
    """Whose session it is, by Django's own checks; ``None`` after a logout, a new password or too long a time."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user if user.is_authenticated and user.is_active else None


def _may_still_read(user: Any, link: PreviewLink) -> bool:
    if not link.object_id:
        # An entry that is only in a form yet is nobody else's.
        return bool(user.has_perm("wagtailadmin.access_admin"))
    entry = link.entry
    return entry is not None and (sees_all(user) or may_read_draft(user, entry))


def may_read_draft(user: Any, entry: Any) -> bool:
    """As Wagtail's editor has it: whoever may change the entry, or decides on it."""
    if isinstance(entry, Page):
        permissions = entry.permissions_for_user(user)
        return bool(permissions.can_edit() or permissions.can_publish())
    policy = policy_registry.get_by_type(type(entry))
    if policy.user_has_any_permission_for_instance(user, ["add", "change", "publish"], entry):
        return True
    task = entry.current_workflow_task if isinstance(entry, WorkflowMixin) else None
    return task is not None and bool(task.user_can_access_editor(entry, user))
