"""What changed, for editors: each public version with its day, who published it, and the way to every word."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from services.comparing.versions import SHOWN, told
from services.mapping import locale_of
from services.models import ENTRY_MODELS, PublishedEntry, PublishedPage, PublishedVersion


def may_read_changes(user: Any, entry: Any) -> bool:
    """Whoever may do anything with the entry in the admin."""
    if isinstance(entry, Page):
        return bool(entry.permissions_for_user(user).can_edit() or entry.permissions_for_user(user).can_publish())
    actions = ["add", "change", "delete", "publish", "view"]
    return bool(policy_registry.get_by_type(type(entry)).user_has_any_permission(user, actions))


def changes(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The versions of an entry, the latest first."""
    model: Any = ENTRY_MODELS.get(kind)
    if model is None or not issubclass(model, PublishedPage | PublishedEntry):
        raise Http404(kind)
    entry = get_object_or_404(model, pk=pk)
    if not may_read_changes(request.user, entry):
        raise PermissionDenied
    versions = PublishedVersion.objects.filter(
        record__kind=kind, record__entry_id=entry.record_id, record__locale=locale_of(entry)
    )
    page = Paginator(versions.select_related("user").order_by("-sequence"), SHOWN).get_page(request.GET.get("p"))
    # With the one before the last of this page, if there is any.
    first = max(page.start_index() - 1, 0)
    rows = list(versions.select_related("user").order_by("-sequence")[first : page.end_index() + 1])
    found = told(rows, from_the_first=page.number == page.paginator.num_pages) if rows else []
    edit = _address(entry, "edit")
    context = {
        "page_title": _("O que mudou"),
        "page_subtitle": str(entry),
        "header_icon": "history",
        "breadcrumbs_items": [{"url": edit, "label": str(entry)}, {"url": "", "label": _("O que mudou")}],
        "changes": [(change, _comparison(entry, change)) for change in found],
        "page": page,
        "history": _address(entry, "history"),
    }
    return TemplateResponse(request, "conecta_services/admin/changes.html", context)


def _comparison(entry: Any, change: Any) -> str:
    if not change.revision_id or not change.before_id or change.revision_id == change.before_id:
        return ""
    return _address(entry, "revisions_compare", change.before_id, change.revision_id)


def _address(entry: Any, view: str, *args: Any) -> str:
    if isinstance(entry, Page):
        return reverse(f"wagtailadmin_pages:{view}", args=[entry.pk, *args])
    return reverse(entry.snippet_viewset.get_url_name(view), args=[entry.pk, *args])
