"""A body takes another name: its old one stays findable, and every old address leads on."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from services.bodies.addresses import lead_on, public_addresses
from services.bodies.permissions import may_rename
from services.both_versions import publish_change
from services.leave import leave_given
from services.models import SecretariatPage
from services.models.fields import joined, lines
from services.publishing import publishing


@dataclass(frozen=True)
class Name:
    """What a body shall be called; its address is kept where ``slug`` is the same."""

    title: str
    acronym: str
    slug: str


def rename_body(body: SecretariatPage, name: Name, *, user: Any) -> int:
    """Rename a body in its public version and in its draft; how many addresses lead on.

    In one transaction. Raises ``PermissionDenied``, ``ValidationError`` if the address is taken, ``Incomplete`` and
    ``PublishingBusy``.
    """
    if not may_rename(user, body):
        raise PermissionDenied
    with publishing(), leave_given():
        body = SecretariatPage.objects.get(pk=body.pk)
        if not Page._slug_is_available(name.slug, body.get_parent(), body):
            raise ValidationError({"slug": _("Outra página tem este endereço.")})
        moves = name.slug != body.slug
        below = [body, *body.get_descendants().specific()] if moves else []
        before = public_addresses(page for page in below if hasattr(page, "record_id"))
        data = {"title": {"old": body.title, "new": name.title}}

        def change(version: SecretariatPage) -> None:
            version.other_names = other_names(version, name)
            version.title, version.acronym, version.slug = name.title, name.acronym, name.slug

        publish_change(body, change, user=user)
        log(body, "conecta.bodies.rename", user=user, title=name.title, data=data, content_changed=True)
        return lead_on(before)


def other_names(body: SecretariatPage, name: Name, *more: SecretariatPage) -> str:
    """What a body was called before or is called elsewhere, with its old name and the names of ``more``."""
    found = lines(body.other_names)
    for old in (body, *more):
        found += [old.title, old.acronym] if old is body else [old.title, old.acronym, *lines(old.other_names)]
    current = {name.title, name.acronym, ""}
    return joined(list(dict.fromkeys(other for other in found if other not in current)))
