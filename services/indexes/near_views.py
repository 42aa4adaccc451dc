"""From a list of districts to the page of the one that was chosen, without a script."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from services.elsewhere.named import named


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """``?distrito=`` (id or slug) leads to its page; what names none, to the list of them all. One query."""
    try:
        district = named(request, "district", "distrito") if request.GET.get("distrito") else None
    except Http404:
        district = None
    if district is None or not district.url:
        return HttpResponseRedirect(reverse("conecta_services:distritos"))
    return HttpResponseRedirect(district.url)
