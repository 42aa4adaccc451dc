"""What tells publishing that something changed: the only receiver of the models' signals."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from services.keys import PAGE_KINDS
from services.models import ENTRY_MODELS, Sourced, entry_changed
from services.publishing import mark, publishing


@receiver(entry_changed)
def project_changed_entry(sender: Any, *, kind: str, entry_id: str, **_kwargs: Any) -> None:
    """An entry, or what goes live at once with it, was saved."""
    mark(kind, entry_id)


@receiver(post_delete)
def project_deleted_entry(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """An entry was deleted, by whatever route: an action, a cascade, a queryset."""
    if isinstance(instance, Sourced) and instance.record_id:
        mark(instance.kind, instance.record_id)


@receiver(post_page_move)
def project_moved_pages(sender: Any, *, instance: Page, **_kwargs: Any) -> None:
    """A page was moved, and all below it with it. ``instance`` may be a base Page."""
    _mark_tree(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def project_restricted_pages(sender: Any, *, instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A page was closed to the public or opened again, and all below it with it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        _mark_tree(page)


def _mark_tree(page: Page) -> None:
    with publishing():
        for kind in PAGE_KINDS:
            model: Any = ENTRY_MODELS[kind]
            rows = model._default_manager.filter(path__startswith=page.path)
            for entry_id in rows.values_list("record_id", flat=True):
                mark(kind, entry_id)
