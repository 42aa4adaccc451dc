"""Writing down what was said by phone, at a counter, in a letter or a message (Lei 13.460 art. 10 §4)."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from feedback.manifestations import contacts
from feedback.manifestations.attachments import ACCEPTED
from feedback.manifestations.forms import FilesInput, fresh, token_of, who_of
from feedback.manifestations.holding import held_receipt, hold_receipt
from feedback.manifestations.receiving import Brought, receive
from feedback.manifestations.secret_letters import spelled
from feedback.models import Manifestation
from services.languages import current_locale, source_locale
from services.models.published import PublishedRecord
from services.wording import whole_day

ANSWER = "conecta_feedback.answer_manifestations"
Way = Manifestation.Way


class IntakeForm(django_forms.Form):
    """What the attendant hears or reads. Nothing but the way in is asked for (art. 11), and motives never."""

    way = django_forms.ChoiceField(
        choices=[(way, way.label) for way in Way if way != Way.PORTAL],
        widget=django_forms.RadioSelect,
        label=gettext_lazy("Como chegou"),
    )
    kind = django_forms.ChoiceField(
        choices=[("", gettext_lazy("a definir")), *Manifestation.Kind.choices],
        required=False,
        label=gettext_lazy("Tipo"),
        help_text=gettext_lazy("Sem tipo, só a Ouvidoria vê até alguém definir."),
    )
    service = django_forms.ChoiceField(
        required=False, label=gettext_lazy("Serviço"), help_text=gettext_lazy("Se for sobre um serviço da Carta.")
    )
    text = django_forms.CharField(
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 8}),
        label=gettext_lazy("O que foi dito"),
        help_text=gettext_lazy("Com as palavras da pessoa. Não pergunte por que ela quer saber."),
    )
    attachments = django_forms.FileField(
        required=False,
        widget=FilesInput(attrs={"accept": ACCEPTED}),
        label=gettext_lazy("Carta digitalizada, fotos ou documentos"),
        help_text=gettext_lazy("Até 5 arquivos PDF, JPEG, PNG ou WebP, de até 10 MB cada."),
    )
    name = django_forms.CharField(required=False, label=gettext_lazy("Nome"))
    email = django_forms.CharField(required=False, label=gettext_lazy("E-mail"))
    phone = django_forms.CharField(required=False, label=gettext_lazy("Telefone"))
    address = django_forms.CharField(
        required=False,
        label=gettext_lazy("Endereço"),
        help_text=gettext_lazy("Para responder por carta, se a pessoa quiser."),
    )
    token = django_forms.CharField(required=False, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = self.fields["service"]
        assert isinstance(services, django_forms.ChoiceField)  # noqa: S101 - for the checker
        rows = PublishedRecord.objects.public().filter(kind="service", locale=source_locale()).order_by("title")
        services.choices = [("", _("nenhum")), *rows.values_list("entry_id", "title")]
        if not contacts.can_be_kept():
            for name in ("name", "email", "phone", "address"):
                del self.fields[name]


def _for_the_ombudsman(request: HttpRequest) -> None:
    if not request.user.has_perm(ANSWER):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponseBase:
    """The form; what is sent is received by the same function as on the portal."""
    _for_the_ombudsman(request)
    if request.method == "POST" and request.POST.get("way") in Way.values:
        sent = request.POST
        token = token_of(sent.get("token", ""))
        brought = Brought(
            token=token or fresh()["token"],
            kind=sent.get("kind", ""),
            text=sent.get("text", ""),
            service_id=sent.get("service", ""),
            locale=current_locale(),
            way=sent["way"],
            contact=who_of(sent),
            files=request.FILES.getlist("attachments"),
        )
        receipt = receive(brought, at=timezone.now(), taken_by=request.user)
        response = redirect("conecta_intake:receipt")
        hold_receipt(response, receipt)
        return response
    form = IntakeForm(request.POST or None, initial={"token": fresh()["token"]})
    context = {"form": form, "page_title": _("Registrar manifestação"), "header_icon": "form"}
    return render(request, "conecta_feedback/admin/intake.html", context, status=400 if form.is_bound else 200)


@require_safe
def intake_receipt(request: HttpRequest) -> HttpResponseBase:
    """To read out, to print and to hand over."""
    _for_the_ombudsman(request)
    held = held_receipt(request)
    if held is None:
        return redirect("conecta_intake:form")
    refused = held.manifestation.movements.filter(act="received").values_list("text", flat=True)
    context = {
        "receipt": held,
        "spelled": spelled(held.secret),
        "until": whole_day(held.manifestation.due_on),
        "refused": [line for text in refused for line in text.splitlines()],
        "page_title": _("Recibo da manifestação"),
        "header_icon": "form",
    }
    return render(request, "conecta_feedback/admin/intake_receipt.html", context)
