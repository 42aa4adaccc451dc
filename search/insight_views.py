"""Where the results page meets what is counted: the search itself, and what the page says became of it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.counting import normal_form
from search.insight import note_outcome, note_search
from services.languages import current_locale
from services.people import is_person

#: The field of the form on the results page that holds the query whose results were shown.
PREVIOUS = "anterior"


def taken_previous(request: HttpRequest) -> str:
    """The query that this one follows, taken out of the address so that no link of the page carries it on."""
    parameters = request.GET.copy()
    found = parameters.pop(PREVIOUS, [""])
    request.GET = parameters  # type: ignore[assignment]
    return str(found[-1])


def heard(
    request: HttpRequest, query: str, *, locale: str, found: bool, first_page: bool, narrowed: bool, previous: str
) -> dict[str, Any]:
    """Note a search, and say what the page needs to tell what became of it: nothing if it is not counted.

    Further pages, narrowed results and the way back from them are of the same search, unless the form was sent with
    other words.
    """
    if request.method != "GET" or not normal_form(query, locale) or not _is_counted(request):
        return {}
    if first_page and (previous or not (narrowed or _comes_from_its_own_results(request, query, locale))):
        day = timezone.localdate(timezone.now())
        # Narrowed to nothing is not found nowhere.
        note_search(query, locale=locale, day=day, found=found or narrowed, previous=previous)
    return {"search_previous": query, "observed": found}


def _comes_from_its_own_results(request: HttpRequest, query: str, locale: str) -> bool:
    before = urlsplit(request.headers.get("Referer", ""))
    asked = QueryDict(before.query).get("q") or ""
    return before.path == request.path and normal_form(asked, locale) == normal_form(query, locale)


@csrf_exempt
@require_POST
def outcome(request: HttpRequest) -> HttpResponse:
    """From the script of the results page. It takes whatever it is told, changes nothing else and says nothing."""
    if _is_counted(request) and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        note_outcome(
            request.POST.get("q", ""),
            locale=current_locale(),
            day=timezone.localdate(timezone.now()),
            first="first" in request.POST,
            clicked="clicked" in request.POST,
        )
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store"
    return response


def _is_counted(request: HttpRequest) -> bool:
    """Whether it is a person of whom nothing else is known: no program, no editor at work."""
    if not is_person(request):
        return False
    # Without the cookie there is no session to ask for, and the answer need not vary with it.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated
