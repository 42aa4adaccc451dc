"""What is drawn on an entry's page for whoever wants to keep it: nothing, until the phone's program shows it."""

from django.template.loader import render_to_string
from django.urls import reverse
from wagtail import hooks

from home.offline.items import KINDS
from services.languages import current_locale
from services.record import Record


@hooks.register("conecta_article_section", order=-10)
def keep_section(record: Record) -> str:
    """A button, hidden where nothing can be kept. The same for everybody."""
    if record.kind not in KINDS or not getattr(record, "url", ""):
        return ""
    address = reverse("conecta_home:offline_entry", args=[current_locale(), record.kind, record.id])
    return render_to_string("conecta_home/offline/section.html", {"record": record, "address": address})
