"""What people wrote that nobody made public goes in time; what was counted of it stays (LGPD arts. 15 and 16).

A text may hold what tells of a person, whatever the form asks. So it is kept no longer than a contact is.
"""

from datetime import datetime
from typing import Any

from feedback import configured
from feedback.manifestations.closing import months_before
from feedback.models import ConsultationAnswer, PageError, Rating


def forget_texts(at: datetime) -> int:
    """Empty texts that are old and not public: of ratings and of answers to consultations from when they came, of
    errors on pages from when they were settled; how many."""
    before = months_before(at, configured.months_kept())
    ratings: Any = Rating.objects.filter(received_at__lt=before).exclude(comment="").exclude(care__public=True)
    answers = ConsultationAnswer.objects.filter(received_at__lt=before).exclude(text="")
    errors = PageError.objects.filter(closed_at__lt=before).exclude(text="")
    return int(
        ratings.update(comment="")
        + answers.exclude(state=ConsultationAnswer.State.PUBLISHED).update(text="")
        + errors.update(text="")
    )
