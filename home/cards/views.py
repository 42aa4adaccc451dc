"""A card by its name; one that is not there yet is drawn for whoever asks first, one at a time."""

import threading
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.cards.keeping import draw, face_of, path_of
from home.cards.naming import NAME, SITE, Card, card_of, card_of_site
from home.identity import Identity
from home.views import identity_now
from services.languages import locale_of
from services.models.published import PublishedRecord
from services.record import from_json

MAX_AGE = timedelta(days=365)
#: Seconds that a request waits for those before it to have their cards drawn.
_WAIT = 5.0
_drawing = threading.Lock()


@require_safe
def card(request: HttpRequest, stem: str) -> HttpResponseBase:
    """The PNG; one query where it must be drawn, 302 to the newer one where it is out of date.

    Raises ``Http404`` for what is not public, and in an election period (Lei 9.504/1997 art. 73, VI, b).
    """
    identity = identity_now()
    named = NAME.match(stem)
    if named is None or identity.election:
        raise Http404(stem)
    found = _card(named["entry"], named["locale"], identity, asked=stem)
    if found.stem != stem:
        return HttpResponseRedirect(reverse("conecta_home:card", args=[found.stem]))
    data = _kept(found)
    if data is None:
        if not _drawing.acquire(timeout=_WAIT):
            return HttpResponse(status=503, headers={"Retry-After": "10"})
        try:
            data = _kept(found) or draw(found, face_of(identity))
        finally:
            _drawing.release()
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={int(MAX_AGE.total_seconds())}, immutable"
    return response


def _kept(found: Card) -> bytes | None:
    try:
        return path_of(found).read_bytes()
    except FileNotFoundError:
        return None


def _card(entry: str, locale: str, identity: Identity, *, asked: str) -> Card:
    if entry == SITE:
        if locale_of(locale) is None:
            raise Http404(asked)
        return card_of_site(locale, identity)
    rows = PublishedRecord.objects.public().filter(entry_id=entry, locale=locale).exclude(url="")
    body = rows.values_list("body", flat=True).first()
    if body is None:
        raise Http404(asked)
    return card_of(from_json(body), identity)
