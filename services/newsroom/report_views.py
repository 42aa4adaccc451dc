"""Reports on what went live without the two stages: with urgency, and at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.models import ModelLogEntry, PageLogEntry

from services.models import Bodies, Refused
from services.newsroom import at_once
from services.newsroom.acts import TAKING_DOWN_ROLES
from services.newsroom.admin_page import AdminPage
from services.newsroom.log_actions import LIVE_AT_ONCE, URGENT
from services.newsroom.standing import holds, sees_all
from services.spreadsheet import as_csv

PER_PAGE = 30


@dataclass(frozen=True)
class Line:
    """One act."""

    what: str
    kind: str
    body: str
    who: str
    when: datetime
    why: str
    #: Log entry that can be undone from here.
    undo: int | None = None
    state: Promise | str = ""


class ActsReport(AdminPage, TemplateView):
    """A list of acts, the newest first, and as a spreadsheet."""

    template_name = "conecta_services/admin/acts_report.html"
    header_icon = "history"
    filename = ""
    lead: Promise | str = ""
    headings: Sequence[Promise | str] = (
        _("O quê"),
        _("Tipo"),
        _("Órgão"),
        _("Quem"),
        _("Quando"),
        _("Motivo ou mudança"),
        _("Situação"),
    )

    def entries(self) -> Any:
        """Log entries, the newest first: a list, or a queryset."""
        raise NotImplementedError

    def lines(self, entries: Sequence[Any]) -> list[Line]:
        """As they are shown; a fixed number of queries."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who see all bodies."""
        if not sees_all(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page of it, or all of it as CSV."""
        if request.GET.get("export") != "csv":
            return super().get(request, *args, **kwargs)
        rows = (
            (
                line.what,
                line.kind,
                line.body,
                line.who,
                f"{timezone.localtime(line.when):%d/%m/%Y %H:%M}",
                line.why,
                line.state,
            )
            for line in self.lines(list(self.entries()))
        )
        response = HttpResponse(as_csv(map(str, self.headings), rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.filename}.csv"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines of one page."""
        page = Paginator(self.entries(), PER_PAGE).get_page(self.request.GET.get("p"))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "lines": self.lines(list(page.object_list)),
            "lead": self.lead,
            "acts_page": page,
            "headings": self.headings,
        }


def _who(entry: Any) -> str:
    return entry.user.get_full_name() or entry.user.get_username() if entry.user else str(_("Sistema"))


def _kind(entry: Any) -> str:
    model = entry.content_type.model_class()
    return str(model._meta.verbose_name).capitalize() if model else ""


class UrgentReport(ActsReport):
    """Who published with urgency, and why."""

    page_title = _("Publicações urgentes")
    header_icon = "warning"
    filename = "publicacoes-urgentes"
    lead = _("O que foi ao ar sem as duas aprovações, por quem e por quê.")

    def entries(self) -> list[Any]:
        """Of pages and of snippets."""
        found: list[Any] = []
        for table in (PageLogEntry, ModelLogEntry):
            found += table.objects.filter(action=URGENT).select_related("user", "content_type")
        return sorted(found, key=lambda entry: entry.timestamp, reverse=True)

    def lines(self, entries: Sequence[Any]) -> list[Line]:
        """With the reason."""
        bodies, owners = Bodies(), _instances(entries)
        return [
            Line(
                what=entry.label,
                kind=_kind(entry),
                body=_body(bodies, owners.get(_key(entry))),
                who=_who(entry),
                when=entry.timestamp,
                why=str(entry.data.get("reason", "")),
            )
            for entry in entries
        ]


class AtOnceReport(ActsReport):
    """What went live as it was saved, to be looked at, and undone if it was wrong."""

    page_title = _("Publicado sem aprovação prévia")
    header_icon = "time"
    filename = "publicado-sem-aprovacao-previa"
    lead = _(
        "Suspensões, visitas, avisos e horários especiais valem assim que são salvos. Veja o que mudou; "
        "“Desfazer” põe de volta o que havia antes."
    )

    def entries(self) -> Any:
        """The newest first."""
        found = ModelLogEntry.objects.filter(action=LIVE_AT_ONCE).select_related("user", "content_type")
        return found.order_by("-timestamp", "-pk")

    def lines(self, entries: Sequence[Any]) -> list[Line]:
        """With what can be undone by this person."""
        bodies, owners, undone = Bodies(), _instances(entries), at_once.undone()
        user: Any = self.request.user
        may = user.is_superuser or holds(user, *TAKING_DOWN_ROLES)
        return [
            Line(
                what=entry.label,
                kind=_kind(entry),
                body=_body(bodies, owners.get(_key(entry))),
                who=_who(entry),
                when=entry.timestamp,
                why=str(entry.formatter.format_message(entry)) if entry.formatter else "",
                undo=entry.pk if may and entry.pk not in undone else None,
                state=_("Desfeito") if entry.pk in undone else "",
            )
            for entry in entries
        ]


class UndoView(View):
    """One click."""

    def post(self, request: HttpRequest, *, entry: int) -> HttpResponseBase:
        """Put back what was there."""
        try:
            at_once.revert(entry, request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(_("Desfeito: voltou ao que era antes.")))
        return redirect(reverse("conecta_newsroom:at_once"))


def _key(entry: Any) -> tuple[int, str]:
    return entry.content_type_id, str(entry.object_id)


def _instances(entries: Sequence[Any]) -> dict[tuple[int, str], Any]:
    """What the entries are about, where it is still there: a query for each kind."""
    wanted: dict[int, set[str]] = {}
    for entry in entries:
        content_type, pk = _key(entry)
        wanted.setdefault(content_type, set()).add(pk)
    found: dict[tuple[int, str], Any] = {}
    for content_type, pks in wanted.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        if model is None:
            continue
        rows = model._default_manager.filter(pk__in=pks)
        for name in ("service", "unit"):
            if name in {field.name for field in model._meta.fields}:
                rows = rows.select_related(name)
        found |= {(content_type, str(row.pk)): row for row in rows}
    return found


def _body(bodies: Bodies, instance: Any) -> str:
    body = bodies.of(instance) if instance is not None else None
    return body.short if body else ""
