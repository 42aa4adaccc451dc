"""What there is to take part in, and answering a consultation: whole without script, the form kept by no cache."""

import time

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.forms import fresh
from feedback.models import ConsultationPage, CouncilPage, YearlyReportPage
from feedback.participation.answering import Given, NotAnswered, answer
from feedback.participation.forms import AnswerForm
from services.client_address import client_of
from services.languages import current_locale, source_locale
from services.passing_names import passing_name


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The council, consultations by their state, and the yearly reports: three queries."""
    today = timezone.localdate()
    council, consultations, reports = (
        list(model.objects.live().public().filter(alias_of=None, locale__language_code=source_locale()))
        for model in (CouncilPage, ConsultationPage, YearlyReportPage)
    )
    states = [(each.state(today), each) for each in sorted(consultations, key=lambda each: (each.ends, each.pk))]
    context = {
        "council": council,
        "open": [each for state, each in states if state == "open"],
        "opens": [each for state, each in states if state == "opens"],
        "closed": [each for state, each in reversed(states) if state == "closed"],
        "reports": sorted(reports, key=lambda each: (-each.year, each.title)),
    }
    return render(request, "conecta_feedback/participation.html", context)


def _consultation(record_id: str) -> ConsultationPage:
    found: ConsultationPage | None = (
        ConsultationPage.objects.live()
        .public()
        .filter(record_id=record_id, alias_of=None, locale__language_code=source_locale())
        .first()
    )
    if found is None:
        raise Http404(record_id)
    return found


# An answer is given in nobody's name, so there is nobody whose name another site could use.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """The form; sent, it is answered with thanks at an address of its own. Out of its days it leads to the page."""
    page = _consultation(record_id)
    if page.state(timezone.localdate()) != "open":
        return redirect(page.url)
    kinds = {"takes_options": page.takes_options, "takes_text": page.takes_text}
    form = AnswerForm(request.POST, **kinds) if request.method == "POST" else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        given = Given(
            token=said["token"], locale=current_locale(), option=said.get("option", ""), text=said.get("text", "")
        )
        place = passing_name("consultation", client_of(request), now=time.time())
        try:
            answer(page, given, at=timezone.now(), place=place, by_program=form.is_by_a_program())
        except NotAnswered as error:
            raise Http404 from error
        return redirect("conecta_feedback:consultation_thanks", record_id)
    begun = {name: value for name, value in fresh(stars=0, version="").items() if name in ("token", "begun")}
    shown = form or AnswerForm(initial=begun, **kinds)
    return render(
        request, "conecta_feedback/respond.html", {"form": shown, "consultation": page}, status=400 if form else 200
    )


@never_cache
@require_safe
def thanks(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """It was received, and what becomes of it."""
    return render(request, "conecta_feedback/consultation_thanks.html", {"consultation": _consultation(record_id)})
