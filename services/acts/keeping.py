"""The register is only written to the end: an entry is made once, and neither changed nor deleted.

Refused are ``save()`` of an entry that is there, ``delete()`` of one or of a queryset, and
``update()`` of a queryset. Whoever may run SQL in the database can still do all of it.
"""

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.models.audit_log import LogEntryQuerySet

from services.acts.actors import actor
from services.acts.bodies import body_id_of

#: Keys of an entry's data that are ours.
BY, BODY = "by", "body"


class RegisterIsKept(Exception):
    """Somebody tried to change or delete an entry of the register."""


def refuse(*_args: Any, **_kwargs: Any) -> None:
    """Raises ``RegisterIsKept``."""
    raise RegisterIsKept(_("O registro de atos não se altera nem se apaga."))


def install() -> None:
    """Refuse what sends no signal."""
    for method in ("update", "bulk_update", "_raw_delete"):
        setattr(LogEntryQuerySet, method, refuse)


@receiver(pre_save, sender=PageLogEntry)
@receiver(pre_save, sender=ModelLogEntry)
def complete_new_entry(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """A new entry says what will not be found out later: which program acted, and whose the deleted was."""
    if not instance._state.adding:
        refuse()
    added: dict[str, str] = {}
    if instance.user_id is None and (name := actor()):
        added[BY] = name
    if instance.action == "wagtail.delete" and (body := body_id_of(_about(instance))):
        added[BODY] = body
    if added:
        instance.data = added | instance.data


@receiver(pre_delete, sender=PageLogEntry)
@receiver(pre_delete, sender=ModelLogEntry)
def keep_entry(sender: Any, **_kwargs: Any) -> None:
    """By whatever route."""
    refuse()


def _about(entry: Any) -> Any:
    """What an entry is about, if it is still there."""
    if isinstance(entry, PageLogEntry):
        return Page.objects.filter(pk=entry.page_id).first()
    model: Any = entry.content_type.model_class()
    return model._default_manager.filter(pk=entry.object_id).first() if model else None
