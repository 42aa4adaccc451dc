"""The state of the system, for those who look after it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from home.state.signs import signs


def state(request: HttpRequest) -> HttpResponse:
    """Each part with how it is and what to do. Raises ``PermissionDenied``."""
    if not request.user.has_perm("conecta_services.view_signoflife"):
        raise PermissionDenied
    at = timezone.now()
    found = signs(at)
    context = {
        "page_title": _("Estado do sistema"),
        "header_icon": "desktop",
        "signs": found,
        "worst": next((state for state in ("bad", "look") if any(sign.state == state for sign in found)), "good"),
        "at": at,
    }
    return render(request, "conecta_home/admin/state.html", context)
