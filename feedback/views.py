"""Rating a service on the portal: whole without script, and kept by no shared cache."""

import time
import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.channels import offered_by
from feedback.forms import RatingForm, fresh
from feedback.models import Rating
from feedback.reasons import MOST
from feedback.submission import Given, NotRated, is_unit, submit
from services.client_address import client_of
from services.languages import current_locale
from services.passing_names import passing_name
from services.querysets import public_of
from services.record import Service, from_json


@dataclass(frozen=True)
class Rated:
    """The service that is rated, and which version of it is read."""

    record: Service
    etag: str


def rated(record_id: str) -> Rated:
    """A public service. Raises ``Http404``."""
    row = public_of("service", current_locale()).filter(entry_id=record_id).values_list("body", "etag").first()
    record = from_json(row[0]) if row else None
    if row is None or not isinstance(record, Service):
        raise Http404
    return Rated(record, row[1])


# A rating is given in nobody's name, so there is nobody whose name another site could use. Who goes back to a form that
# was sent must find the same, with its token: a page of "no-store", or whose own address was posted to, would be made
# anew, and counted twice.
@csrf_exempt
@cache_control(private=True, no_cache=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """The form with the star that was tapped; sent, it is answered with thanks at an address of its own.

    ``?unidade=ID``: the counter whose code was read; ``origem=qr``: a code that stands for no counter.
    """
    found = rated(record_id)
    if request.method != "POST":
        unit = _unit(request.GET.get("unidade", ""))
        way = Rating.Source.QR if unit or request.GET.get("origem") == "qr" else Rating.Source.PORTAL
        begun = fresh(stars=_star(request), version=found.etag, unit=unit, way=way)
        return show_form(request, found, RatingForm(initial=begun, channels=offered_by(found.record)))
    form = RatingForm(request.POST, channels=offered_by(found.record))
    if not form.is_valid():
        return show_form(request, found, form)
    place = passing_name("rating", client_of(request), now=time.time())
    source = form.cleaned_data["way"] or Rating.Source.PORTAL
    unit, token = _unit(form.cleaned_data["unit"]), form.cleaned_data["token"]
    keep(form, record_id, token=token, source=source, unit=unit, place=place)
    return redirect("conecta_feedback:thanks", record_id)


def keep(
    form: RatingForm,
    record_id: str,
    *,
    token: uuid.UUID,
    source: str,
    unit: str,
    place: str = "",
    batch: int | None = None,
) -> Rating:
    """Keep what a form says. Raises ``Http404`` if the service is public no more."""
    said = form.cleaned_data
    given = Given(
        token=token,
        service_id=record_id,
        stars=said["stars"],
        reasons=said["reasons"],
        comment=said["comment"],
        managed=said["managed"],
        channel=said["channel"],
        took_minutes=said["took_minutes"],
        unit_id=unit,
        version=said["version"],
        locale=current_locale(),
        source=source,
        batch=batch,
    )
    try:
        return submit(given, at=timezone.now(), place=place, by_program=form.is_by_a_program())
    except NotRated as error:
        raise Http404 from error


def show_form(request: HttpRequest, found: Rated, form: RatingForm) -> HttpResponseBase:
    """The form, as it begins or with what is wrong in it."""
    context = {"form": form, "title": found.record.title, "url": found.record.url, "most": MOST}
    return render(request, "conecta_feedback/rate.html", context, status=400 if form.is_bound else 200)


def _star(request: HttpRequest) -> int:
    asked = request.GET.get("stars", "")
    return int(asked) if asked in {"1", "2", "3", "4", "5"} else 0


def _unit(asked: str) -> str:
    """A unit's id; of one that never was, nothing: the rating is worth more than where it was given."""
    return asked if len(asked) <= 10 and is_unit(asked) else ""


@never_cache
@require_safe
def thanks(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """It was received, and what becomes of it."""
    record = rated(record_id).record
    return render(request, "conecta_feedback/thanks.html", {"title": record.title, "url": record.url})
