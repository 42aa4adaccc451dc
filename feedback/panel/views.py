"""What people say, as pages: of the city, of a body, of a service; and the same for a frame of another site."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from feedback.panel import reading, showing, words
from feedback.panel.reading import Order, Panel
from feedback.panel.voices import changes, voices
from services import wording
from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.record import Service, from_json

ORDERS = {
    "mais": gettext_lazy("mais avaliados"),
    "melhor": gettext_lazy("melhores notas"),
    "pior": gettext_lazy("piores notas"),
}


@require_safe
def city(request: HttpRequest) -> HttpResponseBase:
    """Of the whole city."""
    return _answer(request, "", "")


@require_safe
def body(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """Of a body and its services."""
    return _answer(request, "secretariat", record_id)


@require_safe
def service(request: HttpRequest, record_id: str) -> HttpResponseBase:
    """Of a service."""
    return _answer(request, "service", record_id)


def _answer(request: HttpRequest, kind: str, record_id: str) -> HttpResponseBase:
    at = timezone.now()
    asked = request.GET.get("ordem", "mais")
    order = cast("Order", asked if asked in ORDERS else "mais")
    found = reading.panel(kind, record_id, order=order, language=current_locale(), at=at)
    if found is None:
        raise Http404
    context = _context(found, kind, order) | {"address": request.build_absolute_uri(request.path)}
    embedded = request.GET.get("embed") == "1"
    asked_for = ({"ordem": order} if "ordem" in request.GET else {}) | ({"embed": "1"} if embedded else {})
    name = "panel_embed" if embedded else "panel"
    page = new_page(render_to_string(f"conecta_feedback/{name}.html", context, request), at=at)
    response = answer(request, page, at, query=asked_for)
    return _framed(response) if embedded else response


def _framed(page: Any) -> HttpResponse:
    """Any site may show it in a frame: nothing on it is pressed but links that leave it."""
    page.xframe_options_exempt = True
    page._csp_replace = {"frame-ancestors": ["*"]}
    framed: HttpResponse = page
    return framed


def _context(found: Panel, kind: str, order: Order) -> dict[str, Any]:
    whole = found.whole
    figures = whole.figures
    context: dict[str, Any] = {
        "panel": found,
        "subject": found.subject,
        "kind": kind,
        "title": found.subject.title if found.subject else "",
        "figures": figures,
        "ends": whole.last,
        "manifested": showing.kinds(found.manifested) if found.manifested else [],
        "manifested_total": found.manifested and found.manifested.total and words.whole(found.manifested.total),
        "ranking": showing.ranking(found.manifested, found.names) if found.manifested else [],
        "ranking_rest": found.manifested and found.manifested.rest and words.whole(found.manifested.rest),
        "json": reverse("conecta_feedback:figures_json"),
        "voices": voices(found.subject.id) if found.subject and kind == "service" else [],
        "changes": changes(found.subject) if found.subject else [],
    }
    if figures is None:
        return context
    charts = [showing.star_chart(whole), showing.resolved_chart(whole), showing.month_chart(found.months)]
    return context | {
        "mean": words.stars(figures.mean),
        "between": words.between(figures),
        "ratings": words.ratings(figures.count),
        "charts": [chart for chart in charts if chart] + showing.reason_charts(found.reasons),
        "tables": showing.tables(found),
        "services": showing.service_lines(found),
        "orders": [(name, label, name == order) for name, label in ORDERS.items()],
        "set_aside": words.percent(whole.set_aside) if whole.set_aside else "",
        "resolved": words.percents(whole.resolved) if whole.resolved else "",
        "times": _times(found),
        "links": _links(found),
    }


def _times(found: Panel) -> dict[str, str] | None:
    times = found.times
    if times is None:
        return None
    record = from_json(found.subject.body) if found.subject and found.subject.kind == "service" else None
    promise = wording.time_estimate(record.time) if isinstance(record, Service) and record.time else ""
    return {
        "count": words.whole(times.count),
        "median": words.elapsed(times.median),
        "ninetieth": words.elapsed(times.ninetieth),
        "kept": words.percents(times.kept) if times.kept else "",
        "promise": promise,
    }


def _links(found: Panel) -> str:
    if found.links is None:
        return ""
    rate = found.links
    told = {"given": words.whole(rate.given), "used": words.whole(rate.used), "share": words.percent(rate.share)}
    return (
        _("De %(given)s links enviados depois do atendimento, %(used)s voltaram com uma avaliação (%(share)s).") % told
    )
