"""The mail that brings a link, and the one that tells of another role; whether they went out is said truly."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.utils import get_user_display_name

from home.first_day.inviting import Result, ends_at, link_of
from home.first_day.models import Invitation
from home.state.signs import sends_mail
from services.models import City
from services.telling import admin_address, send, tell


def mail_results(results: Iterable[Result], *, by: Any) -> int:
    """Tell each who was invited or given a role; how many could not be told.

    A server that refused one is not asked again: each attempt may take until its time runs out.
    """
    failed = 0
    for result in results:
        if result.outcome not in ("invited", "given"):
            continue
        if failed or not sends_mail() or not _mail(result, by):
            failed += 1
    return failed


def _mail(result: Result, by: Any) -> bool:
    if result.invitation is None:
        return tell(result.user, _told_of_a_role, reference=f"role-{result.user.pk}-{get_random_string(8)}")
    invitation = result.invitation
    # Nobody knows yet which language they read.
    with override(settings.LANGUAGE_CODE):
        subject, text = _invited(invitation, by)
    went = send(invitation.email, subject, text, reference=f"invitation-{invitation.pk}-{invitation.nonce[:8]}")
    if went:
        Invitation.objects.filter(pk=invitation.pk, nonce=invitation.nonce).update(mailed=True)
        invitation.mailed = True
    return went


def _invited(invitation: Invitation, by: Any) -> tuple[str, str]:
    city = City.load().title
    names = ", ".join(invitation.groups.order_by("name").values_list("name", flat=True))
    subject = _("Convite: Carta de Serviços de %(city)s") % {"city": city}
    lines = [
        _("Olá."),
        "",
        _("%(person)s convida você a cuidar da Carta de Serviços de %(city)s, com este papel: %(roles)s.")
        % {"person": get_user_display_name(by), "city": city, "roles": names}
        if by is not None
        else _("Você foi convidado a cuidar da Carta de Serviços de %(city)s, com este papel: %(roles)s.")
        % {"city": city, "roles": names},
        "",
        _("Escolha seu nome e sua senha aqui:"),
        link_of(invitation),
        "",
        _("O link vale até %(moment)s, e uma vez só. Depois, entre com este e-mail e a senha que escolheu.")
        % {"moment": f"{timezone.localtime(ends_at(invitation)):%d/%m/%Y %H:%M}"},
        _("Se você não esperava este convite, não faça nada."),
    ]
    return subject, "\n".join(lines) + "\n"


def _told_of_a_role() -> tuple[str, str]:
    home = admin_address(reverse("wagtailadmin_home"))
    lines = [
        _("Olá."),
        "",
        _("Você tem mais um papel na Carta de Serviços. Sua conta e sua senha são as mesmas de antes."),
        _("Entre aqui: %(address)s") % {"address": home},
    ]
    return _("Você tem mais um papel na Carta de Serviços"), "\n".join(lines) + "\n"
