"""On the admin's first page: what somebody's bodies owe an answer to."""

from datetime import datetime, timedelta

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from feedback.owing import owed
from feedback.reading import Reader
from feedback.roles import VIEW
from services.dashboard.work import Line, Work


@hooks.register("conecta_dashboard_panel", order=8)
def manifestations_owed(request: HttpRequest, at: datetime) -> Work | None:
    """How many are open, overdue, and due within a week: one query."""
    reader, today = Reader.of(request.user), timezone.localdate(at)
    if not reader.may(VIEW):
        return None
    counts = reader.manifestations().aggregate(
        open=Count("pk", filter=owed(reader)),
        overdue=Count("pk", filter=owed(reader, lt=today)),
        week=Count("pk", filter=owed(reader, gte=today, lt=today + timedelta(days=7))),
    )
    inbox = reverse("conecta_inbox:inbox")
    lines = []
    if counts["overdue"]:
        text = ngettext("%d venceu", "%d venceram", counts["overdue"]) % counts["overdue"]
        lines.append(Line(text, f"{inbox}?due=overdue", _("A lei dá prazo para responder.")))
    if counts["week"]:
        text = ngettext("%d vence em 7 dias", "%d vencem em 7 dias", counts["week"]) % counts["week"]
        lines.append(Line(text, f"{inbox}?due=week"))
    return Work(_("Manifestações a responder"), "mail", counts["open"], lines, inbox)
