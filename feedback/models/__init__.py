"""What people say, and what the city does with it."""

from feedback.models.consultation import LONGEST_ANSWER, ConsultationAnswer, ConsultationPage
from feedback.models.council import CouncilPage
from feedback.models.figures import RatingSum
from feedback.models.improvement import Improvement
from feedback.models.inbox import CommentCare, InboxExport, InboxNotice
from feedback.models.link_batch import RatingLinkBatch
from feedback.models.manifestation import (
    LONGEST_TEXT,
    Attachment,
    BodyRequest,
    Contact,
    Manifestation,
    Movement,
)
from feedback.models.page_help import LONGEST_ERROR, PageError, PageErrorMail, PageHelp
from feedback.models.privacy import DataOfficer
from feedback.models.rating import LONGEST_COMMENT, Rating
from feedback.models.yearly import YearlyReportFile, YearlyReportPage

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_COMMENT",
    "LONGEST_ERROR",
    "LONGEST_TEXT",
    "Attachment",
    "BodyRequest",
    "CommentCare",
    "ConsultationAnswer",
    "ConsultationPage",
    "Contact",
    "CouncilPage",
    "DataOfficer",
    "Improvement",
    "InboxExport",
    "InboxNotice",
    "Manifestation",
    "Movement",
    "PageError",
    "PageErrorMail",
    "PageHelp",
    "Rating",
    "RatingLinkBatch",
    "RatingSum",
    "YearlyReportFile",
    "YearlyReportPage",
]
