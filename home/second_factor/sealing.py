"""The secret of a telephone, sealed: whoever has the tables alone computes no code.

The key is made of ``CONECTA_SECRET_KEY``, which restoring a backup asks for anyway. Changed, no telephone opens any
more, and ``manage.py reset_second_factor`` lets people begin anew. A contact's keys are others: Ouvidoria may have
none, and theirs are changed for other reasons.
"""

import base64
import hashlib
import hmac
import os

from django.conf import settings

# cryptography takes six MiB, and most processes never open a secret: it is loaded by those that do.
_NONCE = 12


def seal(secret: bytes, *, user_id: int) -> str:
    """Of 20 bytes 64 characters, which no other account opens: what the library's column holds."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_key("secret")).encrypt(nonce, secret, _whose(user_id))
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def opened(sealed: str, *, user_id: int) -> bytes | None:
    """The secret, or ``None`` where this key or this account does not open it."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = base64.urlsafe_b64decode(sealed)
    try:
        return AESGCM(_key("secret")).decrypt(raw[:_NONCE], raw[_NONCE:], _whose(user_id))
    except InvalidTag:
        return None


def fingerprint(code: str, *, user_id: int) -> str:
    """A recovery code as it is kept: 16 characters that only this installation makes."""
    made = hmac.new(_key("recovery"), _whose(user_id) + code.encode(), hashlib.sha256).digest()
    return base64.b32encode(made)[:16].decode()


def _whose(user_id: int) -> bytes:
    return f"{user_id} ".encode()


def _key(purpose: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"conecta second factor {purpose}".encode(), hashlib.sha256).digest()
