"""Draw an article: of a record, the city and the language that is spoken, and of nothing else."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail import hooks

from services.found.addresses import whole
from services.lean import lean
from services.record import City, Record

Parts = Mapping[str, SafeString]

#: Behind each part while they are read as one text. No template and no record can write it: comments are taken away
#: from rich text, and what is plain is escaped.
_BEHIND = "<!--conecta:part-->"


def draw(record: Record, city: City | None, *, preview: bool = False) -> Parts:
    """The parts of a service's page, by name; without a query."""
    drawn: dict[str, str] = {}
    # Who shares a page shares its address for good, by whatever name the site was asked for it.
    context = {"record": record, "city": city, "preview": preview, "share_url": whole(record.url), "parts": drawn}
    render_to_string("conecta_services/service/article.html", context)
    texts = changed_by_apps("".join(text + _BEHIND for text in drawn.values()), record).split(_BEHIND)[:-1]
    return {name: written(lean(text).strip()) for name, text in zip(drawn, texts, strict=True)}


def changed_by_apps(html: str, record: Record) -> str:
    """What an entry's page says, as other apps write it: hooks ``conecta_article_html`` take HTML and record."""
    for hook in hooks.get_hooks("conecta_article_html"):
        html = hook(html, record)
    return html


def written(html: str) -> SafeString:
    """A part as it was drawn: templates have escaped whatever records say."""
    return mark_safe(html)  # noqa: S308
