"""Front ends in Wagtail's admin: kept by Administração, in the settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from services.models import ENTRY_MODELS, FrontEnd, PublishedEntry, PublishedPage


def _kinds() -> list[tuple[str, Any]]:
    """What has previews, as its forms call it."""
    shown = {kind: model for kind, model in ENTRY_MODELS.items() if issubclass(model, PublishedPage | PublishedEntry)}
    return [(kind, str(model._meta.verbose_name_plural).capitalize()) for kind, model in shown.items()]


class FrontEndForm(WagtailAdminModelForm):
    """With a box for each kind."""

    kinds = forms.MultipleChoiceField(
        label=_("Mostra"),
        choices=_kinds,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nada marcado: tudo o que tem prévia. Exemplo: Serviços"),
    )

    class Meta:
        model = FrontEnd
        fields = ["name", "address", "kinds"]


class FrontEndViewSet(ModelViewSet):
    """Sites outside that show drafts."""

    model = FrontEnd
    name = "conecta_front_ends"
    url_prefix = "sites-externos"
    icon = "globe"
    menu_label = _("Sites externos")
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["name", Column("address", label=_("Endereço"))]
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        """One form for both."""
        return FrontEndForm


@hooks.register("register_admin_viewset")
def front_ends() -> FrontEndViewSet:
    """In the settings."""
    return FrontEndViewSet()
