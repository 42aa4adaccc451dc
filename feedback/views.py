"""Rating a service on the portal: whole without script, and kept by no cache."""

import time

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.forms import RatingForm, fresh
from feedback.submission import Given, NotRated, submit
from services.client_address import client_of
from services.languages import current_locale
from services.passing_names import passing_name
from services.querysets import public_of


def _service(record_id: str) -> tuple[str, str, str]:
    """Title, address and ETag of a public service. Raises ``Http404``."""
    row = public_of("service", current_locale()).filter(entry_id=record_id).values_list("title", "url", "etag").first()
    if row is None:
        raise Http404
    title, url, etag = row
    return title, url, etag


# A rating is given in nobody's name, so there is nobody whose name another site could use.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """The form with the star that was tapped; sent, it is answered with thanks at an address of its own."""
    title, url, etag = _service(record_id)
    asked = (request.POST if request.method == "POST" else request.GET).get("stars", "")
    stars = int(asked) if asked in {"1", "2", "3", "4", "5"} else 0
    form = RatingForm(request.POST, stars=stars) if request.method == "POST" else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        given = Given(
            token=said["token"],
            service_id=record_id,
            stars=said["stars"],
            reasons=said["reasons"],
            comment=said["comment"],
            managed=said["managed"],
            version=said["version"],
            locale=current_locale(),
        )
        place = passing_name("rating", client_of(request), now=time.time())
        try:
            submit(given, at=timezone.now(), place=place, by_program=form.is_by_a_program())
        except NotRated as error:
            raise Http404 from error
        return redirect("conecta_feedback:thanks", record_id)
    shown = form or RatingForm(initial=fresh(stars=stars, version=etag), stars=stars)
    context = {"form": shown, "title": title, "url": url, "stars": stars}
    return render(request, "conecta_feedback/rate.html", context, status=400 if form else 200)


@never_cache
@require_safe
def thanks(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """It was received, and what becomes of it."""
    title, url, _etag = _service(record_id)
    return render(request, "conecta_feedback/thanks.html", {"title": title, "url": url})
