"""The screen on which Administração invites people, and sees who has not come yet."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from home.first_day.invitation_forms import InviteForm
from home.first_day.invitation_mails import mail_results
from home.first_day.inviting import (
    Ended,
    Result,
    ends_at,
    invite,
    link_of,
    may_invite,
    renew,
    revoke,
    waiting_invitations,
)
from home.first_day.models import Invitation
from home.state.signs import sends_mail


class _InvitingView(View):
    """For those who may give roles."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else."""
        if not may_invite(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class InvitationsView(_InvitingView):
    """Invite, and see who was invited."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form, with the body that an address names."""
        return self._shown(InviteForm(initial={"role": request.GET.get("papel"), "body": request.GET.get("orgao")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """A link each; those with an account hold the role at once."""
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self._shown(form)
        at = timezone.now()
        results = [invite(email, [form.group], by=request.user, at=at) for email in form.cleaned_data["emails"]]
        _tell(request, results, failed=mail_results(results, by=request.user))
        return redirect("conecta_first_day:invitations")

    def _shown(self, form: InviteForm) -> HttpResponse:
        at = timezone.now()
        waiting = waiting_invitations().select_related("invited_by").prefetch_related("groups")
        context = {
            "page_title": _("Convidar pessoas"),
            "header_icon": "group",
            "breadcrumbs_items": [
                {"url": reverse("conecta_first_day:list"), "label": _("Primeiros passos")},
                {"url": "", "label": _("Convidar pessoas")},
            ],
            "form": form,
            "media": form.media,
            "sends_mail": sends_mail(),
            "waiting": [
                {"invitation": each, "link": link_of(each), "ends": ends_at(each), "over": ends_at(each) <= at}
                for each in waiting
            ],
            "accepted": Invitation.objects.exclude(accepted_at=None).order_by("-accepted_at")[:20],
        }
        response = TemplateResponse(self.request, "conecta_home/admin/invitations.html", context)
        # Links are nobody else's.
        response["Cache-Control"] = "private, no-store"
        return response


class RenewView(_InvitingView):
    """Another link, and another mail."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The link before it ends at once."""
        invitation = get_object_or_404(Invitation, pk=pk)
        try:
            result = renew(invitation, by=request.user, at=timezone.now())
        except Ended:
            messages.error(request, _("Este convite já não espera resposta."))
        else:
            _tell(request, [result], failed=mail_results([result], by=request.user))
        return redirect("conecta_first_day:invitations")


class RevokeView(_InvitingView):
    """Take an invitation back."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Its link ends at once."""
        invitation = get_object_or_404(Invitation, pk=pk)
        try:
            revoke(invitation, by=request.user, at=timezone.now())
        except Ended:
            messages.error(request, _("Este convite já não espera resposta."))
        else:
            messages.success(request, _("O convite de %s foi cancelado.") % invitation.email)
        return redirect("conecta_first_day:invitations")


def _tell(request: HttpRequest, results: Iterable[Result], *, failed: int) -> None:
    """What became of each, in as few sentences as it takes."""
    by_outcome: dict[str, list[str]] = {}
    for result in results:
        by_outcome.setdefault(result.outcome, []).append(result.email)
    if invited := by_outcome.get("invited"):
        told = ngettext("%d convite feito.", "%d convites feitos.", len(invited)) % len(invited)
        messages.success(request, told)
    if given := by_outcome.get("given"):
        messages.success(request, _("Já tem conta, e agora tem também este papel: %s.") % ", ".join(given))
    if held := by_outcome.get("held"):
        messages.info(request, _("Já tinha este papel: %s.") % ", ".join(held))
    if several := by_outcome.get("several"):
        messages.error(
            request, _("Há mais de uma conta com este e-mail: %s. Junte-as em Usuários.") % ", ".join(several)
        )
    if inactive := by_outcome.get("inactive"):
        messages.error(request, _("A conta está desativada: %s. Ative-a em Usuários.") % ", ".join(inactive))
    if superuser := by_outcome.get("superuser"):
        messages.error(request, _("Só outro superusuário muda este usuário: %s.") % ", ".join(superuser))
    if failed:
        sentence = _("O e-mail não saiu. Copie o link de cada convite abaixo e entregue você mesmo.")
        messages.warning(request, sentence)
