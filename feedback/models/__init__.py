"""What people say, and what the city does with it."""

from feedback.models.improvement import Improvement
from feedback.models.inbox import CommentCare, InboxExport, InboxNotice
from feedback.models.manifestation import LONGEST_TEXT, Attachment, BodyRequest, Contact, Manifestation, Movement
from feedback.models.rating import LONGEST_COMMENT, Rating

__all__ = [
    "LONGEST_COMMENT",
    "LONGEST_TEXT",
    "Attachment",
    "BodyRequest",
    "CommentCare",
    "Contact",
    "Improvement",
    "InboxExport",
    "InboxNotice",
    "Manifestation",
    "Movement",
    "Rating",
]
