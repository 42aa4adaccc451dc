"""What manifestations draw on other apps' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks

from feedback import configured
from services.record import Record, Service


@hooks.register("conecta_entry_section", order=20)
def manifest_section(request: HttpRequest, record: Record) -> str:
    """A link to the form, with the service filled in."""
    if not isinstance(record, Service) or not configured.offered():
        return ""
    return render_to_string("conecta_feedback/manifestations/section.html", {"record": record}, request)
