"""Languages: ``pt-br`` in the database, ``pt-BR`` on the wire (BCP 47)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, to_locale
from wagtail.coreutils import get_content_languages, get_supported_content_language_variant
from wagtail.models import Locale


def source_locale() -> str:
    """The language that everything is written in first, as the database names it: no query."""
    return str(get_supported_content_language_variant(settings.LANGUAGE_CODE))


def wire_tag(locale: str) -> str:
    """The BCP 47 tag of a database language: ``pt-br`` becomes ``pt-BR``."""
    return to_locale(locale).replace("_", "-")


def locale_of(tag: str) -> str | None:
    """The database language that a tag names in any case, or ``None`` where the site does not speak it."""
    locale = tag.lower().replace("_", "-")
    return locale if locale in get_content_languages() else None


def current_locale() -> str:
    """The language of the request being answered, as the database names it; the source's if the site has no such."""
    return locale_of(get_language() or "") or source_locale()


def in_one_language(rows: Any, asked: Mapping[str, Any]) -> Any:
    """Of the entries of a list those in the language that its filter names (``locale``), else the source's.

    Each entry and its translations in one list are one thing said three times.
    """
    # The admin's search filters by what it indexes: the language, not its name.
    mine = Locale.objects.filter(language_code=source_locale())
    return rows if asked.get("locale") else rows.filter(locale__in=mine)


def spoken() -> list[str]:
    """Tags of the languages in which this site publishes."""
    return [wire_tag(locale) for locale in get_content_languages()]
