"""Inviting people: by whom, into which groups, and the link that holds once and for seven days.

The link names the invitation and its nonce, and is signed: neither the database nor the key alone makes one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.crypto import get_random_string
from wagtail.log_actions import log

from home.first_day.models import Invitation
from services.telling import admin_address

#: How long a link holds.
LASTING = timedelta(days=7)
#: How long what is over stays in the list.
REMEMBERED = timedelta(days=30)
ADMINISTRATION = "administracao"

SENT = "conecta.invitation.sent"
REVOKED = "conecta.invitation.revoked"
ACCEPTED = "conecta.invitation.accepted"
ROLES_GIVEN = "conecta.roles_given"

_SIGNER = signing.Signer(salt="conecta.invitation")

#: What became of an address: a link was made; who has an account holds the role now, or held it already; or why not.
Outcome = Literal["invited", "given", "held", "several", "inactive", "superuser"]


class Ended(Exception):
    """The invitation was accepted, revoked, or has run out meanwhile."""


@dataclass(frozen=True)
class Result:
    """What became of an address."""

    email: str
    outcome: Outcome
    invitation: Invitation | None = None
    user: Any = None


def may_invite(user: Any) -> bool:
    """Whether somebody gives roles to people: Administração and superusers, as in Wagtail's own list of users."""
    return bool(user.is_active and user.has_perm("auth.add_user"))


@transaction.atomic
def invite(email: str, groups: Sequence[Group], *, by: Any, at: datetime) -> Result:
    """Ask somebody to hold some groups; ``by`` is ``None`` for who runs the machine. No mail is sent here."""
    email = email.strip().lower()
    accounts = list(accounts_of(email)[:2])
    if accounts:
        return _give(email, accounts, groups, by=by, at=at)
    invitation = _waiting(email).select_for_update().first()
    if invitation is None:
        invitation = Invitation(email=email)
    elif _has_run_out(invitation, at):
        # What was asked for then is not asked for now.
        invitation.groups.clear()
    _renew(invitation, by=by, at=at)
    invitation.groups.add(*groups)
    _log(invitation, SENT, by)
    return Result(email, "invited", invitation)


@transaction.atomic
def renew(invitation: Invitation, *, by: Any, at: datetime) -> Result:
    """Another link in the place of the one before. Raises ``Ended``."""
    found = _waiting(invitation.email).select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise Ended
    if accounts := list(accounts_of(found.email)[:2]):
        return _give(found.email, accounts, list(found.groups.all()), by=by, at=at)
    _renew(found, by=by, at=at)
    _log(found, SENT, by)
    return Result(found.email, "invited", found)


@transaction.atomic
def revoke(invitation: Invitation, *, by: Any, at: datetime) -> None:
    """Its link leads nowhere from now on. Raises ``Ended``."""
    if not _waiting(invitation.email).filter(pk=invitation.pk).update(revoked_at=at, nonce=""):
        raise Ended
    _log(invitation, REVOKED, by)


@transaction.atomic
def accept(invitation: Invitation, *, first_name: str, last_name: str, password: str, at: datetime) -> Any:
    """The account of who was invited, with the groups; the link is spent. Raises ``Ended``."""
    waiting = _waiting(invitation.email).filter(pk=invitation.pk, nonce=invitation.nonce)
    # Of two who press at once, one finds it waiting.
    if not waiting.update(accepted_at=at, nonce="") or accounts_of(invitation.email).exists():
        raise Ended
    users: Any = get_user_model()._default_manager
    user = users.create_user(
        username=invitation.email,
        email=invitation.email,
        password=password,
        first_name=first_name,
        last_name=last_name,
    )
    user.groups.set(invitation.groups.all())
    _log(invitation, ACCEPTED, user)
    return user


def found_by(token: str, at: datetime) -> Invitation | None:
    """The invitation of a link that holds."""
    try:
        pk, _dash, nonce = _SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    found = Invitation.objects.filter(pk=int(pk), nonce=nonce, accepted_at=None, revoked_at=None)
    invitation = found.select_related("invited_by").first()
    if invitation is None or _has_run_out(invitation, at):
        return None
    # Who may invite no more has invited nobody who has not come yet.
    if invitation.invited_by is not None and not may_invite(invitation.invited_by):
        return None
    return None if accounts_of(invitation.email).exists() else invitation


def link_of(invitation: Invitation) -> str:
    """The whole address by which it is accepted."""
    token = _SIGNER.sign(f"{invitation.pk}-{invitation.nonce}")
    return admin_address(reverse("conecta_invitation", args=[token]))


def ends_at(invitation: Invitation) -> datetime:
    """When its link ends."""
    return invitation.sent_at + LASTING


def waiting_invitations() -> QuerySet[Invitation]:
    """All that nobody has accepted or revoked, those that have run out among them."""
    return Invitation.objects.filter(accepted_at=None, revoked_at=None)


def forget_old(at: datetime) -> int:
    """Delete what has long been over; a duty of the worker. The register of acts keeps who was invited by whom."""
    before = at - REMEMBERED
    over = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(sent_at__lt=before)
    return Invitation.objects.filter(over).delete()[0]


def accounts_of(email: str) -> QuerySet[Any]:
    """Accounts with an address, or with it as their login."""
    users: QuerySet[Any] = get_user_model()._default_manager.filter(Q(email__iexact=email) | Q(username__iexact=email))
    return users.order_by("pk")


def _give(email: str, accounts: list[Any], groups: Sequence[Group], *, by: Any, at: datetime) -> Result:
    """Whoever has an account needs no link."""
    user = accounts[0]
    if len(accounts) > 1:
        return Result(email, "several")
    if not user.is_active:
        return Result(email, "inactive", user=user)
    if user.is_superuser and by is not None and not by.is_superuser:
        return Result(email, "superuser", user=user)
    _waiting(email).update(revoked_at=at, nonce="")
    held = set(user.groups.values_list("pk", flat=True))
    new = [group for group in groups if group.pk not in held]
    if not new:
        return Result(email, "held", user=user)
    user.groups.add(*new)
    log(instance=user, action=ROLES_GIVEN, user=by, data={"roles": [group.name for group in new]})
    return Result(email, "given", user=user)


def _waiting(email: str) -> QuerySet[Invitation]:
    return waiting_invitations().filter(email=email)


def _has_run_out(invitation: Invitation, at: datetime) -> bool:
    return ends_at(invitation) <= at


def _renew(invitation: Invitation, *, by: Any, at: datetime) -> None:
    invitation.nonce = get_random_string(32)
    invitation.invited_by = by
    invitation.sent_at = at
    invitation.mailed = False
    invitation.save()


def _log(invitation: Invitation, action: str, by: Any) -> None:
    names = list(invitation.groups.order_by("name").values_list("name", flat=True))
    log(instance=invitation, action=action, user=by, data={"roles": names})
