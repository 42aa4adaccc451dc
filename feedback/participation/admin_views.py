"""The pages of participation in the admin: which there are, and how each begins."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.models import Page

from feedback.models import ConsultationAnswer, ConsultationPage, CouncilPage, YearlyReportPage
from feedback.models.participation import WRITES
from feedback.participation.new_drafts import new_draft
from feedback.participation.roles import MODERATES
from feedback.yearly.drafting import AlreadyThere, draft_report, years
from feedback.yearly.law import KINDS
from services.languages import source_locale
from services.newsroom.admin_page import AdminPage

MODELS: tuple[type[Page], ...] = (CouncilPage, ConsultationPage, YearlyReportPage)


class ForWriters(AdminPage):
    """For those who may write these pages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises ``PermissionDenied``."""
        if not request.user.has_perm(WRITES):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class ListView(ForWriters, TemplateView):
    """All of them, the newest first."""

    template_name = "conecta_feedback/admin/participation.html"
    page_title = gettext_lazy("Participação e relatórios")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One query a kind of page."""
        found: list[Any] = []
        for model in MODELS:
            own = model.objects.filter(alias_of=None, locale__language_code=source_locale()).select_related("locale")
            found += own.order_by("-latest_revision_created_at")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "pages": found,
            "has_council": any(isinstance(page, CouncilPage) for page in found),
            "waiting": self._waiting(),
        }

    def _waiting(self) -> dict[str, int] | None:
        """Ids of consultations and how many answers wait to be read; nothing for who may not read them."""
        if not self.request.user.has_perm(MODERATES):
            return None
        waiting = ConsultationAnswer.objects.filter(state=ConsultationAnswer.State.WAITING).exclude(text="")
        return dict(waiting.values_list("consultation_id").annotate(number=Count("pk")))


class BeginView(ForWriters, FormView):  # type: ignore[type-arg]
    """A short form, and a draft."""

    template_name = "conecta_feedback/admin/begin.html"
    header_icon = "plus-inverse"
    lead: Promise | str = ""
    button: Promise | str = gettext_lazy("Criar rascunho")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the list."""
        way: list[dict[str, Any]] = super().get_breadcrumbs_items()
        return [*way[:-1], {"url": reverse("conecta_participation:index"), "label": ListView.page_title}, way[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the form is for."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"lead": self.lead, "button": self.button, "back": reverse("conecta_participation:index")}

    def edited(self, page: Page, sentence: str) -> HttpResponse:
        """On to the editor."""
        messages.success(self.request, sentence)
        return redirect("wagtailadmin_pages:edit", page.pk)


class ReportForm(forms.Form):
    """Which report, and of which year."""

    kind = forms.ChoiceField(
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        label=gettext_lazy("Que relatório?"),
        help_text=gettext_lazy("A lei pede os dois, todo ano: art. 23, a avaliação; arts. 14 e 15, o da Ouvidoria."),
    )
    year = forms.TypedChoiceField(coerce=int, label=gettext_lazy("De que ano?"))

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the checker
        field.choices = [(year, str(year)) for year in years]


class BeginReportView(BeginView):
    """Counts a year, once."""

    form_class = ReportForm
    page_title = gettext_lazy("Criar relatório do ano")
    lead = gettext_lazy(
        "Os números do ano são contados agora e ficam guardados no relatório como estão hoje. Depois você escreve os "
        "textos e envia para aprovação, como qualquer página."
    )
    success_url = reverse_lazy("conecta_participation:index")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Years that are over."""
        return {**super().get_form_kwargs(), "years": years(timezone.now())}

    def form_valid(self, form: Any) -> HttpResponse:
        """A draft; or the one that is there."""
        try:
            page = draft_report(
                form.cleaned_data["kind"], form.cleaned_data["year"], user=self.request.user, at=timezone.now()
            )
        except AlreadyThere as found:
            return self.edited(
                found.report, _("Este relatório já existe: aqui está ele, com os números do dia em que foi criado.")
            )
        return self.edited(page, _("Rascunho criado, com os números do ano. Agora escreva os textos."))


class ConsultationForm(forms.Form):
    """What a consultation is called, and what it asks."""

    title = forms.CharField(
        max_length=160,
        label=gettext_lazy("Nome da consulta"),
        help_text=gettext_lazy("Exemplo: Consulta sobre o horário do posto de saúde"),
    )
    question = forms.CharField(
        max_length=300,
        label=gettext_lazy("Pergunta"),
        help_text=gettext_lazy("Uma só, curta. Exemplo: O posto deve abrir também aos sábados?"),
    )


class BeginConsultationView(BeginView):
    """Its days, the service and the rest are written in the editor."""

    form_class = ConsultationForm
    page_title = gettext_lazy("Criar consulta")
    lead = gettext_lazy(
        "Comece pelo nome e pela pergunta. No rascunho você escolhe o serviço e os dias em que ela fica aberta, e "
        "envia para aprovação."
    )

    def form_valid(self, form: Any) -> HttpResponse:
        """A draft."""
        page = new_draft(ConsultationPage(**form.cleaned_data), user=self.request.user)
        return self.edited(page, _("Rascunho criado. Agora diga quando a consulta abre e quando fecha."))


class CouncilForm(forms.Form):
    """What the council is called."""

    title = forms.CharField(
        max_length=160,
        initial=gettext_lazy("Conselho de Usuários dos Serviços Públicos"),
        label=gettext_lazy("Nome do conselho"),
        help_text=gettext_lazy("Exemplo: Conselho de Usuários dos Serviços Públicos"),
    )


class BeginCouncilView(BeginView):
    """One council; a second call leads to the first."""

    form_class = CouncilForm
    page_title = gettext_lazy("Criar página do conselho")
    lead = gettext_lazy(
        "A página mostra quem faz parte do conselho, quem cada pessoa representa, as atas, os pareceres e como "
        "participar (arts. 18 a 22)."
    )

    def form_valid(self, form: Any) -> HttpResponse:
        """A draft; or the one that is there."""
        found = CouncilPage.objects.filter(alias_of=None).order_by("pk").first()
        if found is not None:
            return self.edited(found, _("A página do conselho já existe: aqui está ela."))
        page = new_draft(CouncilPage(**form.cleaned_data), user=self.request.user)
        return self.edited(page, _("Rascunho criado. Agora diga quem são os membros e como participar."))
