"""The screen of the former site's addresses: send a table, see what it would change, have it written."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from services.interchange.base import Unreadable, printable
from services.models import UploadedSheet
from services.old_addresses.known import known_here
from services.old_addresses.plans import Plan, plan_for
from services.old_addresses.reading import read_rows
from services.old_addresses.writing import write
from services.sheets.keeping import keep, kept
from services.sheets.uploading import TableForm

_PERMISSIONS = ("wagtailredirects.add_redirect", "wagtailredirects.change_redirect")
#: Lines that a page shows of what would change.
_SHOWN = 100


def _upload(*data: Any) -> TableForm:
    help_text = _("Um arquivo .csv de até %d MB. Nada muda antes de você conferir.")
    return TableForm(*data, label=_("Tabela de endereços"), help_text=help_text, accept=".csv", megabytes=5)


class _AddressView(View):
    """For those who may make and change redirects."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else."""
        if not request.user.has_perms(_PERMISSIONS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def shown(self, name: str, **context: Any) -> HttpResponse:
        """A page of this screen."""
        common = {
            "page_title": _("Endereços do site antigo"),
            "header_icon": "redirect",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Início")},
                {"url": reverse("wagtailredirects:index"), "label": _("Redirecionamentos")},
                {"url": "", "label": _("Endereços do site antigo")},
            ],
        }
        return TemplateResponse(self.request, f"conecta_services/admin/{name}.html", common | context)


class AddressesView(_AddressView):
    """Where one begins."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What to write, and where to put it."""
        return self.shown("addresses", form=_upload())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep a file that can be read, and go on to what it would change."""
        form = _upload(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            data = file.read()
            try:
                read_rows(data)
            except Unreadable as error:
                form.add_error("file", _("Não foi possível ler o arquivo: %s.") % error)
            else:
                sheet = keep(request.user, name=printable(file.name, 120), data=data, at=timezone.now())
                return redirect("conecta_old_addresses:plan", sheet.pk)
        return self.shown("addresses", form=form)


class PlanView(_AddressView):
    """What a file would change; and have it change."""

    def get(self, request: HttpRequest, sheet: UUID) -> HttpResponse:
        """Compared with what leads on now."""
        return self._compared(sheet, "")

    def post(self, request: HttpRequest, sheet: UUID) -> HttpResponse:
        """Write, if all is still as it was seen."""
        return self._compared(sheet, request.POST.get("conferido", "-"))

    def _compared(self, pk: UUID, seen: str) -> HttpResponse:
        sheet = kept(self.request.user, pk, timezone.now())
        if sheet is None:
            messages.warning(self.request, _("Este arquivo não está mais aqui: envie-o de novo."))
            return redirect("wagtailredirects:start_import")
        try:
            plan = plan_for(read_rows(bytes(sheet.data)), known_here())
        except Unreadable as error:
            messages.error(self.request, _("Não foi possível ler o arquivo: %s.") % error)
            return redirect("wagtailredirects:start_import")
        if seen != plan.digest:
            return self._plan(sheet, plan, stale=bool(seen))
        written = write(plan.to_write)
        UploadedSheet.objects.filter(pk=sheet.pk).delete()
        told = ngettext("%s endereço antigo gravado.", "%s endereços antigos gravados.", written) % written
        messages.success(self.request, told)
        return redirect("wagtailredirects:index")

    def _plan(self, sheet: UploadedSheet, plan: Plan, *, stale: bool) -> HttpResponse:
        return self.shown(
            "addresses_plan",
            sheet=sheet,
            plan=plan,
            stale=stale,
            writing=plan.to_write[:_SHOWN],
            more=max(len(plan.to_write) - _SHOWN, 0),
            page_subtitle=sheet.name,
        )
