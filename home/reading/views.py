"""The glossary, and pages in Libras, which alone of all pages ask something of somebody else: when a person says so."""

from typing import Any

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.reading.glossary import glossary
from home.reading.hooks import reading_tools
from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.listings import PATH_OF_KIND
from services.neighbours import around, readable
from services.record import from_json
from services.views import render_record

#: VLibras, and the network from which the federal government gives out its files since its own server only leads there.
_VLIBRAS = ("https://vlibras.gov.br", "https://*.vlibras.gov.br", "https://cdn.jsdelivr.net/gh/spbgovbr-vlibras/")
#: Its figure is a program in WebAssembly with styles of its own.
LIBRAS_POLICY: dict[str, Any] = {
    "script-src": [*_VLIBRAS, "blob:", "'unsafe-eval'", "'wasm-unsafe-eval'"],
    "style-src": [*_VLIBRAS, "'unsafe-inline'"],
    "img-src": [*_VLIBRAS, "blob:"],
    "font-src": ["'self'", *_VLIBRAS, "data:"],
    "connect-src": ["'self'", *_VLIBRAS, "blob:", "data:"],
    "media-src": ["'self'", *_VLIBRAS, "blob:"],
    "worker-src": ["'self'", "blob:"],
}


@require_safe
def glossary_page(request: HttpRequest) -> HttpResponseBase:
    """All words with what they mean, by letter. No query but for the words themselves, twice a minute."""
    at = timezone.now()
    context = {"terms": glossary(current_locale()).terms}
    return answer(
        request, new_page(render_to_string("conecta_home/reading/glossary.html", context, request), at=at), at
    )


@require_safe
@csp_update(LIBRAS_POLICY)
def libras(request: HttpRequest) -> HttpResponseBase:
    """What VLibras is and whose; nothing of it is loaded before somebody asks for it."""
    at = timezone.now()
    return answer(request, new_page(render_to_string("conecta_home/reading/libras.html", {}, request), at=at), at)


@require_safe
@csp_update(LIBRAS_POLICY)  # type: ignore[arg-type]  # its type knows only views without arguments
def libras_of(request: HttpRequest, entry_id: str) -> HttpResponseBase:
    """An entry's page as it is elsewhere, with VLibras on demand: two queries. Raises ``Http404``."""
    rows = readable(current_locale()).filter(entry_id=entry_id, kind__in=PATH_OF_KIND).exclude(url="")
    row = rows.first()
    if row is None:
        raise Http404(entry_id)
    at = timezone.now()
    record = from_json(row.body)
    neighbours = around(record, language=current_locale())
    tools = reading_tools(record, in_libras=True)
    html = render_record(request, record, neighbours=neighbours, at=at, tools=tools)
    return answer(request, new_page(html, at=at, changed=row.changed_at), at)
