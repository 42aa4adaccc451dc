"""The door of Wagtail's screens: what they may load, and a clear 4xx for what none of their own forms sends.

Each of the latter is Wagtail 8.0's own. tests/conecta_site/matrix asks every address so.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.generic.edit import DeletionMixin, ProcessFormView
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.admin.views.generic.chooser import CreateViewMixin, CreationFormMixin

#: For those who develop Wagtail: one fails on purpose, one shows the page of what is not there.
_FOR_DEVELOPERS = ("/admin/failwhale/", "/admin/test404/")
#: Django's own: the first deletes without a word to Wagtail's hooks, its log and our rules, the second is POST again.
_NEVER_MEANT = {"DELETE": ("delete", DeletionMixin.delete), "PUT": ("put", ProcessFormView.put)}

#: More than the portal's policy allows, for whoever is logged in. Wagtail starts its date fields and inline panels, and
#: wagtail-localize its editor, by scripts within the page; Draftail and the preview's sizes are attributes of style.
#: What is picked to be uploaded is shown from memory. Nothing is asked of, sent to or framed from elsewhere, and no
#: attribute (``onerror=``) runs: those scripts are elements.
_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "script-src-attr": ["'none'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}

logger = logging.getLogger(__name__)


class AdminDoorMiddleware:
    """Stands nearest to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """With what its pages may load; those before the login are as strict as the portal's."""
        response = self.get_response(request)
        if _is_admin(request) and request.user.is_authenticated and not hasattr(response, "_csp_replace"):
            response._csp_replace = _POLICY  # type: ignore[attr-defined]  # as django-csp's decorators do
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, values: Any
    ) -> HttpResponseBase | None:
        """405, 404 or 400 for what no screen asks for. Raises ``Http404``."""
        if not _is_admin(request):
            return None
        if request.path_info in _FOR_DEVELOPERS:
            raise Http404
        view_class: Any = getattr(view, "view_class", None)
        name, never_meant = _NEVER_MEANT.get(request.method or "", ("", None))
        if name and getattr(view_class, name, None) is never_meant:
            return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS", "POST"])
        if _makes_nothing(view_class, getattr(view, "view_initkwargs", {})):
            raise Http404
        if view_class is ExternalLinkView and request.method == "POST" and request.user.is_authenticated:
            # Its field counts an absent value as valid.
            return None if request.POST.get(f"{ExternalLinkView.form_prefix}-url") else malformed()
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """400 for a form without a field that the script of its page always sends: how many blocks a stream has."""
        if not _is_admin(request) or request.method == "GET" or not isinstance(exception, MultiValueDictKeyError):
            return None
        logger.warning("a form without a field: %s", exception)
        return malformed()


def _is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def malformed() -> HttpResponse:
    """For a form that did not come from its page."""
    sentence = _("Faltam campos neste envio. Volte à página, recarregue-a e envie de novo.")
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")


def _makes_nothing(view_class: Any, given: Mapping[str, Any]) -> bool:
    """Whether it would show the form of a chooser in which nothing can be made."""
    if view_class is None or not issubclass(view_class, CreateViewMixin):
        return False
    own = view_class.get_creation_form_class is not CreationFormMixin.get_creation_form_class
    named = ("creation_form_class", "form_fields", "exclude_form_fields")
    return not own and all(given.get(name, getattr(view_class, name, None)) is None for name in named)
