"""Administração gives a colleague who lost the telephone another beginning."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from home.second_factor import devices


def may_reset(user: Any, colleague: Any) -> bool:
    """Who keeps accounts, but for their own; a superuser's is for superusers."""
    if user.pk == colleague.pk or not user.has_perm("auth.change_user"):
        return False
    return bool(user.is_superuser or not colleague.is_superuser)


class ResetView(View):
    """Asked once more, then done, logged, and told by mail to whose it is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises ``PermissionDenied``."""
        self.colleague = get_object_or_404(get_user_model(), pk=kwargs["user_id"])
        if not may_reset(request.user, self.colleague):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """What it does."""
        context = {
            "page_title": _("Zerar o segundo fator"),
            "page_subtitle": self.colleague.get_full_name() or self.colleague.get_username(),
            "header_icon": "lock-open",
            "colleague": self.colleague,
            "back": reverse("wagtailusers_users:edit", args=[self.colleague.pk]),
        }
        return TemplateResponse(request, "conecta_home/admin/second_factor/reset.html", context)

    def post(self, request: HttpRequest, user_id: int) -> HttpResponseBase:
        """Done."""
        devices.reset(self.colleague, by=request.user, at=timezone.now())
        messages.success(request, _("Zerado. A pessoa recebeu um e-mail e liga outro celular ao entrar."))
        return redirect("wagtailusers_users:edit", self.colleague.pk)
