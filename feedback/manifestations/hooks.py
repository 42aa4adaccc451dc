"""What manifestations draw on other apps' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from feedback import configured
from feedback.manifestations.intake_views import ANSWER, intake, intake_receipt
from services.record import Record, Service


@hooks.register("conecta_article_section", order=20)
def manifest_section(record: Record) -> str:
    """A link to the form, with the service filled in."""
    if not isinstance(record, Service) or not configured.offered():
        return ""
    return render_to_string("conecta_feedback/manifestations/section.html", {"record": record})


class _IntakeItem(MenuItem):
    """For those who may answer."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(ANSWER))


@hooks.register("register_admin_urls")
def intake_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [path("", intake, name="form"), path("recibo/", intake_receipt, name="receipt")]
    return [path("conecta/registrar-manifestacao/", include((patterns, "conecta_intake")))]


@hooks.register("register_participation_menu_item")
def intake_item() -> MenuItem:
    """Beside the inbox."""
    return _IntakeItem(_("Registrar manifestação"), reverse("conecta_intake:form"), icon_name="form", order=20)
