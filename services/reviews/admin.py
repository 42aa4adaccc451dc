"""Reviews in Wagtail's admin: addresses, menu, buttons, and their line in the history."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import page_permission_policy

from services.reviews.reviewing import REVIEWED
from services.reviews.views import ConfirmReviewView, ReviewQueueView, ask_for_review, can_be_reviewed, confirm_address


class _QueueItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        """For those who write or publish pages."""
        return bool(page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


hooks.register("before_edit_page", ask_for_review)


@hooks.register("register_admin_urls")
def review_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", ReviewQueueView.as_view(), name="queue"),
        path("resultados/", ReviewQueueView.as_view(results_only=True), name="queue_results"),
        path("<int:pk>/", ConfirmReviewView.as_view(), name="confirm"),
    ]
    return [path("conecta/revisar/", include((patterns, "conecta_review")))]


@hooks.register("register_admin_menu_item")
def queue_item() -> MenuItem:
    """Beside the list of services: it is work, not a report."""
    return _QueueItem(_("Para revisar"), reverse("conecta_review:queue"), icon_name="calendar-check", order=95)


@hooks.register("register_page_header_buttons")
def review_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Among what can be done on a public service's edit page."""
    if view_name == "edit" and can_be_reviewed(page, by=user):
        yield Button(_("Revisado, nada mudou"), url=confirm_address(page), icon_name="check", priority=5)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What the history says of a review."""
    actions.register_action(REVIEWED, _("Revisar"), _("Revisado: nada mudou"))
