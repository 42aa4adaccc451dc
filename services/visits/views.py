"""The way to where a service is done online, through here: its press is counted, and nobody waits for that."""

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from services.kept_pages import MAX_AGE, Counted, Terms, let_keep
from services.languages import source_locale
from services.models.visit_count import PRESS
from services.neighbours import readable
from services.page_sources import LOG
from services.record import Service, from_json
from services.templatetags.conecta import followable


@require_safe
def go(request: HttpRequest, entry_id: str) -> HttpResponseBase:
    """From ``/ir/ID`` to the digital link that the service's public record has now: one query, none while it is kept.

    Nowhere else: the address is taken from the record alone, so nobody can make it lead to another place.
    """
    row = readable(get_language() or source_locale()).filter(kind="service", entry_id=entry_id).first()
    record = from_json(row.body) if row else None
    link = record.digital_link if isinstance(record, Service) else None
    address = followable(link.url) if link else ""
    if row is None or not address:
        raise Http404(entry_id)
    at = timezone.now()
    counted = Counted(row.kind, entry_id, row.locale, PRESS)
    terms = Terms(at + MAX_AGE, made_of=(LOG,), about=frozenset({entry_id}), counted=counted, here_only=True)
    response = let_keep(HttpResponseRedirect(address), terms, at)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
