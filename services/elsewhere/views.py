"""The calendar of visits and the map of units over HTTP."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from services.elsewhere.answering import for_any_site
from services.elsewhere.named import named
from services.elsewhere.units_map import units_map as as_map
from services.elsewhere.visits_calendar import PublishedUnit, kept_since
from services.elsewhere.visits_calendar import visits_calendar as as_calendar
from services.languages import current_locale
from services.neighbours import readable
from services.record import City, Record, Unit, from_json
from services.timing import timezone_of

#: The parameter that names an entry of a kind.
_CALENDAR_OF = {"unit": "unidade", "district": "distrito"}


def calendar_of(record: Record) -> str:
    """Where a unit's or a district's visits are told; empty for what has none."""
    parameter = _CALENDAR_OF.get(record.kind)
    return f"{reverse('conecta_services:visits_calendar')}?{urlencode({parameter: record.id})}" if parameter else ""


def _first_day(_request: HttpRequest) -> str:
    return kept_since(timezone.now()).isoformat()


@for_any_site(also=_first_day)
def visits_calendar(request: HttpRequest) -> HttpResponse:
    """``?unidade=`` and ``?distrito=`` narrow it, each an id or a slug: two queries, and one for each."""
    unit = named(request, "unit", "unidade")
    district = named(request, "district", "distrito")
    # Stored as canonical JSON.
    visited = Q(kind="unit", body__contains='"visits":')
    if unit is not None:
        visited &= Q(entry_id=unit.id)
    rows = readable(current_locale()).filter(visited | Q(kind="city")).order_by("title", "entry_id")
    zone, units = timezone_of(None), []
    for text, sequence, changed_at in rows.values_list("body", "sequence", "changed_at"):
        record = from_json(text)
        if isinstance(record, City):
            zone = timezone_of(record)
        elif isinstance(record, Unit):
            units.append(PublishedUnit(record, sequence, changed_at))
    about = ", ".join(each.title for each in (unit, district) if each)
    body = as_calendar(
        units,
        zone=zone,
        since=kept_since(timezone.now()),
        district=district,
        name=_("Atendimento itinerante: %s") % about if about else _("Atendimento itinerante"),
        absolute=request.build_absolute_uri,
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="visitas.ics"'
    return response


@for_any_site()
def units_map(request: HttpRequest) -> HttpResponse:
    """``?orgao=`` (or ``secretariat``) and ``?distrito=`` (or ``district``): two queries, and one for each."""
    body = named(request, "secretariat", "orgao", "secretariat")
    district = named(request, "district", "distrito", "district")
    rows = readable(current_locale()).filter(kind="unit", body__contains='"coordinates":')
    found = (from_json(text) for text in rows.order_by("title", "entry_id").values_list("body", flat=True))
    units = (
        unit
        for unit in found
        if isinstance(unit, Unit) and _is(unit.secretariat, body) and _is(unit.district, district)
    )
    return HttpResponse(
        as_map(units, absolute=request.build_absolute_uri), content_type="application/geo+json; charset=utf-8"
    )


def _is(ref: Any, wanted: Any) -> bool:
    return wanted is None or ref == wanted
