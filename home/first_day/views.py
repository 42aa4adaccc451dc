"""The list "Primeiros passos": each step as it is now; leaving one out with a reason; a mail to try the server."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.log_actions import log

from home.first_day.facts import Facts
from home.first_day.inviting import may_invite
from home.first_day.models import LeftOutStep
from home.first_day.panel import remember
from home.first_day.steps import steps
from home.first_day.steps_of_the_house import TRIAL_MAIL
from services.models import SignOfLife
from services.telling import tell

LEFT_OUT = "conecta.first_day.left_out"
TAKEN_UP = "conecta.first_day.taken_up"


class ReasonForm(forms.Form):
    """Why a step is not this city's."""

    reason = forms.CharField(label=gettext_lazy("Motivo"), max_length=200, min_length=3)


class _StepsView(View):
    """For Administração."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else."""
        if not may_invite(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ListView(_StepsView):
    """All steps."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """As they are now."""
        found = steps(Facts(request.user, timezone.now()))
        remember(found)
        over = sum(step.is_over for step in found)
        context = {
            "page_title": _("Primeiros passos"),
            "header_icon": "tasks",
            "breadcrumbs_items": [{"url": "", "label": _("Primeiros passos")}],
            "steps": found,
            "over": over,
            "next": next((step for step in found if not step.is_over), None),
        }
        return TemplateResponse(request, "conecta_home/admin/first_day.html", context)


class LeaveOutView(_StepsView):
    """A step that the city does not need."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """With a reason; without one, it is taken up again."""
        step = next((each for each in steps(Facts(request.user, timezone.now())) if each.key == key), None)
        if step is None or not step.optional:
            raise PermissionDenied
        if "retomar" in request.POST:
            LeftOutStep.objects.filter(step=key).delete()
            log(instance=request.user, action=TAKEN_UP, user=request.user, data={"step": str(step.title)})
            return redirect("conecta_first_day:list")
        form = ReasonForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Diga por que a cidade não precisa deste passo."))
            return redirect("conecta_first_day:list")
        reason = form.cleaned_data["reason"]
        LeftOutStep.objects.update_or_create(
            step=key, defaults={"reason": reason, "by_id": request.user.pk, "at": timezone.now()}
        )
        data = {"step": str(step.title), "reason": reason}
        log(instance=request.user, action=LEFT_OUT, user=request.user, data=data)
        return redirect("conecta_first_day:list")


class TrialMailView(_StepsView):
    """A mail to who asks for it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Whether the server took it is said, and kept."""
        user: Any = request.user
        if not user.email:
            messages.error(request, _("Sua conta não tem e-mail: escreva-o em “Conta”."))
        elif tell(user, _trial, reference=f"trial-{get_random_string(12)}"):
            SignOfLife.give(TRIAL_MAIL, timezone.now())
            messages.success(request, _("O servidor aceitou o e-mail para %s. Veja se ele chega.") % user.email)
        else:
            sentence = _("O e-mail não saiu. Peça à informática que veja o endereço, o usuário e a senha do servidor.")
            messages.error(request, sentence)
        return redirect("conecta_first_day:list")


def _trial() -> tuple[str, str]:
    return _("Teste de e-mail da Carta de Serviços"), _(
        "Se você lê isto, os e-mails da Carta de Serviços chegam."
    ) + "\n"
