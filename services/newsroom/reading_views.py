"""Drafts and their history for those who read all and change nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.log_actions import registry
from wagtail.models import Revision

from services.newsroom.act_views import entry_named
from services.newsroom.admin_page import AdminPage
from services.newsroom.offering import offers_urgency
from services.newsroom.places import act_address
from services.newsroom.standing import sees_all

#: The newest; all of them are in the report of the whole site.
ENTRIES = 100


class ReadView(View):
    """A draft, or an older version, in the template that citizens see, or as its record in the API."""

    def get(self, request: HttpRequest, *, content_type: int, pk: str, revision: int) -> HttpResponseBase:
        """As a preview: private, never kept."""
        if not sees_all(request.user):
            raise PermissionDenied
        entry = entry_named(content_type, pk)
        found = Revision.objects.for_instance(entry).filter(pk=revision).first()
        if found is None:
            raise Http404
        draft = found.as_object()
        mode = request.GET.get("mode", draft.default_preview_mode)
        if mode not in dict(draft.preview_modes):
            raise Http404
        response: HttpResponseBase = draft.make_preview_request(request, mode)
        return response


class HistoryView(AdminPage, TemplateView):
    """What was done to an entry, with each version to read."""

    template_name = "conecta_services/admin/history.html"
    page_title = _("Rascunho e histórico")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who see all."""
        if not sees_all(request.user):
            raise PermissionDenied
        self.entry = entry_named(kwargs["content_type"], kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Which entry."""
        return str(self.entry.get_latest_revision_as_object())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its log, the newest first."""
        entries = registry.get_logs_for_instance(self.entry).select_related("user", "content_type")
        revisions = set(Revision.objects.for_instance(self.entry).values_list("pk", flat=True))
        lines = [
            {
                "entry": entry,
                "message": entry.formatter.format_message(entry) if entry.formatter else entry.action,
                "revision": entry.revision_id if entry.revision_id in revisions else None,
            }
            for entry in entries.order_by("-timestamp", "-pk")[:ENTRIES]
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "lines": lines,
            "entry": self.entry,
            "content_type": self.kwargs["content_type"],
            "latest": self.entry.latest_revision_id,
            "urgent": act_address("urgent", self.entry) if offers_urgency(self.request.user, self.entry) else "",
        }
