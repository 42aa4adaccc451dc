"""Whoever looks after an entry is told that its schedule failed, with what is to be mended."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision

from services.completeness import Incomplete
from services.telling import admin_address, tell
from services.wording import moment


def tell_of_failure(entry: Any, revision: Revision | None, error: Exception, *, reference: str) -> bool:
    """Whether somebody was told: the responsible person, else the owner, else whoever wrote what was to go live."""
    user = _person(entry, revision)
    if user is None:
        return False
    name = f"agenda-{reference}".replace(" ", "-")
    return tell(user, lambda: _mail(user, entry, revision, error), reference=name)


def _person(entry: Any, revision: Revision | None) -> Any:
    page = entry.specific if isinstance(entry, Page) else entry
    # Of what goes live at once, ``owner`` is a method.
    found = (getattr(page, "responsible", None), getattr(page, "owner", None), revision.user if revision else None)
    people: list[Any] = [user for user in found if getattr(user, "is_active", False)]
    return next((user for user in people if user.email), None)


def _mail(user: Any, entry: Any, revision: Revision | None, error: Exception) -> tuple[str, str]:
    title = str(entry)
    zone = timezone.get_current_timezone()
    if revision is not None:
        subject = _("Não foi publicado: %(title)s") % {"title": title}
        planned = revision.approved_go_live_at
        what = _("Estava marcado para ser publicado em %(moment)s, e não foi.")
    else:
        subject = _("Não saiu do ar: %(title)s") % {"title": title}
        planned = entry.expire_at
        what = _("Estava marcado para sair do ar em %(moment)s, e não saiu.")
    path = AdminURLFinder(user).get_edit_url(entry) or ""
    lines = [
        _("Olá, %(name)s.") % {"name": get_user_display_name(user)},
        "",
        title,
        what % {"moment": moment(planned, zone) if planned else ""},
        "",
        *_reasons(error),
        "",
        _("O sistema tenta de novo a cada dez minutos. Se você corrigir o texto, marque a publicação outra vez."),
        *([_("Corrija aqui: %(address)s") % {"address": admin_address(path)}] if path else []),
    ]
    return subject, "\n".join(lines) + "\n"


def _reasons(error: Exception) -> list[str]:
    if isinstance(error, Incomplete):
        return [_("O que falta:"), *(f"- {gap}" for gap in error.gaps)]
    if isinstance(error, ValidationError):
        return [_("O que está errado:"), *(f"- {message}" for message in error.messages)]
    return [_("Houve um erro no sistema. Avise quem cuida dele: o motivo está no registro do servidor.")]
