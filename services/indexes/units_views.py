"""Where to be attended: every unit with whether it is open, narrowed to a district."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.listings import BY_PATH, LONG, plain
from services.neighbours import readable
from services.record import City, Ref, Unit, from_json
from services.timing import changes_at, open_now, timezone_of


@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """``?distrito=`` (an id) narrows it; of very many only the names are told until it does. One query."""
    at = timezone.now()
    rows = readable(current_locale()).filter(Q(kind="unit") & ~Q(url="") | Q(kind="city"))
    records = [from_json(body) for body in rows.values_list("body", flat=True)]
    city = next((record for record in records if isinstance(record, City)), None)
    every = sorted((record for record in records if isinstance(record, Unit)), key=lambda unit: plain(unit.title))
    districts: dict[str, Ref] = {ref.id: ref for unit in every for ref in _districts(unit) if ref.title}
    district = districts.get(request.GET.get("distrito", ""))
    chosen = [unit for unit in every if district is None or any(ref.id == district.id for ref in _districts(unit))]
    told = len(chosen) <= LONG
    context = {
        "listing": BY_PATH["unidades"],
        "units": [{"unit": unit, "state": open_now(unit, city, at) if told else None} for unit in chosen],
        "told": told,
        "any": bool(every),
        "districts": sorted(districts.values(), key=lambda ref: plain(ref.title)),
        "district": district,
        "at": at,
        "zone": timezone_of(city),
        "share_url": request.build_absolute_uri(),
    }
    html = render_to_string("conecta_services/units.html", context, request)
    # The hours of those that are not told change nothing here.
    boundary = changes_at([*(chosen if told else []), *([city] if city else [])], at)
    return answer(request, new_page(html, at=at, boundary=boundary), at)


def _districts(unit: Unit) -> list[Ref]:
    """Where it stands, and where it stops."""
    return [ref for ref in (unit.district, *(visit.district for visit in unit.visits)) if ref is not None]
