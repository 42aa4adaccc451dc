"""The screens on which lists of districts and of bodies are pasted, looked at, and then made."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.widgets.auto_height_text import AdminAutoHeightTextInput

from home.first_day.founding import Plan, found, is_first_day, plan_bodies, plan_districts
from home.first_day.inviting import may_invite
from services.interchange.planilha.tables import MOST_BYTES
from services.models import PublishingBusy

#: The field of the second step.
CONFIRM = "conferido"


class ListForm(forms.Form):
    """A list, typed, pasted or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Lista"), required=False, widget=AdminAutoHeightTextInput(attrs={"rows": 10})
    )
    file = forms.FileField(
        label=gettext_lazy("Ou um arquivo CSV"),
        required=False,
        help_text=gettext_lazy("Salvo da planilha como CSV, com as mesmas colunas. Exemplo: orgaos.csv"),
    )

    def __init__(self, *args: Any, help_text: Promise | str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = help_text  # type: ignore[assignment]
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt"

    def clean(self) -> None:
        """The file's text, if there is one, in the place of what was typed."""
        super().clean()
        if file := self.cleaned_data.get("file"):
            if file.size > MOST_BYTES:
                self.add_error("file", _("O arquivo é grande demais: o limite é de 5 MB. Divida-o em dois."))
                return
            self.cleaned_data["text"] = _decoded(file.read())
        if not self.cleaned_data.get("text", "").strip():
            self.add_error("text", _("Cole a lista, ou escolha um arquivo."))


class _ListView(View):
    """For Administração, until the first service is public."""

    title: Promise | str = ""
    lead: Promise | str = ""
    help_text: Promise | str = ""
    icon = ""
    columns: tuple[Promise | str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else; and not past the newsroom once there is something that it guards."""
        if not may_invite(request.user):
            raise PermissionDenied
        if not is_first_day():
            sentence = _(
                "Já há serviços no ar: daqui em diante, o que é novo nasce como rascunho e passa por aprovação."
            )
            messages.info(request, sentence)
            return redirect("conecta_first_day:list")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self._shown(ListForm(help_text=self.help_text))

    def post(self, request: HttpRequest) -> HttpResponse:
        """What the list would make; with ``conferido``, have it made."""
        form = ListForm(request.POST, request.FILES, help_text=self.help_text)
        if not form.is_valid():
            return self._shown(form)
        text = form.cleaned_data["text"]
        plan = self.plan(text)
        if CONFIRM not in request.POST:
            return self._shown(form, plan=plan, text=text)
        try:
            made = found(plan)
        except PublishingBusy:
            messages.error(request, _("Outra pessoa está publicando neste momento. Tente de novo em um minuto."))
            return self._shown(form, plan=plan, text=text)
        messages.success(request, ngettext("%d cadastrado.", "%d cadastrados.", made) % made)
        return redirect("conecta_first_day:list")

    def plan(self, text: str) -> Plan:
        """What a list would make."""
        raise NotImplementedError

    def cells(self, line: Any) -> tuple[str, ...]:
        """What is shown of a line."""
        raise NotImplementedError

    def _shown(self, form: ListForm, *, plan: Plan | None = None, text: str = "") -> HttpResponse:
        context = {
            "page_title": self.title,
            "header_icon": self.icon,
            "breadcrumbs_items": [
                {"url": reverse("conecta_first_day:list"), "label": _("Primeiros passos")},
                {"url": "", "label": self.title},
            ],
            "lead": self.lead,
            "form": form,
            "media": form.media,
            "plan": plan,
            "columns": self.columns,
            "rows": [self.cells(line) for line in plan.new] if plan else [],
            "text": text,
            "confirm": CONFIRM,
        }
        return TemplateResponse(self.request, "conecta_home/admin/list_of_names.html", context)


class DistrictsView(_ListView):
    """Districts and villages."""

    title = gettext_lazy("Distritos e povoados")
    icon = "site"
    lead = gettext_lazy("Cole um nome por linha. Os que já estão aqui não mudam.")
    help_text = gettext_lazy(
        "Só os nomes, ou as colunas da planilha: nome; tipo (Sede, Distrito ou Povoado); distrito a que pertence; "
        "latitude; longitude. Exemplo: Inhobim; Distrito"
    )
    columns = (gettext_lazy("Nome"), gettext_lazy("Tipo"), gettext_lazy("Pertence a"), gettext_lazy("Coordenadas"))

    def plan(self, text: str) -> Plan:
        """Of districts."""
        return plan_districts(text)

    def cells(self, line: Any) -> tuple[str, ...]:
        """As its columns."""
        types = {"seat": _("Sede"), "district": _("Distrito"), "village": _("Povoado")}
        point = ", ".join(map(str, line.point)) if line.point else ""
        return line.name, types[line.type], line.parent, point


class BodiesView(_ListView):
    """Bodies, with their groups."""

    title = gettext_lazy("Órgãos")
    icon = "folder-inverse"
    lead = gettext_lazy(
        "Cole um órgão por linha, com a sigla. Cada um ganha os papéis Redação e Revisão; competências, contatos e "
        "horário se escrevem depois, na página dele."
    )
    help_text = gettext_lazy(
        "Com a sigla entre parênteses, ou as colunas da planilha: nome; sigla; órgão superior. "
        "Exemplo: Secretaria Municipal de Finanças (SEFIN)"
    )
    columns = (gettext_lazy("Nome"), gettext_lazy("Sigla"), gettext_lazy("Órgão superior"))

    def plan(self, text: str) -> Plan:
        """Of bodies."""
        return plan_bodies(text)

    def cells(self, line: Any) -> tuple[str, ...]:
        """As its columns."""
        return line.name, line.acronym, line.superior


def _decoded(data: bytes) -> str:
    """As people's programs write it: UTF-8, or what Windows wrote before it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
