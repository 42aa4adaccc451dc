"""What people say, and what the city does with it."""

from feedback.models.consultation import LONGEST_ANSWER, ConsultationAnswer, ConsultationPage
from feedback.models.council import CouncilPage
from feedback.models.manifestation import Attachment, BodyRequest, Contact, Manifestation, Movement
from feedback.models.rating import LONGEST_COMMENT, Rating
from feedback.models.yearly import YearlyReportFile, YearlyReportPage

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_COMMENT",
    "Attachment",
    "BodyRequest",
    "ConsultationAnswer",
    "ConsultationPage",
    "Contact",
    "CouncilPage",
    "Manifestation",
    "Movement",
    "Rating",
    "YearlyReportFile",
    "YearlyReportPage",
]
