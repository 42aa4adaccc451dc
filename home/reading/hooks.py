"""The glossary in the admin and on the portal's pages, and what stands beside a page's heading to help with reading."""

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


@hooks.register("conecta_article_html")
def explain_words(html: str, record: Record) -> str:
    """What an entry's page says, with the first use of each word of the glossary as a link to what it means."""
    marker = glossary(current_locale()).marker
    return marker.mark(html, reverse("conecta_reading:glossary")) if marker.forms else html


@hooks.register("conecta_article_tools")
def reading_tools(record: Record, *, in_libras: bool = False) -> str:
    """Read aloud, and in Libras, which is made of Portuguese. On the page in Libras: what it asks of others."""
    has_libras = current_locale() == source_locale()
    context = {"record": record, "in_libras": in_libras, "has_libras": has_libras}
    return render_to_string("conecta_home/reading/tools.html", context)
