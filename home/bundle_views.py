"""A bundle over HTTP: kept for good under the address of its bytes, compressed, without what only documents are told.

A style or a script has no policy of its own and stands in no frame: the page's holds. Those headers would be a fortieth
of what a first visit may weigh.
"""

from csp.decorators import csp_exempt
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from home.bundles import Bundle, script_bundle, style_bundle
from home.identity import city_identity, forget_identity

_FOR_GOOD = "public, max-age=31536000, immutable"
#: Under an address of another version, which a page of another process or of before a deployment has.
_SOON_AGAIN = "public, max-age=60"
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


def current_style() -> Bundle:
    """The stylesheet in the city's colour of now."""
    return style_bundle(city_identity().colour)


@xframe_options_exempt
@csp_exempt()  # type: ignore[arg-type]  # typed for views of no argument only
@require_safe
def style(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet of an address; under an unknown one, today's."""
    bundle = current_style()
    if bundle.name != f"{digest}.css":
        plain = style_bundle("")
        if plain.name == f"{digest}.css":
            return _answer(request, plain, digest)
        # Another process may have heard of a new colour before this one.
        forget_identity()
        bundle = current_style()
    return _answer(request, bundle, digest)


@xframe_options_exempt
@csp_exempt()  # type: ignore[arg-type]  # typed for views of no argument only
@require_safe
def script(request: HttpRequest, digest: str) -> HttpResponse:
    """The script of an address; under an unknown one, today's."""
    return _answer(request, script_bundle(), digest)


def _answer(request: HttpRequest, bundle: Bundle, digest: str) -> HttpResponse:
    taken = {each.partition(";")[0].strip() for each in request.headers.get("Accept-Encoding", "").split(",")}
    body, encoding = bundle.body, ""
    if "br" in taken:
        body, encoding = bundle.brotli, "br"
    elif "gzip" in taken:
        body, encoding = bundle.gzip, "gzip"
    response = HttpResponse(body, content_type=_TYPES[bundle.kind])
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = _FOR_GOOD if bundle.name == f"{digest}.{bundle.kind}" else _SOON_AGAIN
    return response
