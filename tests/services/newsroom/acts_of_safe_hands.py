"""Locking, comparing, and bringing an older version back, as rows of the table in docs/roles.md."""

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.services import charter
from tests.services.editing import edit_address, filled_in
from tests.services.newsroom.acts_of_the_table import act, named
from tests.services.newsroom.people import written
from tests.services.newsroom.world import World, opens


@act("lock a draft of the own body")
def lock(world: World) -> bool:
    world.client.post(reverse("wagtailadmin_pages:lock", args=[world.draft.pk]))
    return bool(charter.fresh(world.draft).locked)


@act("unlock a draft of the own body that another locked")
def unlock(world: World) -> bool:
    locked = {"locked": True, "locked_by": world.reviewer, "locked_at": timezone.now()}
    Page.objects.filter(pk=world.draft.pk).update(**locked)
    world.client.post(reverse("wagtailadmin_pages:unlock", args=[world.draft.pk]))
    return not charter.fresh(world.draft).locked


@act("compare two versions of a draft of the own body")
def compare(world: World) -> bool:
    first, page = world.draft.latest_revision, world.draft
    second = written(page, None, title="Outro nome")
    return opens(world.client, reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk]))


@act("read each version of a draft of another body")
def read_version(world: World) -> bool:
    first, page = world.other_draft.latest_revision, world.other_draft
    written(page, None, title="Outro nome")
    own_view = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, first.pk])
    return opens(world.client, own_view) or opens(world.client, named("read", page, first.pk))


@act("bring an older version of the own body back, as a draft")
def bring_back(world: World) -> bool:
    first, page = world.draft.latest_revision, world.draft
    written(page, None, title="Outro nome")
    shown = world.client.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]))
    if shown.status_code != 200:
        return False
    world.client.post(edit_address(page), filled_in(shown))
    return bool(charter.fresh(page).latest_revision.content["title"] == "Marcar consulta")
