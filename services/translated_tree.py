"""Where translations stand in the tree: below the translation of the page that their source stands below."""

from typing import Any

from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from services.languages import source_locale
from services.models import PublishedPage


def follow_source(page: Page) -> None:
    """Move an entry's translations after it, each below the translation of its new parent, where there is one.

    A translation that has no such parent stays where it is until its source moves again.
    """
    if not issubclass(page.specific_class or Page, PublishedPage) or page.locale.language_code != source_locale():
        return
    parent = page.get_parent()
    for translation in page.get_translations():
        below = _translated(parent, translation)
        if below is None or translation.is_child_of(below):
            continue
        free = find_available_slug(below, translation.slug)
        if free != translation.slug:
            translation.slug = free
            translation.save(update_fields=["slug"])
        translation.move(below, pos="last-child")


def _translated(parent: Page, translation: Page) -> Any:
    return None if parent.is_root() else parent.get_translation_or_none(translation.locale)
