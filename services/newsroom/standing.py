"""What somebody is in the newsroom today: asked once a request, for menus, panels and reports.

Acts ask the database again.
"""

from typing import Any

from django.utils import timezone

from services.models import Staff
from services.roles import SEE_ALL


def standing(user: Any) -> Staff:
    """Who is there today, kept on the request's user."""
    kept: Staff | None = user.__dict__.get("_conecta_staff") if hasattr(user, "__dict__") else None
    if kept is None:
        kept = Staff.on(timezone.localdate())
        user.__dict__["_conecta_staff"] = kept
    return kept


def sees_all(user: Any) -> bool:
    """Whether somebody may read what every body does."""
    return bool(user.is_superuser) or any(standing(user).belongs(user.pk, role) for role in SEE_ALL)


def holds(user: Any, *roles: str) -> bool:
    """Whether somebody who is there holds one of some roles of the whole city."""
    return any(standing(user).belongs(user.pk, role) for role in roles)
