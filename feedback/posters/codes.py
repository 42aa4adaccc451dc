"""QR codes, and the addresses that they hold."""

import io

import segno
from django.urls import reverse
from wagtail.admin.utils import get_admin_base_url

from services.record import Service, Unit

#: Legible after a corner is torn off or a pen went over it.
_CORRECTION = "q"
#: What a code's reader needs around it (ISO/IEC 18004).
_QUIET = 4


def rating_address(record: Service | Unit) -> str:
    """Where a code leads: the form of a service, or the services of a unit to choose from. Whole."""
    route = "conecta_feedback:rate" if isinstance(record, Service) else "conecta_feedback:rate_unit"
    return f"{_site()}{reverse(route, args=[record.id])}?origem=qr"


def spoken_address(record: Service | Unit) -> str:
    """The same, short enough to be typed from a wall: without ``https://``, in letters that are not mixed up."""
    return _without_scheme(f"{_site()}{reverse('conecta_feedback:typed', args=[record.id])}").rstrip("/")


def page_address(record: Service | Unit) -> str:
    """The record's own page as one types it."""
    return _without_scheme(f"{_site()}{reverse('conecta_services:short_link', args=[record.id])}").rstrip("/")


def as_svg(address: str) -> bytes:
    """Black on white, with its quiet zone."""
    return _drawn(address, "svg", xmldecl=True, svgclass=None, lineclass=None, scale=8, light="#fff")


def as_png(address: str) -> bytes:
    """At least 300 points wide."""
    return _drawn(address, "png", scale=12, light="#fff")


def _drawn(address: str, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    segno.make_qr(address, error=_CORRECTION).save(out, kind=form, border=_QUIET, **options)
    return out.getvalue()


def _site() -> str:
    # A code is printed for years: never the name by which this one request came.
    return (get_admin_base_url() or "").rstrip("/")


def _without_scheme(address: str) -> str:
    return address.partition("://")[2] or address
