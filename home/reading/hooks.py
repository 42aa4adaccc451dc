"""The glossary in the admin and on the portal's pages, and what stands beside a page's heading to help with reading."""

import re

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.reading.glossary import glossary
from home.reading.models import GlossaryTerm
from services.languages import current_locale, source_locale
from services.record import Record

_ARTICLE = re.compile(r"(<article\b[^>]*>)(.*)(</article>)", re.DOTALL)


class GlossaryViewSet(SnippetViewSet):
    """Words, explained."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossário")
    menu_name = "glossario"
    menu_order = 165
    add_to_admin_menu = True
    list_display = ("term", "meaning")
    search_fields = ("term", "meaning")
    panels = (FieldPanel("term"), FieldPanel("other_forms"), FieldPanel("meaning"))


register_snippet(GlossaryViewSet)


@hooks.register("conecta_entry_html")
def explain_words(html: str, record: Record) -> str:
    """An entry's page with the first use of each word of the glossary as a link to what it means."""
    found = _ARTICLE.search(html)
    marker = glossary(current_locale()).marker
    if found is None or not marker.forms:
        return html
    address = reverse("conecta_reading:glossary")
    return f"{html[: found.start(2)]}{marker.mark(found[2], address)}{html[found.end(2) :]}"


@hooks.register("conecta_entry_tools")
def reading_tools(request: HttpRequest, record: Record) -> str:
    """Read aloud, and in Libras, which is made of Portuguese. On the page in Libras: what it asks of others."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    context = {
        "record": record,
        "in_libras": here == "conecta_reading:libras_of",
        "has_libras": current_locale() == source_locale(),
    }
    return render_to_string("conecta_home/reading/tools.html", context, request)
