"""The buttons below an editor's form: ours where the newsroom is set up, Wagtail's own elsewhere."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem

from services.models import newsroom_is_set_up
from services.newsroom.offering import is_translation, offers_taking_down, offers_urgency
from services.newsroom.places import act_address
from services.newsroom.standing import standing
from services.newsroom.telling import keep_as_a_draft

_WAGTAILS_UNPUBLISH = frozenset({"action-unpublish"})
_WAGTAILS_OWN = _WAGTAILS_UNPUBLISH | {"action-publish"}


class _Act:
    """A link to the page where an act is done."""

    act = ""

    def __init__(self, entry: Any, *, order: int) -> None:
        super().__init__(order=order)  # type: ignore[call-arg]
        self.entry = entry

    def get_url(self, _context: Any) -> str:
        """Where it is done."""
        return act_address(self.act, self.entry)


class _Urgent(_Act):
    act = "urgent"
    name = "action-conecta-urgent"
    label = gettext_lazy("Publicar com urgência")
    icon_name = "warning"


class _TakeDown(_Act):
    act = "take_down"
    name = "action-conecta-take-down"
    label = gettext_lazy("Tirar do ar")
    icon_name = "download"


def _ours(items: list[Any], request: HttpRequest, entry: Any, base: Any) -> None:
    """Take Wagtail's publish buttons away, and offer what this person may do."""
    if not standing(request.user).is_set_up:
        return
    user: Any = request.user
    wagtails = _WAGTAILS_UNPUBLISH if is_translation(entry) else _WAGTAILS_OWN
    items[:] = [item for item in items if item.name not in wagtails]
    # The first is the big button: who opens what waits for their decision came to decide.
    items.sort(key=lambda item: item.name != "approve" or item.launch_modal)
    if entry is None or entry.pk is None:
        return
    if offers_urgency(user, entry):
        items.append(type("Urgent", (_Urgent, base), {})(entry, order=80))
    if entry.live and offers_taking_down(user):
        items.append(type("TakeDown", (_TakeDown, base), {})(entry, order=90))


@hooks.register("construct_page_action_menu", order=100)
def page_actions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """For pages."""
    _ours(menu_items, request, context.get("page"), ActionMenuItem)


@hooks.register("construct_snippet_action_menu", order=100)
def snippet_actions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """For snippets that are drafted; what goes live at once has no publish button."""
    if context.get("draftstate_enabled", True):
        _ours(menu_items, request, context.get("instance"), SnippetActionMenuItem)


@hooks.register("before_create_page")
def written_first(request: HttpRequest, _parent: Any, _page_class: Any) -> None:
    """A new page."""
    keep_as_a_draft(request)


@hooks.register("before_edit_page")
def changed_first(request: HttpRequest, page: Any) -> None:
    """A page."""
    if not is_translation(page):
        keep_as_a_draft(request)


@hooks.register("before_unpublish_page")
@hooks.register("before_unpublish")
def with_a_reason(request: HttpRequest, entry: Any) -> HttpResponseBase | None:
    """Wagtail's page asks for no reason."""
    if not newsroom_is_set_up():
        return None
    return redirect(act_address("take_down", entry))


@hooks.register("before_move_page")
def show_no_page_that_may_not_be_moved(request: Any, page: Any, destination: Any) -> None:
    """Wagtail asks who may when the page is moved; its question before that tells the page's title to everybody."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def only_superusers_change_superusers(request: HttpRequest, user: Any) -> HttpResponseBase | None:
    """Or Administração could make itself one by another's password."""
    if not user.is_superuser or request.user.is_superuser:
        return None
    messages.error(request, _("Só outro superusuário muda este usuário."))
    return redirect("wagtailusers_users:index")
