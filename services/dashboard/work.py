"""What there is to look after, in a few tiles; whoever knows some work tells it through a hook.

``conecta_dashboard_panel(request, at)`` returns a ``Work``, or ``None`` where this person has none of that kind. It
is asked each time that the admin is opened: one query, whatever there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.ui.components import Component

#: Lines of a tile; its page shows all.
FIRST = 4


@dataclass(frozen=True)
class Line:
    """One thing to look after: what, where one does it, and a remark."""

    title: str
    address: str
    remark: str = ""


@dataclass(frozen=True)
class Work:
    """A kind of work: how much there is of it, the first of it, and where the rest is."""

    heading: Promise | str
    icon: str
    total: int
    lines: Sequence[Line]
    address: str


class WorkPanel(Component):
    """All tiles that have something in them."""

    name = "conecta_work"
    template_name = "conecta_services/admin/work_panel.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """For this user, now."""
        request, at = (parent_context or {})["request"], timezone.localtime()
        told = (tell(request, at) for tell in hooks.get_hooks("conecta_dashboard_panel"))
        return {"work": [work for work in told if work is not None and work.total]}
