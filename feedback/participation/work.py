"""What waits in participation, for the dashboard: answers that nobody has read, reports that the law wants by now."""

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from feedback.models import ConsultationAnswer, ConsultationPage, YearlyReportPage
from feedback.models.participation import WRITES
from feedback.participation.roles import MODERATES
from feedback.yearly.law import KINDS
from services.dashboard.work import FIRST, Line, Work
from services.languages import source_locale


@hooks.register("conecta_dashboard_panel", order=50)
def answers_to_read(request: HttpRequest, at: datetime) -> Work | None:
    """The consultation with most of them first."""
    user: Any = request.user
    if not user.has_perm(MODERATES):
        return None
    unread = ConsultationAnswer.objects.filter(
        consultation_id=OuterRef("record_id"), state=ConsultationAnswer.State.WAITING, set_aside=False
    ).exclude(text="")
    number = unread.order_by().values("consultation_id").annotate(number=Count("pk")).values("number")
    pages = ConsultationPage.objects.filter(locale__language_code=source_locale(), alias_of=None)
    rows = list(pages.annotate(unread=Subquery(number)).filter(unread__gt=0).order_by("-unread", "title"))
    lines = [
        Line(
            page.title,
            reverse("conecta_participation:answers", args=[page.pk]),
            ngettext("%d resposta a conferir.", "%d respostas a conferir.", page.unread) % page.unread,
        )
        for page in rows[:FIRST]
    ]
    total = sum(page.unread for page in rows)
    return Work(_("Respostas a consultas"), "openquote", total, lines, reverse("conecta_participation:index"))


@hooks.register("conecta_dashboard_panel", order=55)
def reports_wanted(request: HttpRequest, at: datetime) -> Work | None:
    """Of the year before, those that are not public yet (arts. 14 and 23: every year)."""
    user: Any = request.user
    if not user.has_perm(WRITES):
        return None
    year = timezone.localdate(at).year - 1
    public = set(YearlyReportPage.objects.live().filter(year=year).values_list("kind", flat=True))
    wanted = [label for kind, label in KINDS.items() if kind not in public]
    index = reverse("conecta_participation:index")
    lines = [Line(f"{label} · {year}", index, _("A lei pede, e ainda não foi publicado.")) for label in wanted]
    return Work(_("Relatórios do ano"), "doc-full", len(lines), lines, index)
