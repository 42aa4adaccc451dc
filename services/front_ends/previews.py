"""The preview of a draft in a front end outside: a link is made and opened in a window of its own."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from services.front_ends.links import address_for
from services.models import FrontEnd, Sourced
from services.record import Entry


class _Elsewhere(HttpResponse):
    """Not Django's redirect: the address was checked when it was written, and only https leads out."""

    status_code = 302

    def __init__(self, address: str) -> None:
        super().__init__()
        self["Location"] = address
        # The admin's addresses are nobody's business there.
        self["Referrer-Policy"] = "no-referrer"


def preview_elsewhere(
    request: HttpRequest, front_end: FrontEnd, entry: Sourced, record: Entry, *, at: datetime
) -> HttpResponse:
    """In the editor's panel, what will happen; in a window of its own, the way there."""
    if getattr(request, "in_preview_panel", False):
        return render(request, "conecta_services/admin/front_end.html", {"front_end": front_end, "record": record})
    return _Elsewhere(address_for(front_end, entry, record, request=request, at=at))
