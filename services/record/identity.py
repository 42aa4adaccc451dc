"""Who an entry is: its key, and the short id that is derived from the key.

The key is a uuid (Wagtail's ``translation_key``), the same in every language. The id is
its first ten base32 characters (50 bits): record key, API id, short link ``/s/ID``, QR.
"""

import base64
import re
import uuid

ID_LENGTH = 10
ID_PATTERN = re.compile(r"[a-z2-7]{10}\Z")

# Never change: ids of everything ever imported hang on it.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "conecta.entries")


def id_of(key: uuid.UUID) -> str:
    """The ten-character id of an entry's key."""
    return base64.b32encode(key.bytes).decode("ascii")[:ID_LENGTH].lower()


def key_for(source: str, kind: str, source_id: str) -> uuid.UUID:
    """The key of a foreign entry: importing it again after deletion revives the same id."""
    return uuid.uuid5(NAMESPACE, "\x1f".join((source, kind, source_id)))


def id_for(source: str, kind: str, source_id: str) -> str:
    """The id of a foreign entry, without having read it."""
    return id_of(key_for(source, kind, source_id))


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of an entry's id."""
    return ID_PATTERN.match(text) is not None
