"""The cards follow the log, some at a time: nothing that is published waits for a picture.

The place in the log is kept beside the cards, with the face that they were drawn with: where the folder is lost
or the city gets another face, they are drawn anew.
"""

import json
from datetime import datetime
from pathlib import Path

from home.cards.keeping import draw, face_of, folder, forget, path_of
from home.cards.naming import card_of, look_of
from home.identity import Identity, city_identity
from services import changes
from services.listings import PATH_OF_KIND

#: Changes a round, a second or two of work.
BATCH = 20


def draw_cards(at: datetime) -> int:
    """Draw what changed since, at most ``BATCH`` cards; how many were. None in an election period.

    Two queries; none of it is needed by a visitor, to whom a card that is missing is drawn when it is asked for.
    """
    identity = city_identity().shown_at(at)
    if identity.election:
        return 0
    drawn = 0
    try:
        reached, found = changes.read(_reached(identity), limit=BATCH)
    except (changes.CursorGone, ValueError):
        reached, found = changes.read(changes.START, limit=BATCH)
    if not found:
        return 0
    face = face_of(identity)
    for change in found:
        if change.deleted:
            forget(change.id, change.locale.lower())
        elif change.url and change.kind in PATH_OF_KIND:
            card = card_of(change.record(), identity)
            if not path_of(card).exists():
                draw(card, face)
                drawn += 1
    _note(reached, identity)
    return drawn


def _reached(identity: Identity) -> str:
    try:
        kept = json.loads(_place().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return changes.START
    return str(kept.get("cursor", changes.START)) if kept.get("look") == look_of(identity) else changes.START


def _note(cursor: str, identity: Identity) -> None:
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(".part")
    unfinished.write_text(json.dumps({"cursor": cursor, "look": look_of(identity)}), encoding="utf-8")
    unfinished.replace(place)


def _place() -> Path:
    return folder() / "place.json"
