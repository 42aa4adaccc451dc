"""What a message says, as JSON: the change as ``GET /api/v1/changes`` has it, with its kind of event and its moment."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from services.changes import Change
from services.languages import wire_tag

PUBLISHED, REMOVED = "record.published", "record.removed"
RESTARTED, PING = "log.restarted", "webhook.ping"


@dataclass(frozen=True)
class Event:
    """A message to a subscriber. The same event has the same ``id`` and ``body`` whenever it is sent."""

    id: str
    type: str
    body: str
    change: Change | None = None


def of_change(change: Change, *, removed: bool, uid: str, epoch: str, at: datetime) -> Event:
    """That a record was published, or is not (any more) what the subscriber asked for; ``at``: when that happened."""
    its_type = REMOVED if removed else PUBLISHED
    head = {
        "sequence": change.sequence,
        "kind": change.kind,
        "id": change.id,
        "source_id": change.source_id,
        "locale": wire_tag(change.locale),
        "deleted": removed,
    }
    # The record is stored as JSON: it is sent as it is.
    record = "null" if removed else change.body
    data = f'{json.dumps(head, ensure_ascii=False)[:-1]},"record":{record}}}'
    return Event(_id(uid, epoch, str(change.sequence), its_type), its_type, _body(its_type, at, data), change)


def of_restart(*, uid: str, epoch: str, at: datetime) -> Event:
    """The log began another life: all that is public follows, and what does not is gone."""
    return Event(_id(uid, epoch, RESTARTED), RESTARTED, _body(RESTARTED, at, "{}"))


def ping(*, uid: str, at: datetime) -> Event:
    """A trial that says nothing."""
    return Event(_id(uid, PING, at.isoformat()), PING, _body(PING, at, "{}"))


def _body(its_type: str, at: datetime, data: str) -> str:
    return f'{{"type":"{its_type}","timestamp":"{at.isoformat(timespec="seconds")}","data":{data}}}'


def _id(*parts: str) -> str:
    # Of letters and digits: a full stop would end the id within what is signed.
    digest = hashlib.sha256(" ".join(parts).encode()).digest()
    return f"msg_{base64.b32encode(digest[:20]).decode('ascii').lower()}"
