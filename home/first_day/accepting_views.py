"""The public door of an invitation: name and password, then the login like everybody's."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from home.first_day.invitation_forms import AcceptForm
from home.first_day.inviting import Ended, accept, found_by
from home.first_day.models import Invitation


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accepting(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for name and password; only sending them spends the link, for programs look at what mails link to."""
    at = timezone.now()
    invitation = found_by(token, at)
    if invitation is None:
        return _ended(request)
    account = get_user_model()(username=invitation.email, email=invitation.email)
    form = AcceptForm(request.POST if request.method == "POST" else None, account=account)
    if not form.is_valid():
        return _shown(request, form=form, invitation=invitation)
    given: dict[str, Any] = form.cleaned_data
    try:
        accept(
            invitation,
            first_name=given["first_name"],
            last_name=given["last_name"],
            password=given["password1"],
            at=at,
        )
    except Ended:
        return _ended(request)
    # On a machine of the town hall somebody else may be signed in.
    logout(request)
    messages.success(
        request, _("Sua conta está pronta. Entre com o e-mail %s e a senha que você escolheu.") % invitation.email
    )
    return redirect("wagtailadmin_login")


def _ended(request: HttpRequest) -> HttpResponse:
    return _shown(request, form=None, invitation=None, status=410)


def _shown(
    request: HttpRequest, *, form: AcceptForm | None, invitation: Invitation | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "invitation": invitation,
        "groups": invitation.groups.order_by("name") if invitation is not None else [],
    }
    return TemplateResponse(request, "conecta_home/admin/accept_invitation.html", context, status=status)
