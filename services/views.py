"""The portal's pages: an entry by its record's address, short links, and index pages.

All are the same for every visitor, say until when they hold, and answer 304 where the
reader has them already. What has no record falls through to Wagtail.
"""

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.views import serve

from services.articles.addresses import rows_at, spelled
from services.articles.drawing import Parts, changed_by_apps, draw
from services.articles.keeping import kept_parts
from services.completeness import rules_for
from services.elsewhere.views import calendar_of
from services.feed import address_of
from services.found.addresses import whole
from services.kept_pages import Counted, Terms, answer, let_keep, new_page
from services.languages import source_locale
from services.lean import lean
from services.listings import BY_PATH, LONG, PATH_OF_KIND, by_letter, entries
from services.neighbours import FILING, Neighbours, around, readable
from services.page_sources import LOG
from services.record import Alert, District, Form, Record, Secretariat, Service, Unit, from_json
from services.timing import (
    changes_at,
    open_now,
    status,
    timezone_of,
    upcoming_visits,
    version_in_force,
    week_of,
)
from services.visiting import stops_of

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
SHORT_LINK_MAX_AGE = timedelta(minutes=5)


def entry(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page of the entry at this address: two queries at most. What is no entry's is Wagtail's."""
    own = rows_at(request.path, locale=_language()) if path else []
    row = next((each for each in own if each.url in spelled(request.path)), None)
    if row is None:
        wagtail_response: HttpResponseBase = serve(request, path)
        return wagtail_response
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    at = timezone.now()
    record = from_json(row.body)
    neighbours = around(record, language=_language(), own=own)
    page = new_page(
        render_record(request, record, neighbours=neighbours, at=at, article=kept_parts(row)),
        at=at,
        changed=max(row.changed_at, neighbours.changed_at or row.changed_at),
        boundary=changes_at([record, *neighbours.every()], at),
    )
    return answer(
        request,
        page,
        at,
        about={record.id, *neighbours.ids()},
        counted=Counted(row.kind, row.entry_id, row.locale),
    )


@require_safe
def short_link(request: HttpRequest, entry_id: str) -> HttpResponseBase:
    """From ``/s/ID`` to where the entry is now, in the reader's language if it has it."""
    found = readable(_language()).filter(entry_id=entry_id).exclude(url="").first()
    if found is None:
        raise Http404(entry_id)
    response = HttpResponsePermanentRedirect(found.url)
    at = timezone.now()
    # A renamed entry must be found again soon.
    counted = Counted(found.kind, entry_id, found.locale, "link")
    terms = Terms(at + SHORT_LINK_MAX_AGE, made_of=(LOG,), about=frozenset({entry_id}), counted=counted)
    return let_keep(response, terms, at)


@require_safe
def listing(request: HttpRequest, path: str) -> HttpResponseBase:
    """Every entry of a kind, by title; a long index shows one letter at a time (``?letra=``)."""
    index = BY_PATH[path]
    lines, city = entries(index, language=_language())
    letters = by_letter(lines) if index.letters or len(lines) > LONG else []
    shown = letters
    chosen = ""
    if len(lines) > LONG and letters:
        asked = request.GET.get("letra", "").upper()
        shown = [letter for letter in letters if letter.letter == asked] or letters[:1]
        chosen = shown[0].letter
    context = {"listing": index, "lines": lines, "letters": letters, "shown": shown, "chosen": chosen}
    context["share_url"] = request.build_absolute_uri()
    context["at"] = at = timezone.now()
    html = render_to_string("conecta_services/listing.html", context, request)
    # The page's head is another in an election period.
    boundary = changes_at([city], at) if city else None
    asked_for = {"letra": chosen} if chosen and request.GET.get("letra") == chosen else {}
    return answer(request, new_page(html, at=at, boundary=boundary), at, query=asked_for)


def render_record(
    request: HttpRequest,
    record: Record,
    *,
    neighbours: Neighbours,
    at: datetime,
    preview: bool = False,
    article: Parts | None = None,
    tools: str = "",
) -> str:
    """The HTML of an entry's page, for a published record or one built from a draft; no query.

    ``article``: a service's own, if it was drawn before. ``tools``: what stands below the heading instead of the
    apps' own.
    """
    if article is None and isinstance(record, Service):
        article = draw(record, neighbours.city, preview=preview)
    index = BY_PATH.get(PATH_OF_KIND.get(record.kind, ""))
    context = {
        "record": record,
        "neighbours": neighbours,
        "alerts": neighbours.alerts_for(record, at),
        "at": at,
        "zone": timezone_of(neighbours.city),
        "city": neighbours.city,
        "listing": index,
        "listing_url": f"conecta_services:{index.path}" if index else "",
        "share_url": whole(record.url),
        "feed_url": address_of(record),
        "calendar_url": calendar_of(record),
        "preview": preview,
        "article": article,
        "tools": tools,
        **_of_kind(record, neighbours, at),
    }
    html = lean(render_to_string(f"conecta_services/{_template(record)}.html", context, request))
    return html if article else _ARTICLE.sub(lambda found: changed_by_apps(found[0], record), html, count=1)


def preview(request: HttpRequest, record: Record, *, at: datetime) -> HttpResponse:
    """A draft's record in the template that citizens see; never kept. One query.

    Kinds without a page of their own (alerts, questions, the city) are shown by ``plain.html``.
    """
    neighbours = around(record, language=_language())
    response = HttpResponse(render_record(request, record, neighbours=neighbours, at=at, preview=True))
    response["Cache-Control"] = "private, no-store"
    return response


def _template(record: Record) -> str:
    if record.kind in FILING:
        return "district" if record.kind == "district" else "taxonomy"
    return record.kind if record.kind in PATH_OF_KIND else "plain"


def _of_kind(record: Record, neighbours: Neighbours, at: datetime) -> dict[str, Any]:
    """What a page says of the present, read from dates."""
    city = neighbours.city
    if isinstance(record, Service):
        places = [{"unit": unit, "state": open_now(unit, city, at)} for unit in neighbours.units]
        known = {unit.id for unit in neighbours.units}
        unknown = [unit for unit in record.units if unit.id not in known]
        return {"status": status(record, at), "places": places, "other_places": unknown}
    if isinstance(record, Unit):
        today = at.astimezone(timezone_of(city)).date()
        exceptions = sorted((e for e in record.hours_exceptions if e.ends >= today), key=lambda e: e.starts)
        week = week_of(record, city, at)
        return {
            "state": open_now(record, city, at),
            "visits": upcoming_visits(record, at),
            "exceptions": exceptions,
            "week": week,
            "unusual": any(day.reason != "hours" for day in week),
        }
    if isinstance(record, District):
        stops = stops_of(neighbours.units, district=record.id)
        standing = [unit for unit in neighbours.units if unit.district and unit.district.id == record.id]
        return {
            "places": [{"unit": unit, "state": open_now(unit, city, at)} for unit in standing],
            "visited": bool(stops),
            "stops": [stop for stop in stops if stop.visit.ends > at],
        }
    if isinstance(record, Form):
        return {"version": version_in_force(record, city, at)}
    if isinstance(record, Secretariat):
        today = at.astimezone(timezone_of(city)).date()
        counted = Counter(rule.severity for rule in rules_for("service"))
        return {
            "ended": bool(record.valid_until and record.valid_until < today),
            "completeness": neighbours.completeness(),
            "counted": counted,
        }
    if isinstance(record, Alert):
        return {"alerts": [record]}
    return {}


def _language() -> str:
    return get_language() or source_locale()
