"""What people say, and what the city does with it."""

from feedback.models.figures import RatingSum
from feedback.models.link_batch import RatingLinkBatch
from feedback.models.manifestation import Attachment, BodyRequest, Contact, Manifestation, Movement
from feedback.models.page_help import LONGEST_ERROR, PageError, PageErrorMail, PageHelp
from feedback.models.rating import LONGEST_COMMENT, Rating

__all__ = [
    "LONGEST_COMMENT",
    "LONGEST_ERROR",
    "Attachment",
    "BodyRequest",
    "Contact",
    "Manifestation",
    "Movement",
    "PageError",
    "PageErrorMail",
    "PageHelp",
    "Rating",
    "RatingLinkBatch",
    "RatingSum",
]
