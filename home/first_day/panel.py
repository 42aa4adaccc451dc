"""The first day on the admin's first page, for Administração, until nothing is left of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from wagtail.admin.ui.components import Component

from home.first_day.facts import Facts
from home.first_day.inviting import may_invite
from home.first_day.step import Step
from home.first_day.steps import steps

#: Steps that the panel names.
NAMED = 3
_KEPT = "conecta.first_day"
_SECONDS, _SECONDS_WHEN_OVER = 60, 24 * 3600


def remember(found: Sequence[Step]) -> dict[str, Any]:
    """What the panel says of some steps, kept for a minute; where all is done, for a day: nobody asks any more."""
    left = [step for step in found if not step.is_over]
    told = {
        "left": len(left),
        "over": len(found) - len(left),
        "total": len(found),
        "named": [str(step.title) for step in left[:NAMED]],
    }
    cache.set(_KEPT, told, _SECONDS if left else _SECONDS_WHEN_OVER)
    return told


class FirstDayPanel(Component):
    """How many steps are left, and the next of them."""

    name = "conecta_first_day"
    template_name = "conecta_home/admin/first_day_panel.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Empty for others, and where all is done."""
        request = (parent_context or {})["request"]
        if not may_invite(request.user):
            return {"left": 0}
        kept: dict[str, Any] | None = cache.get(_KEPT)
        return kept or remember(steps(Facts(request.user, timezone.localtime())))
