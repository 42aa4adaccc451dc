"""The demonstration's glossary, in three languages: laid out where there is none, and taken away again."""

import json
from pathlib import Path

from wagtail.models import Locale

from home.reading.models import GlossaryTerm
from services.languages import locale_of

_FILE = Path(__file__).resolve().parent / "glossary.json"


def lay_out() -> None:
    """Explain words, unless the city explains any."""
    if GlossaryTerm.objects.exists():
        return
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for word in _words():
        key = None
        for tag in ("pt-br", "es", "en"):
            if tag in locales and locale_of(tag):
                said = GlossaryTerm(
                    term=word["term"],
                    other_forms="\n".join(word["forms"]),
                    meaning=word[tag.partition("-")[0]],
                    locale=locales[tag],
                )
                if key:
                    said.translation_key = key
                said.save()
                key = said.translation_key


def take_away() -> None:
    """Of the words those that are still as they were laid out."""
    for word in _words():
        meanings = [word["pt"], word["es"], word["en"]]
        GlossaryTerm.objects.filter(term=word["term"], meaning__in=meanings).delete()


def _words() -> list[dict[str, str]]:
    words: list[dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return words
