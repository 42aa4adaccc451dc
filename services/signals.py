"""What tells publishing that something changed: the only receiver of the models' signals."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from services.dismissing.acts import forget
from services.gate import require_no_new_gap
from services.keys import PAGE_KINDS
from services.models import ENTRY_MODELS, LiveAtOnce, LogHead, Sourced, entry_changed, entry_drafted
from services.models.entry import is_bookkeeping
from services.publishing import entry_of, mark, mark_all, mark_below
from services.roles import follow_body
from services.scores import drop_score, keep_score
from services.translated_tree import follow_source


@receiver(entry_changed)
def project_changed_entry(sender: Any, *, kind: str, entry_id: str, instance: Any = None, **_kwargs: Any) -> None:
    """An entry, or what goes live at once with it, was saved."""
    if instance is not None:
        require_no_new_gap(instance)
    mark(kind, entry_id)
    if kind == "secretariat":
        follow_body(entry_id)


@receiver(pre_save)
@receiver(pre_delete)
def take_the_log_first(
    sender: Any, *, instance: Any, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """Whoever will change what is public owns the log's row before any other row, or two of them could deadlock."""
    if not isinstance(instance, Sourced | LiveAtOnce | Page) or is_bookkeeping(update_fields):
        return
    if connection.in_atomic_block:
        LogHead.lock()


@receiver(entry_drafted)
def score_drafted_entry(sender: Any, *, entry: Any, **_kwargs: Any) -> None:
    """A revision of an entry was written."""
    keep_score(entry)


@receiver(post_save, sender=Page)
def project_entry_saved_as_page(
    sender: Any, *, instance: Page, raw: bool, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """An entry was saved as the base page that it also is: so scheduled expiry and moves do it."""
    # While a fixture is loaded, what a page is may not be there yet.
    entry = None if raw else entry_of(instance)
    if entry and not is_bookkeeping(update_fields):
        require_no_new_gap(instance.specific)
        mark(*entry)


@receiver(post_delete)
def project_deleted_entry(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """An entry, or what goes live at once with it, was deleted, by whatever route: an action, a cascade, a queryset."""
    if isinstance(instance, Sourced):
        drop_score(instance)
        forget(instance)
        mark(instance.kind, instance.record_id)
        if instance.kind == "secretariat":
            follow_body(instance.record_id)
    elif isinstance(instance, LiveAtOnce):
        instance.tell()


@receiver(post_page_move)
def project_moved_pages(sender: Any, *, instance: Page, **_kwargs: Any) -> None:
    """A page was moved, all below it with it, and its translations after it. ``instance`` may be a base Page."""
    mark_below(instance)
    follow_source(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def project_restricted_pages(sender: Any, *, instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A page was closed to the public or opened again, and all below it with it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        mark_below(page)


@receiver([post_save, post_delete], sender=Site)
def project_all_pages(sender: Any, **_kwargs: Any) -> None:
    """The site begins at another page: every address may be another."""
    # Wagtail's own receiver may come after this one.
    Site.clear_site_root_paths_cache()
    mark_all(
        (kind, entry_id)
        for kind in PAGE_KINDS
        for entry_id in ENTRY_MODELS[kind]._default_manager.values_list("record_id", flat=True)
    )
