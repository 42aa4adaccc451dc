"""The code of an entry's short link, for its printed page."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from services.found.addresses import whole
from services.found.codes import as_svg
from services.models.published import PublishedRecord

#: A code says nothing but an id, which never changes.
MAX_AGE = timedelta(days=30)


@require_safe
def code(request: HttpRequest, entry_id: str) -> HttpResponse:
    """``/s/ID.svg``: one query. Raises ``Http404`` for what is not public."""
    if not PublishedRecord.objects.public().filter(entry_id=entry_id).exclude(url="").exists():
        raise Http404(entry_id)
    drawn = as_svg(whole(reverse("conecta_services:short_link", args=[entry_id])))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={int(MAX_AGE.total_seconds())}"
    return response
