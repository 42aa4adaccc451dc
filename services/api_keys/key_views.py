"""Where Administração makes keys and takes them back."""

from typing import Any

from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from services.api_keys.keys import give
from services.models.api_key import ApiKey


class MakeKeyView(CreateView):
    """A new key is shown on the page that follows, and never again."""

    def save_instance(self) -> Any:
        """The holder, with a key that only this request knows."""
        self.key = give(self.form.instance)
        return super().save_instance()

    def save_action(self) -> Any:
        """The page with the key."""
        context = {"holder": self.object, "key": self.key, "back": self.get_success_url()}
        context |= {"page_title": _("Chave criada"), "header_icon": "key"}
        # The admin lets no cache keep any of its pages.
        return TemplateResponse(self.request, "conecta_services/admin/api_key_made.html", context)


class ApiKeyViewSet(ModelViewSet):
    """Keys of the API."""

    model = ApiKey
    name = "conecta_api_keys"
    url_prefix = "conecta/chaves-da-api"
    icon = "key"
    menu_label = _("Chaves da API")
    menu_order = 650
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    add_view_class = MakeKeyView
    form_fields = ["name", "contact", "per_minute", "active"]
    list_display = [
        "name",
        Column("beginning", label=_("Começo da chave")),
        Column("per_minute", label=_("Pedidos por minuto"), sort_key="per_minute"),
        BooleanColumn("active", label=_("Ativa"), sort_key="active"),
        DateColumn("last_used_on", label=_("Último uso"), sort_key="last_used_on"),
    ]
