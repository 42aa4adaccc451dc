"""The charter's services in the admin: all of them in one list, and the way to a new one."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import ListingButton

from services.languages import in_one_language
from services.models import ServicePage


class ChooseBodyView(ChooseParentView):
    """Which body provides the service: a service is written below it."""

    page_title = _("Qual órgão presta o serviço?")
    submit_button_label = _("Escrever o serviço")

    def get_form(self) -> Any:
        """Bodies by name, where Wagtail would open its tree of pages."""
        form = super().get_form()
        form.fields["parent_page"] = forms.ModelChoiceField(
            self.get_valid_parent_pages(self.request.user).order_by("title"),
            empty_label=None,
            label=_("Órgão"),
            help_text=_("O serviço fica na página dele, e herda os compromissos dele. Exemplo: Secretaria de Saúde"),
        )
        return form


class ServiceTitleColumn(PageTitleColumn):
    """The name, without a menu for each row: its buttons, which are on the service's page too, ask for each row."""

    cell_template_name = "conecta_services/admin/service_title_cell.html"


class ServicesView(IndexView):
    """The list; what is done with many at once is what is done with services, not with any page."""

    base_columns = [
        ServiceTitleColumn("title", label=_("Serviço"), sort_key="title", classname="title")
        if isinstance(column, PageTitleColumn)
        else column
        for column in IndexView.base_columns
    ]

    template_name = "conecta_services/admin/services.html"
    # All that is listed is in one.
    show_locale_labels = False

    def get_base_queryset(self) -> Any:
        """In the language that is asked for, else the source's."""
        return in_one_language(super().get_base_queryset(), self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The model whose bulk actions are offered, and those that this person may do."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"model_opts": ServicePage._meta, "bulk_buttons": _bulk_buttons(self.request.user)}


def _bulk_buttons(user: Any) -> list[ListingButton]:
    names = (ServicePage._meta.app_label, ServicePage._meta.model_name)
    actions = bulk_action_registry.get_bulk_actions_for_model(*names)
    return [
        ListingButton(
            action.display_name,
            reverse("wagtail_bulk_action", args=[*names, action.action_type]),
            attrs={"aria-label": action.aria_label, "data-bulk-action-button": ""},
            priority=action.action_priority,
            classname="bulk-action-btn",
        )
        for action in sorted(actions, key=lambda action: action.action_priority)
        if action.is_offered(user)
    ]


class ServiceListing(PageListingViewSet):
    """Services of every body, the last changed first."""

    model = ServicePage
    name = "conecta_service_listing"
    url_prefix = "servicos"
    icon = "form"
    menu_label = _("Serviços")
    menu_order = 90
    add_to_admin_menu = True
    choose_parent_view_class = ChooseBodyView
    index_view_class = ServicesView


LISTING = ServiceListing()
