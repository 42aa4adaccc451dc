"""Leave every device at once: for who left one open somewhere, or lost it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from home.signing_in import log_actions
from home.signing_in.sessions import end_sessions


class SignOutEverywhereView(View):
    """Asked once more; this device is one of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What it does."""
        context = {"page_title": _("Sair de todos os aparelhos"), "header_icon": "logout"}
        return TemplateResponse(request, "conecta_home/admin/sign_out_everywhere.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Done."""
        end_sessions(request.user.pk or 0)
        log_actions.note(log_actions.SIGNED_OUT, about=request.user, by=request.user)
        request.session.flush()
        messages.success(request, _("Você saiu de todos os aparelhos, deste também."))
        return redirect("wagtailadmin_login")
