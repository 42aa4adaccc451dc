"""The page for what should not have happened: it asks nothing of the database, which may be what fails."""

from django.http import HttpRequest, HttpResponseServerError
from django.template.loader import render_to_string

from home.identity import known_identity


def failing(request: HttpRequest) -> HttpResponseServerError:
    """500, with the phones that this process has read before, and those of every emergency."""
    return HttpResponseServerError(render_to_string("500.html", {"city_identity": known_identity()}))
