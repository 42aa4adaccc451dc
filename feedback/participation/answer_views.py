"""What people answered to a consultation, for who reads it before others do."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.log_actions import log

from feedback.models import ConsultationAnswer, ConsultationPage
from feedback.officials import official_names
from feedback.participation.roles import MODERATES
from feedback.screening import marks_of
from services.newsroom.admin_page import AdminPage
from services.spreadsheet import csv_pieces

#: That answers left the house as a file.
EXPORTED = "conecta.answers_exported"
PER_PAGE = 50
_STATE = ConsultationAnswer.State


class _OfOneConsultation:
    """For those who may read answers that nobody has read yet."""

    consultation: ConsultationPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises ``PermissionDenied``."""
        if not request.user.has_perm(MODERATES):
            raise PermissionDenied
        self.consultation = get_object_or_404(ConsultationPage, pk=kwargs["page_id"])
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def every(self) -> Any:
        """All that came, set aside or not."""
        return ConsultationAnswer.objects.filter(consultation_id=self.consultation.record_id)


class AnswersView(_OfOneConsultation, AdminPage, TemplateView):
    """Those with words, by whether somebody has read them; two buttons over those that are ticked."""

    template_name = "conecta_feedback/admin/answers.html"
    page_title = gettext_lazy("Respostas à consulta")
    header_icon = "openquote"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the list."""
        way: list[dict[str, Any]] = super().get_breadcrumbs_items()
        listed = {"url": reverse("conecta_participation:index"), "label": _("Participação e relatórios")}
        return [*way[:-1], listed, way[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of one state, with what in each may tell of somebody; five queries."""
        asked = self.request.GET.get("situacao", "")
        chosen = asked if asked in _STATE.values else _STATE.WAITING
        written = self.every().exclude(text="")
        rows = written.filter(state=chosen).order_by("set_aside", "received_at", "pk")
        answers = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        officials = official_names()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "consultation": self.consultation,
            "chosen": chosen,
            "states": [(value, label) for value, label in _STATE.choices],
            "answers": answers,
            "screened": [(each, marks_of(each.text, officials)) for each in answers],
            "total": self.every().count(),
        }

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Show to others, or not, what is ticked."""
        decided = request.POST.get("decisao")
        ticked = [int(pk) for pk in request.POST.getlist("resposta") if pk.isdecimal()]
        if decided not in (_STATE.PUBLISHED, _STATE.HIDDEN) or not ticked:
            messages.warning(request, _("Marque ao menos uma resposta."))
        else:
            number = (
                self.every()
                .filter(pk__in=ticked)
                .exclude(state=decided)
                .update(state=decided, decided_at=timezone.now(), decided_by=request.user)
            )
            shown = ngettext("%d resposta publicada.", "%d respostas publicadas.", number)
            hidden = ngettext("%d resposta não será publicada.", "%d respostas não serão publicadas.", number)
            messages.success(request, (shown if decided == _STATE.PUBLISHED else hidden) % number)
        return redirect(request.get_full_path())


class ExportView(_OfOneConsultation, View):
    """All answers as CSV; the page's history says who took them. A POST, for a link is followed by programs too."""

    def post(self, request: HttpRequest, page_id: int) -> StreamingHttpResponse:
        """Row by row."""
        log(instance=self.consultation, action=EXPORTED, user=request.user, data={"count": self.every().count()})
        header = [_("Recebida em"), _("Resposta"), _("Texto"), _("Situação"), _("Posta de lado")]
        rows = (
            (
                f"{timezone.localtime(each.received_at):%d/%m/%Y %H:%M}",
                each.get_option_display() if each.option else "",
                each.text,
                each.get_state_display(),
                _("Sim") if each.set_aside else _("Não"),
            )
            for each in self.every().order_by("received_at", "pk").iterator()
        )
        response = StreamingHttpResponse(csv_pieces(header, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="respostas-{self.consultation.record_id}.csv"'
        response["Cache-Control"] = "private, no-store"
        return response
