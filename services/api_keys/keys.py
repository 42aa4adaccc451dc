"""Making a key, and finding whose one is."""

import hashlib
import secrets
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from services.models.api_key import ApiKey

#: What every key begins with, so that one that leaked into a file is recognised as ours.
PREFIX = "conecta_"
_SHOWN = len(PREFIX) + 4
_LONGEST = 100
# No header of a client has such a name.
_ASKING = "conecta.key"


@dataclass(frozen=True)
class KeyFound:
    """Whose key it is, and how often its holder may ask in a minute."""

    name: str
    per_minute: int
    #: Of the key, among all.
    number: int


def new_key() -> str:
    """A random key: 256 bits."""
    return PREFIX + secrets.token_urlsafe(32)


def give(holder: ApiKey) -> str:
    """Make a key for a holder, who is then to be saved. The key itself is kept nowhere."""
    key = new_key()
    holder.digest, holder.beginning = _digest(key), key[:_SHOWN]
    return key


def find(key: str) -> KeyFound | None:
    """Whose key it is, ``None`` if nobody's or no longer: one query, and one more on its first use of a day."""
    if not key.startswith(PREFIX) or len(key) > _LONGEST:
        return None
    row = ApiKey.objects.filter(digest=_digest(key), active=True).first()
    if row is None:
        return None
    today = timezone.localdate()
    if row.last_used_on != today:
        # Not saved as a whole: somebody may be changing it in the admin.
        ApiKey.objects.filter(pk=row.pk).update(last_used_on=today)
    return KeyFound(row.name, row.per_minute, row.pk)


def asking(request: HttpRequest) -> KeyFound | None:
    """Whose key a request brings, ``None`` if none that holds: looked for once in a request."""
    if _ASKING not in request.META:
        scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
        request.META[_ASKING] = find(given.strip()) if scheme.lower() == "bearer" else None
    found: KeyFound | None = request.META[_ASKING]
    return found


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
