"""Cards on this machine's disk: drawn once each, the ones before thrown away."""

import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from home.cards.drawing import Face, png
from home.cards.naming import Card, colour_of
from home.identity import Identity
from home.models import CityIdentity

logger = logging.getLogger(__name__)


def folder() -> Path:
    """Where cards are."""
    return Path(settings.DATA_DIR) / "cards"


def path_of(card: Card) -> Path:
    """The card's file, drawn or not."""
    return folder() / f"{card.stem}.png"


def face_of(identity: Identity) -> Face:
    """The city as cards show it: two queries where it has arms."""
    return Face(identity.name, colour_of(identity), _arms() if identity.coat_of_arms else b"")


def draw(card: Card, face: Face) -> bytes:
    """Draw a card and keep it in place of those that the entry had before in its language."""
    data = png(card.words, face)
    place = path_of(card)
    place.parent.mkdir(parents=True, exist_ok=True)
    # Whoever reads meanwhile gets a whole card or none.
    handle, unfinished = tempfile.mkstemp(dir=place.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(unfinished).replace(place)
    forget(card.entry, card.locale, but=place)
    return data


def forget(entry: str, locale: str, *, but: Path | None = None) -> None:
    """Throw away the cards of an entry in a language."""
    for old in folder().glob(f"{entry}-{locale}-????????????????.png"):
        if old != but:
            old.unlink(missing_ok=True)


def _arms() -> bytes:
    row = CityIdentity.objects.select_related("coat_of_arms").order_by("-site__is_default_site", "pk").first()
    if row is None or row.coat_of_arms is None:
        return b""
    try:
        with row.coat_of_arms.get_rendition("max-256x256").file.open("rb") as file:
            data: bytes = file.read()
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        logger.warning("cards: the coat of arms cannot be read")
        return b""
    return data
