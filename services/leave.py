"""Whose leave a publication has: where the newsroom is set up, nobody publishes or unpublishes on their own.

Approval, emergency and taking down give leave to the very act that they decided. Code and imports have no user:
they name themselves in the log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin

from services.languages import source_locale
from services.models import Refused, Staff, newsroom_is_set_up

_given: ContextVar[bool] = ContextVar("conecta_leave", default=False)


@contextmanager
def leave_given() -> Iterator[None]:
    """What is published or taken down inside was decided by an act of the newsroom."""
    token = _given.set(True)
    try:
        yield
    finally:
        _given.reset(token)


def require_leave(entry: Any, user: Any) -> None:
    """Raises ``Refused`` if a person makes something public, or not public, past the newsroom."""
    if user is None or _given.get() or not newsroom_is_set_up():
        return
    if isinstance(entry, TranslatableMixin) and entry.locale.language_code != source_locale():
        # Its facts were approved with its source; the words of a translation are Comunicação's to let out.
        if translates(user):
            return
        raise Refused(_("Só a Comunicação publica traduções."))
    raise Refused(
        _("Aqui nada se publica nem sai do ar sem aprovação: envie para aprovação, ou use “Publicar com urgência”.")
    )


def require_down(entry: Any, user: Any) -> None:
    """Raises ``Refused`` if a person deletes what is public, or became so while they were asked."""
    if user is None or user.is_superuser or not newsroom_is_set_up():
        return
    if isinstance(entry, Page):
        public = Page.objects.filter(path__startswith=entry.path, live=True).exists()
    else:
        public = bool(type(entry)._default_manager.filter(pk=entry.pk, live=True).exists())
    if public:
        raise Refused(_("Está no ar: peça à Comunicação que tire do ar antes de excluir."))


def translates(user: Any) -> bool:
    """Whether somebody may let out a translation."""
    staff = Staff.on(timezone.localdate())
    return bool(user.is_superuser) or staff.belongs(user.pk, "comunicacao")
