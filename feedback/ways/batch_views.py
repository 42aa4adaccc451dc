"""Where the ombudsman makes private links as a table, to send to people who were served."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from feedback.channels import CHANNELS
from feedback.models import RatingLinkBatch
from feedback.ways import links
from services.languages import source_locale
from services.models.published import PublishedRecord
from services.spreadsheet import as_csv

PERMISSION = "conecta_feedback.add_ratinglinkbatch"
MADE = "conecta.rating_links.made"
#: Batches of which the screen tells.
_SHOWN = 50


class BatchForm(forms.Form):
    """For which service, and how many."""

    service = forms.ChoiceField(label=gettext_lazy("Serviço"))
    unit = forms.ChoiceField(
        label=gettext_lazy("Unidade de atendimento"),
        required=False,
        help_text=gettext_lazy("Se todos foram atendidos no mesmo lugar."),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Como foram atendidos"), required=False, choices=[("", "—"), *CHANNELS.items()]
    )
    count = forms.IntegerField(
        label=gettext_lazy("Quantos links"),
        min_value=1,
        max_value=links.MOST_LINKS,
        initial=100,
        help_text=gettext_lazy("Um para cada pessoa: de 1 a 1.000."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Por quantos dias valem"),
        min_value=1,
        max_value=links.LONGEST,
        initial=links.default_days,
        help_text=gettext_lazy("De 1 a 365."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("service", "service"), ("unit", "unit")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the checker
            field.choices = [("", "—"), *_public(kind)]


class BatchView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """The form, and below it what was made: how many were given, and how many came back."""

    form_class = BatchForm
    template_name = "conecta_feedback/admin/rating_links.html"
    page_title = gettext_lazy("Links de avaliação")
    header_icon = "link"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This page alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the newest batches, each with its service's title: two queries."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        batches = list(RatingLinkBatch.objects.all()[:_SHOWN])
        titles = dict(_titles("service", {batch.service_id for batch in batches}))
        gone = _("Serviço que saiu do site")
        told = [(titles.get(batch.service_id, gone), batch) for batch in batches]
        return context | {"batches": told, "submit_url": reverse("conecta_rating_links:index"), "at": timezone.now()}

    def form_valid(self, form: BatchForm) -> HttpResponse:
        """The table, which is made this once and kept nowhere."""
        said = form.cleaned_data
        batch, paths = links.make(
            said["service"],
            unit_id=said["unit"],
            channel=said["channel"],
            count=said["count"],
            days=said["days"],
            at=timezone.now(),
        )
        title = dict(_titles("service", {batch.service_id}))[batch.service_id]
        log(instance=batch, action=MADE, user=self.request.user, title=title, data={"given": batch.given})
        until = timezone.localtime(batch.expires_at).strftime("%d/%m/%Y %H:%M")
        rows = ((self.request.build_absolute_uri(path), title, until) for path in paths)
        answer = HttpResponse(as_csv((_("Link"), _("Serviço"), _("Vale até")), rows), content_type="text/csv")
        answer["Content-Disposition"] = f'attachment; filename="links-{batch.code}.csv"'
        return answer


def told(data: dict[str, Any]) -> str:
    """What the register says of a batch."""
    number = int(data.get("given", 0))
    return ngettext("Fez %d link de avaliação", "Fez %d links de avaliação", number) % number


def _public(kind: str) -> list[tuple[str, str]]:
    found = PublishedRecord.objects.public().filter(kind=kind, locale=source_locale()).order_by("title", "pk")
    return list(found.values_list("entry_id", "title"))


def _titles(kind: str, ids: set[str]) -> list[tuple[str, str]]:
    found = PublishedRecord.objects.public().filter(kind=kind, locale=source_locale(), entry_id__in=ids)
    return list(found.values_list("entry_id", "title"))
