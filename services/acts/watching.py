"""Models whose every save and deletion is in the register, by code too.

Wagtail's views log what a person does in them. What imports, commands and the worker save is
logged here, for the models that an app names in ``watch``.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context, log

_watched: set[type[Model]] = set()


def watch(*models: type[Model]) -> None:
    """Log what code does with rows of these models; those of drafted models have a history by their actions."""
    _watched.update(models)


@receiver(post_save)
def log_saved(sender: Any, *, instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """A person's save is logged by the view."""
    if sender in _watched and not raw and not _by_person():
        log(instance, "wagtail.create" if created else "wagtail.edit", content_changed=True)


@receiver(pre_delete)
def log_deleted(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """While it still says what it was."""
    if sender in _watched and not _by_person():
        log(instance, "wagtail.delete", deleted=True)


def _by_person() -> bool:
    return get_active_log_context().user is not None
