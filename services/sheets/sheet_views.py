"""The screen of the spreadsheet: take it, fill it in, see what it would change, have it kept as drafts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views import View

from services.body_permissions import visible_to
from services.drafting import bodies_for, may_draft
from services.interchange.base import Unreadable, printable
from services.interchange.planilha import read_workbook, template, write_workbook
from services.interchange.planilha.tables import MOST_BYTES
from services.models import SecretariatPage, UploadedSheet
from services.sheets.here import known_to, services_below
from services.sheets.keeping import forget_old, keep, keep_longer, kept
from services.sheets.plans import Plan, plan_for
from services.sheets.uploading import TableForm
from services.sheets.writing_drafts import write_drafts

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _upload(*data: Any) -> TableForm:
    return TableForm(
        *data,
        label=_("Planilha preenchida"),
        help_text=_("Um arquivo .xlsx ou .csv de até %d MB. Nada muda antes de você conferir."),
        accept=".xlsx,.csv",
        megabytes=MOST_BYTES // 1_000_000,
    )


class _SheetView(View):
    """For those who may write somewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else."""
        if not may_draft(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def shown(self, name: str, **context: Any) -> HttpResponse:
        """A page of this screen."""
        common = {
            "page_title": _("Planilha de serviços"),
            "header_icon": "table",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Início")},
                {"url": reverse("conecta_sheets:index"), "label": _("Planilha")},
            ],
        }
        return TemplateResponse(self.request, f"conecta_services/admin/{name}.html", common | context)


class SheetView(_SheetView):
    """Where one begins."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What to take, and where to put it."""
        return self._start(_upload())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep a file that can be read, and go on to what it would change."""
        form = _upload(request.POST, request.FILES)
        if not form.is_valid():
            return self._start(form)
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            read_workbook(file.name, data)
        except Unreadable as error:
            form.add_error("file", _("Não foi possível ler a planilha: %s.") % error)
            return self._start(form)
        sheet = keep(request.user, name=printable(file.name, 120), data=data, at=timezone.now())
        return redirect("conecta_sheets:plan", sheet.pk)

    def _start(self, form: TableForm) -> HttpResponse:
        return self.shown("sheet", form=form, bodies=bodies_for(self.request.user))


class TemplateView(_SheetView):
    """The empty spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """With an example, and with what this person may write."""
        return _download(template(known_to(request.user, visible=visible_to)), "planilha-modelo.xlsx")


class ServicesView(_SheetView):
    """A body's services, ready to edit."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """As their latest drafts are, which only those see who write for the body."""
        body: SecretariatPage = get_object_or_404(bodies_for(request.user), record_id=request.GET.get("orgao", ""))
        data = write_workbook(services_below([body]), known_to(request.user, visible=visible_to))
        day = timezone.localdate(timezone.now())
        return _download(data, f"servicos-{slugify(body.acronym or body.title)}-{day:%Y-%m-%d}.xlsx")


class PlanView(_SheetView):
    """What a file would change; and have it change."""

    def get(self, request: HttpRequest, sheet: UUID) -> HttpResponse:
        """Compared with the drafts as they are now."""
        return self._compared(sheet, "", request.GET.get("parte", ""))

    def post(self, request: HttpRequest, sheet: UUID) -> HttpResponse:
        """Write the drafts, if all is still as it was seen."""
        return self._compared(sheet, request.POST.get("conferido", "-"), request.POST.get("parte", ""))

    def _compared(self, pk: UUID, seen: str, part: str) -> HttpResponse:
        """``seen`` is the digest of what the person saw before they decided."""
        sheet = kept(self.request.user, pk, timezone.now())
        if sheet is None:
            messages.warning(self.request, _("Esta planilha não está mais aqui: envie-a de novo."))
            return redirect("conecta_sheets:index")
        try:
            number = int(part) if part.isdecimal() and len(part) < 6 else 1
            plan = plan_for(self.request.user, sheet.name, bytes(sheet.data), part=number)
        except Unreadable as error:
            messages.error(self.request, _("Não foi possível ler a planilha: %s.") % error)
            return redirect("conecta_sheets:index")
        if not seen or seen != plan.digest:
            return self._plan(sheet, plan, stale=bool(seen))
        outcome = write_drafts(plan.to_write, user=self.request.user)
        if plan.next_part is None:
            UploadedSheet.objects.filter(pk=sheet.pk).delete()
        else:
            keep_longer(sheet, timezone.now())
        forget_old(timezone.now())
        return self.shown("sheet_done", sheet=sheet, outcome=outcome, plan=plan)

    def _plan(self, sheet: UploadedSheet, plan: Plan, *, stale: bool) -> HttpResponse:
        return self.shown("sheet_plan", sheet=sheet, plan=plan, stale=stale, page_subtitle=sheet.name)


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Drafts are nobody else's.
    response["Cache-Control"] = "private, no-store"
    return response
