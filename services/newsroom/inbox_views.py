"""The whole inbox on a page of its own."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from services.newsroom.admin_page import AdminPage
from services.newsroom.inbox import inbox_of


class InboxView(AdminPage, TemplateView):
    """Aguardando você, voltou para você."""

    template_name = "conecta_services/admin/inbox.html"
    page_title = _("Minha caixa")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of both trays."""
        inbox = inbox_of(self.request.user, timezone.now())
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"waiting": inbox.waiting, "returned": inbox.returned}
