"""Many pages move below another at once, which Wagtail does one by one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision

from services import rows
from services.acts.actors import actor
from services.acts.keeping import BY

#: Rows written by one statement.
BATCH = 200


def free_slugs(pages: Sequence[Page], target: Page) -> dict[int, str]:
    """Other slugs for those whose slug another page below the target has, by their number."""
    taken = set(
        Page.objects.child_of(target).exclude(pk__in=[page.pk for page in pages]).values_list("slug", flat=True)
    )
    changed: dict[int, str] = {}
    for page in pages:
        slug, number = page.slug, 2
        while slug in taken:
            slug, number = f"{page.slug[:245]}-{number}", number + 1
        if slug != page.slug:
            changed[page.pk] = slug
        taken.add(slug)
    return changed


def move_leaves(pages: Sequence[Page], target: Page, *, user: Any, at: datetime) -> None:
    """Move pages that have none below them, to the end below the target. Inside ``publishing()``.

    A draft takes its page's new slug too. No signal is sent: what is public of the pages is the caller's to mark.
    """
    if not pages:
        return
    sources = {page.path[: -Page.steplen] for page in pages}
    # The tree's own order of locks: from the root.
    parents = Page.objects.select_for_update().filter(path__in=sources | {target.path}).order_by("path")
    by_path = {parent.path: parent for parent in parents}
    target = by_path[target.path]
    last = Page.objects.child_of(target).aggregate(path=Max("path"))["path"]
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    slugs = free_slugs(pages, target)
    before = {page.pk: by_path[page.path[: -Page.steplen]] for page in pages}
    for page in pages:
        step += 1
        page.depth = target.depth + 1
        page.path = Page._get_path(target.path, page.depth, step)
        page.slug = slugs.get(page.pk, page.slug)
        page.url_path = f"{target.url_path}{page.slug}/"
    Page.objects.bulk_update(pages, ["path", "depth", "slug", "url_path"], batch_size=BATCH)
    for parent in by_path.values():
        gone = sum(found.pk == parent.pk for found in before.values())
        come = len(pages) if parent.pk == target.pk else 0
        if come - gone:
            Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + (come - gone))
    for revision in Revision.objects.filter(pk__in=[page.latest_revision_id for page in pages if page.pk in slugs]):
        revision.content["slug"] = slugs[int(revision.object_id)]
        revision.save(update_fields=["content"])
    _log(pages, before, target, user, at)


def _log(pages: Sequence[Page], before: dict[int, Page], target: Page, user: Any, at: datetime) -> None:
    """As a move by hand is logged."""
    context = get_active_log_context()
    by = {} if user or context.user else {BY: actor()}
    rows.insert(
        PageLogEntry,
        [
            PageLogEntry(
                page_id=page.pk,
                content_type=ContentType.objects.get_for_id(page.content_type_id),
                label=page.title,
                action="wagtail.move",
                timestamp=at,
                uuid=context.uuid,
                user=user or context.user,
                data={
                    "source": {"id": before[page.pk].pk, "title": before[page.pk].title},
                    "destination": {"id": target.pk, "title": target.title},
                    **by,
                },
            )
            for page in pages
        ],
    )
