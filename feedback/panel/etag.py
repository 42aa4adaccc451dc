"""A page's ETag, of its bytes."""

import hashlib


def etag_of(content: bytes) -> str:
    """Quoted, as the header carries it."""
    return f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
