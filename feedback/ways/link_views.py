"""Rating by a private link: once, until its day; whoever comes too late is told so, and where else they can rate."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from feedback.channels import offered_by
from feedback.forms import RatingForm, fresh
from feedback.models import Rating
from feedback.submission import kept_under
from feedback.views import Rated, keep, rated, show_form
from feedback.ways.links import Link, read


# As on the portal, a rating is given in nobody's name.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate_by_link(request: HttpRequest, signed: str) -> HttpResponseBase:
    """The form of the link's service; of two phones at once one rates, and the other is told that it was used."""
    link = read(signed)
    if link is None:
        return _told(request, "unknown", status=404)
    try:
        found = rated(link.batch.service_id)
    except Http404:
        return _told(request, "gone", status=410)
    if kept_under(link.token) is not None:
        return _told(request, "used", found, status=410)
    if link.batch.expires_at <= timezone.now():
        return _told(request, "expired", found, status=410)
    if request.method != "POST":
        return show_form(request, found, _begun(link, found))
    form = RatingForm(request.POST, channels=offered_by(found.record))
    if not form.is_valid():
        return show_form(request, found, form)
    rating = keep(
        form,
        found.record.id,
        token=link.token,
        unit=link.batch.unit_id,
        source=Rating.Source.LINK,
        batch=link.batch.pk,
    )
    if rating.was_there:
        return _told(request, "used", found, status=410)
    return redirect("conecta_feedback:thanks", found.record.id)


def _begun(link: Link, found: Rated) -> RatingForm:
    begun = fresh(stars=0, version=found.etag, channel=link.batch.channel)
    return RatingForm(initial=begun, channels=offered_by(found.record))


def _told(request: HttpRequest, why: str, found: Rated | None = None, *, status: int) -> HttpResponseBase:
    context = {"why": why, "record": found.record if found else None}
    return render(request, "conecta_feedback/link_ended.html", context, status=status)
