"""Services to look after, of those that somebody may write: reviews, what they lack, links that do not open."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Subquery, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import PageLogEntry
from wagtail.permissions import page_permission_policy

from services.dashboard.work import FIRST, Line, Work
from services.languages import source_locale
from services.models import EntryScore, LinkUse, ServicePage
from services.reviews.reviewing import public_services
from services.reviews.risk import AHEAD, age


def _own(user: Any, services: Any) -> Any:
    writes = page_permission_policy.instances_user_has_permission_for(user, "change")
    return services.filter(pk__in=writes.values("pk"))


def _first(rows: Any) -> tuple[int, list[Any]]:
    """How many there are, and the first of them: one query."""
    found = list(rows.annotate(total=Window(Count("*")))[:FIRST])
    return (found[0].total if found else 0), found


def _day_of(moment: datetime, at: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localdate(at) else f"{local:%d/%m/%Y}"


def _edit(page: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page])


@hooks.register("conecta_dashboard_panel", order=5)
def written_last(request: HttpRequest, at: datetime) -> Work | None:
    """What this person wrote last, to go on with."""
    written = PageLogEntry.objects.filter(user=request.user, action="wagtail.edit", page__isnull=False)
    pages = (
        written.values("page", "page__draft_title").annotate(last=Max("timestamp")).order_by("-last", "page")[:FIRST]
    )
    lines = [Line(page["page__draft_title"], _edit(page["page"]), _day_of(page["last"], at)) for page in pages]
    return Work(_("O que você escreveu por último"), "edit", len(lines), lines, "")


@hooks.register("conecta_dashboard_panel", order=10)
def reviews(request: HttpRequest, at: datetime) -> Work | None:
    """Due within a month or overdue, the longest overdue first."""
    today = timezone.localdate(at)
    due = _own(request.user, public_services()).filter(review_due__lte=today + AHEAD).order_by("review_due", "pk")
    total, services = _first(due.only("title", "review_due"))
    lines = [
        Line(service.title, _edit(service.pk), reason.text)
        for service in services
        if (reason := age(service.review_due, today))
    ]
    return Work(_("Para revisar"), "calendar-check", total, lines, reverse("conecta_review:queue"))


@hooks.register("conecta_dashboard_panel", order=20)
def what_is_lacking(request: HttpRequest, _at: datetime) -> Work | None:
    """Without something that the law asks for, the least complete first."""
    score = EntryScore.objects.filter(kind="service", entry_id=OuterRef("record_id"))
    scored: Any = ServicePage.objects.filter(locale__language_code=source_locale(), alias_of=None).annotate(
        percent=Subquery(score.values("percent")[:1]), lacks=Subquery(score.values("required_gaps")[:1])
    )
    short = _own(request.user, scored).filter(lacks__gt=0).order_by("percent", "title", "pk")
    total, services = _first(short)
    lines = [
        Line(
            service.draft_title or service.title,
            _edit(service.pk),
            ngettext(
                "%(percent)d%% completo: falta %(lacks)d item da lei.",
                "%(percent)d%% completo: faltam %(lacks)d itens da lei.",
                service.lacks,
            )
            % {"percent": service.percent, "lacks": service.lacks},
        )
        for service in services
    ]
    address = f"{reverse('conecta_completeness:report')}?required=true"
    return Work(_("Falta o que a lei exige"), "clipboard-list", total, lines, address)


@hooks.register("conecta_dashboard_panel", order=30)
def dead_links(request: HttpRequest, _at: datetime) -> Work | None:
    """The longest dead first."""
    own = _own(request.user, public_services()).filter(record_id=OuterRef("entry_id"))
    uses = LinkUse.objects.filter(kind="service", link__dead_since__isnull=False).annotate(
        page=Subquery(own.values("pk")[:1]), title=Subquery(own.values("title")[:1]), url=F("link__url")
    )
    total, found = _first(uses.filter(page__isnull=False).order_by("link__failing_since", "pk"))
    lines = [Line(use.title, _edit(use.page), use.url) for use in found]
    return Work(_("Links que não abrem"), "link", total, lines, reverse("conecta_links:report"))
