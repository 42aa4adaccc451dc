"""The pages about the site over HTTP: the same for everybody."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.about.site_map import named
from home.about.statement import last_statement
from home.identity import city_identity
from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.timing import changes_at


@require_safe
def site_map(request: HttpRequest) -> HttpResponseBase:
    """Every part of the site. One query."""
    return _answer(request, "site_map", {"named": named(current_locale())}, timezone.now())


@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """What the site does, its shortcuts, what the last check found, and where to complain (LBI art. 63). No query."""
    return _answer(request, "accessibility", {"statement": last_statement()}, timezone.now())


@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    """What reading the site leaves, here and on one's own device (LGPD arts. 6 and 9). No query."""
    return _answer(request, "privacy", {}, timezone.now())


def _answer(request: HttpRequest, name: str, context: dict[str, Any], at: datetime) -> HttpResponseBase:
    context["share_url"] = request.build_absolute_uri(request.path)
    html = render_to_string(f"conecta_home/about/{name}.html", context, request)
    city = city_identity().city
    return answer(request, new_page(html, at=at, boundary=changes_at([city], at) if city else None), at)
