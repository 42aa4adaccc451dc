"""The search for a browser's own search field: OpenSearch 1.1 and its suggestions, in the page's language."""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from pydantic_core import to_json

from search.engines.base import EngineError
from search.kinds import KIND_LABELS
from search.searching import suggest
from services.languages import current_locale, wire_tag
from services.neighbours import the_city
from services.record import etag_of

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
#: Longer names a browser may refuse (OpenSearch 1.1, ShortName and LongName).
_SHORT, _LONG = 16, 48
_MOST = 8
_LONGEST = 200


@require_safe
@cache_control(public=True, max_age=86_400)
def description(request: HttpRequest) -> HttpResponse:
    """What a browser reads when it meets the site: one query, for the city's name."""
    city = the_city()
    name = city.title if city and city.title else _("Serviços")
    root = Element("OpenSearchDescription", xmlns=_NAMESPACE)
    said = {
        "ShortName": name if len(name) <= _SHORT else _("Serviços"),
        "LongName": (_("Carta de Serviços: %s") % name)[:_LONG],
        "Description": _("Busca nos serviços da Prefeitura."),
        "InputEncoding": "UTF-8",
        "OutputEncoding": "UTF-8",
        "Language": wire_tag(current_locale()),
    }
    for tag, text in said.items():
        SubElement(root, tag).text = text
    addresses = {
        "text/html": ("results", "conecta_search:results"),
        "application/x-suggestions+json": ("suggestions", "conecta_search:browser_suggestions"),
    }
    for media_type, (relation, view) in addresses.items():
        template = f"{request.build_absolute_uri(reverse(view))}?q={{searchTerms}}"
        SubElement(root, "Url", type=media_type, rel=relation, method="get", template=template)
    own = request.build_absolute_uri(request.path)
    SubElement(root, "Url", type="application/opensearchdescription+xml", rel="self", template=own)
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/opensearchdescription+xml; charset=utf-8")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """``[query, titles, what each is, addresses]`` (OpenSearch Suggestions 1.1), from where the portal's own come."""
    typed = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    locale = current_locale()
    try:
        found = suggest(typed, locale=locale, limit=_MOST)
    except EngineError:
        return _json([typed, [], [], []], status=503)
    with translation.override(locale):
        labels = [" · ".join(filter(None, (str(KIND_LABELS[each.entry.kind]), each.name))) for each in found]
    titles = [each.entry.title for each in found]
    addresses = [request.build_absolute_uri(each.entry.url) for each in found]
    response = _json([typed, titles, labels, addresses])
    response["ETag"] = quote_etag(etag_of(response.content.decode()))
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _json(body: list[object], *, status: int = 200) -> HttpResponse:
    response = HttpResponse(to_json(body), content_type="application/x-suggestions+json", status=status)
    response["Cache-Control"] = "public, no-cache"
    return response
