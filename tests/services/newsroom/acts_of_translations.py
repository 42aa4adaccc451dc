"""How the acts on translations of the table in docs/roles.md are tried."""

from typing import Any

from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from services.models import PublishedRecord
from tests.services.editing import edit_address, snippet_address
from tests.services.newsroom.acts_of_the_table import ACTS, REASON, act, named
from tests.services.newsroom.world import World, opens


def _spanish() -> Locale:
    return Locale.objects.get_or_create(language_code="es")[0]


@act("begin a translation")
def begin(world: World) -> bool:
    place = reverse("wagtail_localize:submit_page_translation", args=[world.live.pk])
    world.client.post(place, {"locales": [_spanish().pk]})
    return Translation.objects.exists()


def _worked_on(entry: Any, *, left_out: int = 0) -> Translation:
    translate_object(entry, [_spanish()])
    work = Translation.objects.get(source__object_id=entry.translation_key, target_locale=_spanish())
    lines = work.export_po()
    for line in lines[left_out:]:
        line.msgstr = f"es-{line.msgid}"
    work.import_po(lines)
    return work


def _lets_out(world: World, *, left_out: int) -> bool:
    entries: list[Any] = [world.live, world.topic]
    for entry in entries:
        work = _worked_on(entry, left_out=left_out)
        there = work.get_target_instance()
        own = edit_address(there) if isinstance(there, Page) else snippet_address(type(there), "edit", there.pk)
        sync = reverse("wagtail_localize:update_translations", args=[work.source.pk])
        world.client.post(own, {"action": "publish"})
        world.client.post(sync, {"publish_translations": "on"})
    found = [PublishedRecord.objects.public().filter(locale="es", kind=entry.kind).exists() for entry in entries]
    assert found[0] == found[1], found
    return found[0]


ACTS["publish a translation in which nothing is missing"] = lambda world: _lets_out(world, left_out=0)
ACTS["publish a translation in which words are missing"] = lambda world: _lets_out(world, left_out=1)


@act("take a translation down with a reason")
def take_down(world: World) -> bool:
    entries: list[Any] = [world.live, world.topic]
    public = PublishedRecord.objects.public().filter(locale="es")
    for entry in entries:
        work = _worked_on(entry)
        work.save_target(publish=True)
        assert public.filter(kind=entry.kind).exists()
        world.client.post(named("take_down", work.get_target_instance()), {"reason": REASON})
    found = [not public.filter(kind=entry.kind).exists() for entry in entries]
    assert found[0] == found[1], found
    return found[0]


@act("make a public translation an alias of its original")
def make_an_alias(world: World) -> bool:
    _worked_on(world.live).save_target(publish=True)
    there = world.live.get_translation(_spanish())
    world.client.post(reverse("wagtail_localize:convert_to_alias", args=[there.pk]))
    there.refresh_from_db()
    return there.alias_of_id is not None


ACTS["read which translations are under way"] = lambda world: opens(
    world.client, reverse("wagtail_localize:translations_report")
)
