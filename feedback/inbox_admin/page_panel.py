"""The side panel "O que as pessoas disseram" of a service's form: what was said of each version that was public.

A rating knows the version that its writer had read: a page that was kept for a minute longer is not the newer one.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView

from feedback.models import Improvement, Rating
from feedback.reading import Reader
from feedback.roles import VIEW, VIEW_COMMENTS
from feedback.statistics import LEAST, figures
from services.languages import source_locale
from services.models import ServicePage
from services.models.published import PublishedVersion

#: Publications that are told apart; what came before the oldest of them stands with it.
SHOWN = 8
_COMMENTS = 3


@dataclass
class Said:
    """What was said of one version."""

    published_at: datetime
    sequence: int
    number: int = 0
    #: Of few ratings none is told.
    mean: float | None = None
    manifestations: int = 0
    comments: list[Rating] = field(default_factory=list)
    improvements: list[Improvement] = field(default_factory=list)


def said_of(record_id: str, reader: Reader) -> list[Said]:
    """What this person may know of what was said of a service, the newest version first: five queries."""
    versions = list(
        PublishedVersion.objects.filter(
            record__kind="service", record__entry_id=record_id, record__locale=source_locale(), deleted=False
        )
        .order_by("-sequence")
        .only("sequence", "etag", "published_at")[:SHOWN]
    )
    found = [Said(version.published_at, version.sequence) for version in versions]
    if not found:
        return []
    of_version = _place(versions)
    ratings = Rating.objects.filter(service_id=record_id, set_aside=False).annotate(place=of_version)
    stars: dict[int, list[int]] = {}
    for place, given, number in ratings.order_by().values_list("place", "stars").annotate(number=Count("pk")):
        stars.setdefault(place, [0] * 5)[given - 1] = number
    for place, distribution in stars.items():
        told = figures(distribution)
        found[place].number = sum(distribution)
        found[place].mean = told.mean if told is not None and told.count >= LEAST else None
    for rating in (
        reader.comments()
        .filter(service_id=record_id, set_aside=False)
        .annotate(place=of_version)
        .order_by("-received_at")[: SHOWN * _COMMENTS]
    ):
        if len(found[rating.place].comments) < _COMMENTS:
            found[rating.place].comments.append(rating)
    if reader.may(VIEW):
        rows: QuerySet[Any] = reader.manifestations().filter(service_id=record_id).annotate(place=of_version)
        for place, number in rows.order_by().values_list("place").annotate(number=Count("pk")):
            found[place].manifestations = number
    by_sequence = {each.sequence: each for each in found}
    changes = Improvement.objects.filter(kind="service", entry_id=record_id, sequence__in=by_sequence)
    for change in changes:
        by_sequence[change.sequence].improvements.append(change)
    return found


def _place(versions: Sequence[PublishedVersion]) -> Case:
    """Of a rating or a manifestation: which of these versions it speaks of, by what was read, or else by its time."""
    read = [
        When(Q(version=version.etag, received_at__gte=version.published_at), then=Value(place))
        for place, version in enumerate(versions)
        if version.etag
    ]
    at_the_time = [
        When(received_at__gte=version.published_at, then=Value(place)) for place, version in enumerate(versions)
    ]
    return Case(*read, *at_the_time, default=Value(len(versions) - 1), output_field=IntegerField())


class SaidSidePanel(BaseSidePanel):
    """What people said of a service, version by version."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Beside the others."""

        aria_label = _("Mostrar ou esconder o que as pessoas disseram")
        icon_name = "group"

    name = "conecta_said"
    title = _("O que as pessoas disseram")
    template_name = "conecta_feedback/admin/said_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Version by version."""
        reader = Reader.of(self.request.user)
        return {
            **super().get_context_data(parent_context),
            "said": said_of(self.object.record_id, reader),
            "least": LEAST,
            "reads_manifestations": reader.may(VIEW),
        }


def install() -> None:
    """Add the panel to the form of pages, once: Wagtail has no hook for side panels."""
    if not hasattr(EditView.get_side_panels, "_conecta_said"):
        EditView.get_side_panels = _with_panel(EditView.get_side_panels)


def _with_panel(get_side_panels: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(get_side_panels)
    def wrapped(view: Any) -> Any:
        panels = get_side_panels(view)
        page = view.page
        silent = getattr(view, "expects_json_response", False)
        if silent or not isinstance(page, ServicePage) or not page.record_id:
            return panels
        if not Reader.of(view.request.user).may(VIEW_COMMENTS):
            return panels
        return MediaContainer([*panels, SaidSidePanel(page, view.request)])

    wrapped._conecta_said = True  # type: ignore[attr-defined]
    return wrapped
