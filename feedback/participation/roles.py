"""Who may write the pages of participation, and read what people answer to a consultation."""

from feedback.models.participation import WRITES
from services.roles import grant

MODERATES = "conecta_feedback.moderate_answers"


def grant_permissions() -> None:
    """Called when the app is ready."""
    for role in ("ouvidoria", "comunicacao"):
        grant(role, WRITES, MODERATES)
