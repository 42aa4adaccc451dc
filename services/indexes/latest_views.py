"""What changed last on the whole site, day by day, from public versions; no names of persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from services.comparing.versions import Change, told
from services.kept_pages import answer, new_page
from services.languages import current_locale
from services.listings import PATH_OF_KIND
from services.models.published import PublishedRecord, PublishedVersion
from services.neighbours import readable, the_city
from services.timing import changes_at, timezone_of

#: Versions on a page, each read whole with the one before it.
SIZE = 30
#: Further back nobody reads, and each entry's own page tells all of its own.
MOST_PAGES = 40


@dataclass(frozen=True)
class Line:
    """An entry, and what one publication changed of it."""

    entry: PublishedRecord
    change: Change


@dataclass(frozen=True)
class Day:
    """A day and what was published on it, the latest first."""

    date: date
    lines: list[Line]


@require_safe
def latest(request: HttpRequest) -> HttpResponseBase:
    """``?pagina=`` goes back. Three queries."""
    at = timezone.now()
    asked = request.GET.get("pagina", "")
    number = min(max(int(asked), 1), MOST_PAGES) if asked.isdecimal() and len(asked) < 4 else 1
    found = list(_versions(current_locale())[(number - 1) * SIZE : number * SIZE + 1])
    city = the_city()
    versions = found[:SIZE]
    context = {
        "days": _by_day(_lines(versions), timezone_of(city)),
        "number": number,
        "newer": number - 1,
        "older": number + 1 if len(found) > SIZE and number < MOST_PAGES else 0,
        "share_url": request.build_absolute_uri(),
    }
    html = render_to_string("conecta_services/latest.html", context, request)
    boundary = changes_at([city], at) if city else None
    changed = versions[0].published_at if versions else None
    return answer(request, new_page(html, at=at, changed=changed, boundary=boundary), at)


def _versions(language: str) -> QuerySet[PublishedVersion]:
    """Versions of what has a page now, the latest first, each with the number of the one before it."""
    entries = readable(language).filter(Q(kind__in=PATH_OF_KIND) & ~Q(url=""))
    before = PublishedVersion.objects.filter(record=OuterRef("record"), sequence__lt=OuterRef("sequence"))
    return (
        PublishedVersion.objects.filter(record__in=entries.values("pk"))
        .select_related("record")
        .annotate(before=Subquery(before.order_by("-sequence").values("sequence")[:1]))
        .order_by(F("sequence").desc())
    )


def _lines(versions: Sequence[PublishedVersion]) -> Iterable[Line]:
    numbers = [number for version in versions if (number := getattr(version, "before", None))]
    before = {version.sequence: version for version in PublishedVersion.objects.filter(sequence__in=numbers)}
    for version in versions:
        earlier = before.get(getattr(version, "before", None) or 0)
        pair = [version, earlier] if earlier else [version]
        # Who published it is for the newsroom: here their names are not even read.
        change = told(pair, from_the_first=earlier is None, with_names=False)[0]
        if change.what != "same":
            yield Line(version.record, change)


def _by_day(lines: Iterable[Line], zone: tzinfo) -> list[Day]:
    days = groupby(lines, key=lambda line: line.change.at.astimezone(zone).date())
    return [Day(day, list(those)) for day, those in days]
