"""Which card a page has. Its name tells all that is drawn, so a card is never out of date: it is another one."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from home.cards.drawing import Words
from home.identity import Identity
from services import naming
from services.record import Record, Ref

#: Another number where the drawing changes.
_DRAWING = 1
#: The card of pages that are no entry's.
SITE = "site"
DEFAULT_COLOUR = "#1351b4"
NAME = re.compile(r"(?P<entry>[a-z2-7]{10}|site)-(?P<locale>[a-z]{2}(?:-[a-z]{2})?)-(?P<mark>[0-9a-f]{16})\Z")


@dataclass(frozen=True, slots=True)
class Card:
    """A card to be drawn: of which entry, in which language, and its words."""

    entry: str
    locale: str
    words: Words
    mark: str

    @property
    def stem(self) -> str:
        """The name of its file, without the ending."""
        return f"{self.entry}-{self.locale}-{self.mark}"


def card_of(record: Record, identity: Identity) -> Card:
    """The card of an entry's page. No query."""
    locale = record.locale.lower()
    body = getattr(record, "secretariat", None)
    with override(locale):
        above = body.title if isinstance(body, Ref) and body.title else naming.kind(record.kind)
    return _card(record.id, locale, Words(record.title, str(above)), identity)


def card_of_site(locale: str, identity: Identity) -> Card:
    """The card of every other page in a language."""
    with override(locale):
        words = Words(_("Carta de Serviços"), _("O que é, quem pode pedir, o que levar, como fazer e quanto demora"))
    return _card(SITE, locale, words, identity)


def colour_of(identity: Identity) -> str:
    """The city's colour, or gov.br's."""
    return identity.colour or DEFAULT_COLOUR


def look_of(identity: Identity) -> str:
    """All of the city's face that is drawn on a card."""
    return "\n".join((str(_DRAWING), identity.name, colour_of(identity), str(identity.coat_of_arms or "")))


def _card(entry: str, locale: str, words: Words, identity: Identity) -> Card:
    said = "\n".join((look_of(identity), words.title, words.above))
    return Card(entry, locale, words, hashlib.blake2b(said.encode(), digest_size=8).hexdigest())
