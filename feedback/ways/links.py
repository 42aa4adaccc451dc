"""Private links: each lets one person rate one service once, until a day, and tells nothing of who that is.

An address holds the batch's code, a random part and a signature: no link is kept, and what was said by it is kept under
a name that is made of the random part and the installation's key, so that who gave the link does not find it by it.
"""

import base64
import re
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from feedback.channels import CHANNELS
from feedback.models import RatingLinkBatch
from feedback.submission import NotRated, is_unit
from services.languages import source_locale
from services.models.published import PublishedRecord

#: Links of one batch.
MOST_LINKS = 1_000
#: Days for which a link holds at most.
LONGEST = 365
_SALT = "conecta.feedback.link"
_SIGNED = 12
_FORM = re.compile(r"([A-Za-z0-9_-]{8})([A-Za-z0-9_-]{12})([A-Za-z0-9_-]{16})")


@dataclass(frozen=True)
class Link:
    """A link that is ours: its batch, and the name under which its rating is kept."""

    batch: RatingLinkBatch
    token: uuid.UUID


def default_days() -> int:
    """For how long a link holds unless said."""
    return int(settings.CONECTA_RATING_LINK_DAYS)


def make(
    service_id: str,
    *,
    unit_id: str = "",
    channel: str = "",
    count: int,
    days: int,
    at: datetime,
    made_by: str = "",
) -> tuple[RatingLinkBatch, Iterator[str]]:
    """A batch, and the paths of its links. Raises ``NotRated`` for what is no public service, unit or channel."""
    found = PublishedRecord.objects.public().filter(kind="service", entry_id=service_id, locale=source_locale())
    if not found.exists():
        raise NotRated("service")
    if unit_id and not is_unit(unit_id):
        raise NotRated("unit_id")
    if channel and channel not in CHANNELS:
        raise NotRated("channel")
    if not 1 <= count <= MOST_LINKS:
        raise NotRated("count")
    if not 1 <= days <= LONGEST:
        raise NotRated("days")
    batch = RatingLinkBatch.objects.create(
        code=_random(6),
        service_id=service_id,
        unit_id=unit_id,
        channel=channel,
        given=count,
        made_at=at,
        expires_at=at + timedelta(days=days),
        made_by=made_by[:100],
    )
    return batch, (_address(batch.code) for _ in range(count))


def read(text: str) -> Link | None:
    """The link that an address holds, used, expired or neither; ``None`` if it is not one of ours: one query."""
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    code, once, signature = form.groups()
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if constant_time_compare(signature, _signature(code, once, secret)):
            batch = RatingLinkBatch.objects.filter(code=code).first()
            return Link(batch, _token(code, once, secret)) if batch else None
    return None


def _address(code: str) -> str:
    once = _random(9)
    return reverse("conecta_feedback:link", args=[f"{code}{once}{_signature(code, once, settings.SECRET_KEY)}"])


def _signature(code: str, once: str, secret: str | bytes) -> str:
    return _text(salted_hmac(_SALT, f"{code}{once}", secret=secret, algorithm="sha256").digest()[:_SIGNED])


def _token(code: str, once: str, secret: str | bytes) -> uuid.UUID:
    made = salted_hmac(f"{_SALT}.token", f"{code}{once}", secret=secret, algorithm="sha256").digest()
    return uuid.UUID(bytes=made[:16], version=4)


def _random(count: int) -> str:
    return _text(secrets.token_bytes(count))


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode("ascii")
