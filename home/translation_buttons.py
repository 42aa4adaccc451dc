"""What lists and pages of the admin offer for translations, in few queries.

wagtail-localize's own buttons ask twice for each row: 143 queries for a body's fifty services.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.admin.utils import quote
from django.db.models import Count, Exists, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize import wagtail_hooks as theirs
from wagtail_localize.models import TranslationSource

from services.languages import source_locale
from services.mapping import locale_of
from services.models import PublishedEntry
from services.newsroom.offering import offers_taking_down
from services.newsroom.places import act_address
from services.newsroom.standing import standing


def install() -> None:
    """Take wagtail-localize's buttons out. Wagtail has no way to take back."""
    _take_back("register_page_header_buttons", theirs.page_listing_more_buttons)
    _take_back("register_page_listing_more_buttons", theirs.page_listing_more_buttons)
    _take_back("register_snippet_listing_buttons", theirs.register_snippet_listing_buttons)


def _take_back(hook: str, function: Any) -> None:
    hooks._hooks[hook] = [entry for entry in hooks._hooks[hook] if entry[0] is not function]


@dataclass(frozen=True, slots=True)
class _Work:
    """How far the translation of a kind of things is."""

    source: int
    #: By translation key: what every language has, and where the source's news are taken over.
    in_all: frozenset[UUID]
    taken_over_at: dict[UUID, int]

    @classmethod
    def of(cls, model: Any) -> "_Work":
        locales = dict(Locale.objects.values_list("language_code", "pk"))
        source = locales.pop(source_locale())
        translated = model._default_manager.filter(locale__in=locales.values())
        counted = translated.order_by().values("translation_key").annotate(languages=Count("locale", distinct=True))
        in_all = counted.filter(languages=len(locales)).values_list("translation_key", flat=True)
        sources = TranslationSource.objects.filter(translations__enabled=True).distinct()
        return cls(source, frozenset(in_all), dict(sources.values_list("object_id", "pk")))


def _work(user: Any, model: Any) -> _Work:
    """Asked once a request, as ``standing`` is."""
    kept: dict[Any, _Work] = user.__dict__.setdefault("_conecta_translation_work", {})
    if model not in kept:
        kept[model] = _Work.of(model)
    return kept[model]


@hooks.register("register_page_listing_more_buttons")
def of_a_page(page: Page, user: Any, next_url: str | None = None, view_name: str | None = None) -> Iterator[Button]:
    """In the tree: begin a translation. Wagtail's list has asked with its rows which lack a language."""
    lacking = getattr(page, "_has_untranslated_locale", True) and locale_of(page) == source_locale()
    if lacking and not page.is_root() and user.has_perm("wagtail_localize.submit_translation"):
        begin = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        yield Button(_("Traduzir"), begin, icon_name="wagtail-localize-language", priority=60)


@hooks.register("register_page_header_buttons")
def at_the_head(page: Page, user: Any, next_url: str | None = None, view_name: str | None = None) -> Iterator[Button]:
    """Of a page: begin a translation, and take the original's news over."""
    if page.is_root() or not user.has_perm("wagtail_localize.submit_translation"):
        return
    same = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    lacking = Locale.objects.exclude(pk__in=same.values("locale"))
    begun = TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id, translations__enabled=True
    )
    asked = Page.objects.filter(pk=page.pk).values_list(Exists(lacking), Subquery(begun.values("pk")[:1]))
    for lacks_one, source in asked:
        if lacks_one:
            begin = reverse("wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk])
            yield Button(_("Traduzir esta página"), begin, icon_name="wagtail-localize-language", priority=60)
        if source:
            yield _take_over(source, next_url)


@hooks.register("register_snippet_listing_buttons")
def of_a_snippet(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Begin one, take the original's news over, take one down: its own page has no place for buttons of ours."""
    if not isinstance(snippet, TranslatableMixin) or not user.has_perm("wagtail_localize.submit_translation"):
        return
    work = _work(user, type(snippet))
    named = [snippet._meta.app_label, snippet._meta.model_name, quote(snippet.pk)]
    if snippet.locale_id == work.source and snippet.translation_key not in work.in_all:
        begin = reverse("wagtail_localize:submit_snippet_translation", args=named)
        yield Button(_("Traduzir"), begin, icon_name="wagtail-localize-language", priority=100)
    if source := work.taken_over_at.get(snippet.translation_key):
        yield _take_over(source, next_url, priority=106)
    public = isinstance(snippet, PublishedEntry) and snippet.live
    if public and snippet.locale_id != work.source and standing(user).is_set_up and offers_taking_down(user):
        yield Button(_("Tirar do ar"), act_address("take_down", snippet), icon_name="download", priority=110)


def _take_over(source: int, next_url: str | None, *, priority: int = 60) -> Button:
    then = "?" + urlencode({"next": next_url}) if next_url else ""
    place = reverse("wagtail_localize:update_translations", args=[source])
    return Button(_("Buscar os textos novos"), place + then, icon_name="resubmit", priority=priority)
