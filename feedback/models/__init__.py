"""What people say, and what the city does with it."""

from feedback.models.figures import RatingSum
from feedback.models.link_batch import RatingLinkBatch
from feedback.models.manifestation import Attachment, BodyRequest, Contact, Manifestation, Movement
from feedback.models.rating import LONGEST_COMMENT, Rating

__all__ = [
    "LONGEST_COMMENT",
    "Attachment",
    "BodyRequest",
    "Contact",
    "Manifestation",
    "Movement",
    "Rating",
    "RatingLinkBatch",
    "RatingSum",
]
