"""The calendar of itinerant visits: a week at a time, of the whole city or of one district."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.neighbours import readable
from services.record import City, Unit, from_json
from services.timing import changes_at, timezone_of
from services.visiting import (
    districts_of,
    in_week,
    monday_of,
    name_of_week,
    stops_of,
    week_after,
    week_before,
    week_named,
)


def visiting_units(language: str) -> tuple[list[Unit], City | None]:
    """Units that make visits, and the city: one query."""
    # Stored as canonical JSON.
    rows = readable(language).filter(Q(kind="unit", body__contains='"visits":') | Q(kind="city"))
    records = [from_json(body) for body in rows.order_by("title", "entry_id").values_list("body", flat=True)]
    city = next((record for record in records if isinstance(record, City)), None)
    return [record for record in records if isinstance(record, Unit)], city


@require_safe
def visits(request: HttpRequest) -> HttpResponseBase:
    """``?semana=2026-W49`` and ``?distrito=`` (an id) narrow it; what names nothing is left out. One query."""
    at = timezone.now()
    units, city = visiting_units(current_locale())
    zone = timezone_of(city)
    every = stops_of(units)
    districts = districts_of(every)
    district = next((ref for ref in districts if ref.id == request.GET.get("distrito")), None)
    stops = stops_of(units, district=district.id) if district else every
    today = at.astimezone(zone).date()
    this_week = monday_of(today)
    monday = week_named(request.GET.get("semana", "")) or this_week

    def leading_to(week: Any) -> str:
        asked = {"semana": name_of_week(week)} if week and week != this_week else {}
        asked |= {"distrito": district.id} if district else {}
        return f"{request.path}?{urlencode(asked)}" if asked else request.path

    before, after = week_before(stops, monday, zone), week_after(stops, monday, zone)
    calendar = reverse("conecta_services:visits_calendar")
    context = {
        "days": in_week(stops, monday, zone),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "today": today,
        "now": at,
        "is_this_week": monday == this_week,
        "is_past": monday < this_week,
        "before": leading_to(before) if before else "",
        "after": leading_to(after) if after else "",
        "next_stop": next((stop for stop in stops if stop.visit.ends > at), None),
        "this_week": leading_to(None),
        "week": name_of_week(monday) if monday != this_week else "",
        "any": bool(every),
        "districts": districts,
        "district": district,
        "zone": zone,
        "calendar_url": f"{calendar}?{urlencode({'distrito': district.id})}" if district else calendar,
        "share_url": request.build_absolute_uri(leading_to(monday)),
    }
    html = render_to_string("conecta_services/visits.html", context, request)
    boundary = changes_at([*units, *([city] if city else [])], at)
    return answer(request, new_page(html, at=at, boundary=boundary), at)
