"""What people say, and what the city does with it."""

from feedback.models.manifestation import (
    LONGEST_TEXT,
    Attachment,
    BodyRequest,
    Contact,
    Manifestation,
    Movement,
)
from feedback.models.privacy import DataOfficer
from feedback.models.rating import LONGEST_COMMENT, Rating

__all__ = [
    "LONGEST_COMMENT",
    "LONGEST_TEXT",
    "Attachment",
    "BodyRequest",
    "Contact",
    "DataOfficer",
    "Manifestation",
    "Movement",
    "Rating",
]
