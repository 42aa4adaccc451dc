"""What changed on a page of the portal, at the page's own address: public versions, no names of persons."""

from django.db.models import Exists
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from services.comparing.versions import SHOWN, told
from services.kept_pages import answer, new_page
from services.models.published import PublishedRecord, PublishedVersion
from services.views import entry

#: The last part of the address.
ENDING = "o-que-mudou/"


@require_safe
def changes(request: HttpRequest, path: str) -> HttpResponseBase:
    """The last changes of the entry at ``path``, the latest first: two queries."""
    address = request.path.removesuffix(ENDING)
    # An entry's own address may end so too, and comes first.
    itself = PublishedRecord.objects.public().filter(url__in=(request.path, iri_to_uri(request.path)))
    kept = PublishedVersion.objects.filter(~Exists(itself), record__url__in=(address, iri_to_uri(address)))
    kept = kept.filter(record__deleted=False).select_related("record").order_by("-sequence")
    versions = list(kept[: SHOWN + 1])
    if not versions:
        return entry(request, path + ENDING)
    told_of = told(versions, from_the_first=len(versions) <= SHOWN, with_names=False)
    found = [change for change in told_of if change.what != "same"]
    record = versions[0].record
    itself_in = PublishedRecord.objects.public().filter(kind=record.kind, entry_id=record.entry_id).exclude(url="")
    context = {
        "record": record,
        "address": record.url + ENDING,
        "in_languages": {locale: url + ENDING for locale, url in itself_in.values_list("locale", "url")},
        "changes": found,
        "is_all": len(versions) <= SHOWN,
        "share_url": request.build_absolute_uri(),
    }
    at = timezone.now()
    html = render_to_string("conecta_services/changes.html", context, request)
    return answer(request, new_page(html, at=at, changed=versions[0].published_at), at)
