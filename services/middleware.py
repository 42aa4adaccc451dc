"""A publication that was refused or had to wait too long is told to whoever asked for it, in a sentence."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from services.completeness import Incomplete
from services.models.published import PublishingBusy


class PublishingMiddleware:
    """Stands after Django's sessions and messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do while all goes well."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """In the admin a message on the page that the editor came from; elsewhere the plain sentence."""
        if isinstance(exception, PublishingBusy):
            status = HTTPStatus.SERVICE_UNAVAILABLE
            sentence = _("Outra publicação está em andamento. Espere um minuto e tente de novo.")
        elif isinstance(exception, Incomplete):
            status = HTTPStatus.CONFLICT
            sentence = _("Ainda não pode ser publicado: %s") % exception
        else:
            return None
        response = _answer(request, sentence, status)
        if status is HTTPStatus.SERVICE_UNAVAILABLE and response.status_code == status:
            response["Retry-After"] = "60"
        return response


def _answer(request: HttpRequest, sentence: str, status: HTTPStatus) -> HttpResponse:
    # Saves by script (autosave) and windows over the page read JSON.
    if not request.accepts("text/html") or request.headers.get("X-Requested-With") == "XMLHttpRequest":
        body = {"success": False, "error_code": status.name.lower(), "error_message": sentence}
        return JsonResponse(body, status=status)
    if request.method == "POST" and request.path.startswith(reverse("wagtailadmin_home")):
        messages.error(request, sentence)
        return redirect(request.get_full_path())
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
