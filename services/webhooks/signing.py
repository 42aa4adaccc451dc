"""The secret of a subscription, and the signature made with it (Standard Webhooks, symmetric: ``v1``).

A secret is kept nowhere. It is made of the installation's key and a seal, ``SALT.PRINT``, which is all that the
database holds: who reads a copy of the database can sign nothing. The print tells which key the secret was made with,
so that an older one in ``SECRET_KEY_FALLBACKS`` still makes it, and that none does is seen before anything is sent.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook as Signer


class KeyChanged(Exception):
    """No key of this installation makes the secret any more: another one is needed."""


def new_seal() -> str:
    """The seal of a new secret."""
    salt = secrets.token_hex(16)
    return f"{salt}.{_print(_made(settings.SECRET_KEY, salt))}"


def secret_of(seal: str) -> str:
    """The secret behind a seal, as receivers know it: ``whsec_`` and base64. Raises ``KeyChanged``."""
    salt, _dot, its_print = seal.partition(".")
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = _made(key, salt)
        if hmac.compare_digest(_print(secret), its_print):
            return f"whsec_{base64.b64encode(secret).decode('ascii')}"
    raise KeyChanged


def headers(seals: list[str], message_id: str, body: str, *, at: datetime) -> dict[str, str]:
    """The three headers of a message, with a signature by each secret. Raises ``KeyChanged`` if the first is gone."""
    # The library takes the clock's face for UTC's, whatever its zone.
    at = at.astimezone(UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(_signatures(seals, message_id, body, at)),
    }


def _signatures(seals: list[str], message_id: str, body: str, at: datetime) -> Iterator[str]:
    for place, seal in enumerate(seals):
        try:
            secret = secret_of(seal)
        except KeyChanged:
            if not place:
                raise
        else:
            yield Signer(secret).sign(message_id, at, body)


def _made(key: str | bytes, salt: str) -> bytes:
    return salted_hmac("conecta.webhooks", salt, secret=key, algorithm="sha256").digest()


def _print(secret: bytes) -> str:
    return hashlib.sha256(b"print" + secret).hexdigest()[:16]
