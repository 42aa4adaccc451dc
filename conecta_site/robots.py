"""What search engines are asked (RFC 9309): to read the charter, and to leave the admin and what has no end."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from services.found.addresses import everywhere


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """The same for every robot, with the address of the map of all pages."""
    lines = ["User-agent: *", f"Disallow: {reverse('wagtailadmin_home')}"]
    # Facets, leaves and orders have no end. A query alone may be read, and its page says whether it may be found.
    for path in everywhere("conecta_search:results").values():
        lines += [f"Disallow: {path}?", f"Allow: {path}?q=", f"Disallow: {path}?q=*&"]
    lines += ["", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
