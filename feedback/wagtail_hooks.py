"""What feedback draws on a service's page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from feedback.inbox_admin import hooks as inbox_hooks  # noqa: F401 - registers itself
from feedback.manifestations import hooks as manifestations  # noqa: F401 - registers itself
from feedback.page_help import hooks as _page_help  # noqa: F401 - registers
from feedback.panel.having import have_figures
from feedback.participation import hooks as participation_hooks  # noqa: F401 - registers itself
from feedback.posters import hooks as _posters  # noqa: F401 - registers
from feedback.reasons import STARS
from feedback.ways import hooks as _links  # noqa: F401 - registers itself
from services.record import Record, Service


@hooks.register("conecta_article_section")
def rating_section(record: Record) -> str:
    """Five links to the form: a page that is kept for all holds nothing made for one."""
    if not isinstance(record, Service):
        return ""
    return render_to_string("conecta_feedback/section.html", {"record": record, "stars": STARS.items()})


@hooks.register("conecta_entry_section")
def figures_link(request: HttpRequest, record: Record) -> str:
    """To what people say of a service, as soon as enough of them did."""
    if not isinstance(record, Service) or record.id not in have_figures():
        return ""
    return render_to_string("conecta_feedback/figures_link.html", {"record": record}, request)
