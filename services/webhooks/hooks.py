"""Subscriptions in Wagtail's admin: among the settings, for Administração."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from services.models import Webhook
from services.webhooks import acts  # noqa: F401 - registers itself
from services.webhooks import webhook_views as views
from services.webhooks.webhook_forms import WebhookForm


class WebhookViewSet(ModelViewSet):
    """Who is told of what."""

    model = Webhook
    name = "conecta_webhooks"
    url_prefix = "conecta/sistemas-avisados"
    icon = "mail"
    menu_label = _("Sistemas avisados")
    menu_order = 610
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = views.ListView
    add_view_class = views.AddView
    edit_view_class = views.ChangeView
    delete_view_class = views.DeleteView
    inspect_view_class = views.ShowView
    inspect_view_fields = ["name"]
    inspect_template_name = "conecta_services/admin/webhook.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        """Our own."""
        return WebhookForm

    def get_urlpatterns(self) -> list[Any]:
        """With the acts on one."""
        return [
            *super().get_urlpatterns(),
            path("segredo/<int:pk>/", views.SecretView.as_view(), name="secret"),
            path("enviar-de-novo/<int:pk>/", views.ReplayView.as_view(), name="replay"),
            path("testar/<int:pk>/", views.PingView.as_view(), name="ping"),
            path("retomar/<int:pk>/", views.ResumeView.as_view(), name="resume"),
            path("pular/<int:pk>/", views.SkipView.as_view(), name="skip"),
            path("envio/<int:pk>/<int:delivery>/", views.DeliveryView.as_view(), name="delivery"),
        ]


@hooks.register("register_admin_viewset")
def webhooks() -> WebhookViewSet:
    """In the settings."""
    return WebhookViewSet()


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """The rights to look after subscriptions, for groups."""
    names = [f"{act}_webhook" for act in ("add", "change", "delete")]
    return Permission.objects.filter(content_type__app_label="conecta_services", codename__in=names)
