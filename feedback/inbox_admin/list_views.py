"""The inbox: everything that people said and that this person may read, in one list."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from feedback.inbox_admin.filters import FilterForm
from feedback.inbox_admin.listing import items, places
from feedback.reading import Reader
from services.newsroom.admin_page import AdminPage

PER_PAGE = 30


class InboxView(AdminPage, TemplateView):
    """Filters and a page of lines."""

    template_name = "conecta_feedback/admin/inbox.html"
    page_title = _("Caixa de entrada")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may read any of it."""
        if not Reader.of(request.user).opens:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines of a page."""
        reader, today = Reader.of(self.request.user), timezone.localdate()
        form = FilterForm(self.request.GET, reader)
        page = Paginator(places(form, today), PER_PAGE).get_page(self.request.GET.get("p"))
        asked = self.request.GET.copy()
        asked.pop("p", None)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "form": form,
            "filtered": bool(form.asked()),
            "lines": list(items(list(page.object_list), reader, today)),
            "page": page,
            "asked": asked.urlencode(),
            "exports": reader.exports,
        }
