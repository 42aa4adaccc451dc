"""What the phone asks for: the charter, an entry, what changed. The same for everybody; no cookie, no session.

And the one thing that it tells: how often copies were read.
"""

import json
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from home.offline import pack
from home.offline.giving import JSON, given
from home.offline.modules import Packed, packed
from home.offline.reads import MOST_BYTES, reads_in
from services.changes import CursorGone
from services.languages import locale_of
from services.record.identity import is_id
from services.visits.counting import note_reads

_IMMUTABLE = "public, max-age=31536000, immutable"
_SHORTLY = "public, max-age=60"
#: Brotli at its best takes seconds for a charter, and saves an eighth.
_QUALITY = 6
#: A charter is made again when the log moves; until then one of each language is enough.
_KEPT_SECONDS = 24 * 3600


def _locale(tag: str) -> str:
    locale = locale_of(tag)
    if locale is None:
        raise Http404(tag)
    return locale


@require_safe
def charter_now(request: HttpRequest, locale: str) -> HttpResponse:
    """To the address of the charter as it is now. One query."""
    address = reverse("conecta_home:offline_charter", args=[_locale(locale), pack.head()])
    response = HttpResponseRedirect(address)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def charter(request: HttpRequest, locale: str, cursor: str) -> HttpResponse:
    """The whole charter at a place in the log, for good; to the one of now where the log is elsewhere."""
    spoken = _locale(locale)
    if cursor != pack.head():
        return charter_now(request, locale)
    key = f"conecta-offline-charter-{spoken}"
    known: tuple[str, Packed] | None = cache.get(key)
    if known is None or known[0] != cursor:
        whole = pack.charter(spoken, timezone.now())
        # What was published meanwhile is in it, and its cursor says so; the address then is not for good.
        known = whole["cursor"], packed(written(whole), quality=_QUALITY)
        cache.set(key, known, timeout=_KEPT_SECONDS)
    return given(request, known[1], _IMMUTABLE if known[0] == cursor else _SHORTLY, media_type=JSON)


@require_safe
def entry(request: HttpRequest, locale: str, kind: str, entry_id: str) -> HttpResponse:
    """One entry, and the units where it is given. 404 if it is not public."""
    found = pack.one(_locale(locale), kind, entry_id, timezone.now()) if is_id(entry_id) else None
    if found is None:
        raise Http404(entry_id)
    return given(request, packed(written(found), quality=_QUALITY), _SHORTLY, media_type=JSON)


@require_safe
def changes(request: HttpRequest, locale: str) -> HttpResponse:
    """What changed after a cursor (``after``), of some entries (``ids``, comma-separated) or of all.

    ``rules`` is the version that the phone has of what people mean by their words: a newer one comes with the rest.

    410 where the cursor holds no more: the phone starts again. 422 for what is no cursor.
    """
    asked = request.GET.get("ids")
    ids = [each for each in asked.split(",") if is_id(each)][: pack.MOST_ASKED] if asked is not None else None
    try:
        found = pack.differences(
            _locale(locale),
            request.GET.get("after", ""),
            timezone.now(),
            ids=ids,
            rules_version=request.GET.get("rules"),
        )
    except CursorGone:
        return JsonResponse({}, status=410)
    except ValueError:
        return JsonResponse({}, status=422)
    return given(request, packed(written(found), quality=_QUALITY), "no-cache", media_type=JSON)


@csrf_exempt
@require_POST
def reads(request: HttpRequest) -> HttpResponse:
    """A phone tells how often its copies were read. 422 for what none of ours sends; nothing is kept of who told it."""
    try:
        found = reads_in(request.read(MOST_BYTES + 1), timezone.localdate())
    except ValueError:
        return JsonResponse({}, status=422)
    note_reads(request, found)
    return HttpResponse(status=204)


def written(data: dict[str, Any]) -> bytes:
    """JSON, in as few bytes as it takes."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
