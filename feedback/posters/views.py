"""Codes and posters over HTTP, and the page that a unit's code opens: public, kept, and the same for all."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from feedback.posters.codes import as_png, as_svg, rating_address
from feedback.posters.naming import file_name, poster_name
from feedback.posters.printing import Size, fingerprint, printed
from feedback.posters.reading import NoPoster, kind_of, poster_of, record_of, services_at
from services.kept_bytes import KeptBytes
from services.kept_pages import answer, new_page
from services.record import Service, Unit

#: How long a copy may be shown without asking again: hours and fees change.
_SECONDS = 300
#: How long a printed poster is kept here: its name changes with its words.
_KEPT = 24 * 3600
_prints = KeptBytes()
_FORMS = {"svg": (as_svg, "image/svg+xml"), "png": (as_png, "image/png")}


@require_safe
def code(request: HttpRequest, what: str, record_id: str, form: str) -> HttpResponseBase:
    """The QR code alone, for the city's own prints."""
    record = _record(what, record_id)
    draw, content_type = _FORMS[form]
    address = rating_address(record)
    response = HttpResponse(draw(address), content_type=content_type)
    response["Content-Disposition"] = (
        content_disposition_header(False, f"qr-{file_name(record.title) or record.id}.{form}") or ""
    )
    return _kept(request, response, etag=f'"{_hash_of(address)}-{form}"')


@require_safe
def poster(request: HttpRequest, what: str, record_id: str, size: Size) -> HttpResponseBase:
    """The poster to print: four queries; printed once for as long as its words stay."""
    record = _record(what, record_id)
    words = poster_of(record)
    etag = fingerprint(words, size)
    if request.headers.get("If-None-Match") == f'"{etag}"':
        return _kept(request, HttpResponse(), etag=f'"{etag}"')
    pdf = _prints.get(f"conecta-poster-{etag}", lambda: printed(words, size), seconds=_KEPT)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, poster_name(record, size)) or ""
    return _kept(request, response, etag=f'"{etag}"')


@require_safe
def rate_unit(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """The services of a unit, each leading to its form, which then knows where it was."""
    unit = _record("unidade", record_id)
    context = {"unit": unit, "services": services_at(record_id)}
    at = timezone.now()
    html = render_to_string("conecta_feedback/rate_unit.html", context, request)
    return answer(request, new_page(html, at=at), at)


@require_safe
def typed(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """The address that stands in letters below a code."""
    try:
        what = kind_of(record_id)
    except NoPoster as error:
        raise Http404 from error
    route = "conecta_feedback:rate" if what == "servico" else "conecta_feedback:rate_unit"
    response = redirect(f"{reverse(route, args=[record_id])}?origem=qr")
    response["Cache-Control"] = f"public, max-age={_SECONDS}"
    return response


def _hash_of(address: str) -> str:
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()


def _record(what: str, record_id: str) -> Service | Unit:
    try:
        return record_of(what, record_id)
    except NoPoster as error:
        raise Http404 from error


def _kept(request: HttpRequest, response: HttpResponse, *, etag: str) -> HttpResponseBase:
    found = get_conditional_response(request, etag=etag, response=response)
    assert found is not None  # noqa: S101 - the stub allows None for a call without a response
    found["ETag"] = etag
    found["Cache-Control"] = f"public, max-age={_SECONDS}"
    return found
