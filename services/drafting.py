"""A service that is yet to be written: a draft below its body, given to whoever shall write it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from services.models import SecretariatPage, ServicePage
from services.publishing import publishing


class NotTheirs(PermissionDenied):
    """The person who shall write it may not write there; the text says so."""


def may_draft(user: Any) -> bool:
    """Whether a user may add pages anywhere."""
    return bool(page_permission_policy.user_has_permission(user, "add"))


def bodies_for(user: Any) -> QuerySet[SecretariatPage]:
    """The public bodies, in the source language, below which a user may add services."""
    allowed = PagePermissionPolicy(SecretariatPage).instances_user_has_permission_for(user, "add")
    bodies: QuerySet[SecretariatPage] = allowed.filter(locale=Locale.get_default(), alias_of=None).order_by("title")
    return bodies


def writers() -> QuerySet[Any]:
    """Those who may write pages somewhere, by name."""
    users: QuerySet[Any] = page_permission_policy.users_with_any_permission({"add", "change"})
    return users.order_by("first_name", "last_name", get_user_model().USERNAME_FIELD)


def draft_service(title: str, *, popular_name: str, body: SecretariatPage, writer: Any, by: Any) -> ServicePage:
    """A draft below a body, owned by its writer.

    Raises ``PermissionDenied`` if ``by`` may not add it, ``NotTheirs`` if ``writer`` could not go on with it, and
    ``PublishingBusy``.
    """
    if not (body.permissions_for_user(by).can_add_subpage() and ServicePage.can_create_at(body)):
        raise PermissionDenied
    if not page_permission_policy.user_has_any_permission_for_instance(writer, {"add", "change"}, body):
        raise NotTheirs(_("Esta pessoa não pode escrever páginas deste órgão."))
    with publishing():
        # Wagtail logs a new page as its owner's doing.
        page = ServicePage(title=title, popular_names=popular_name, owner=by, live=False)
        # Read again under the log's lock: where it stands may have changed.
        SecretariatPage.objects.get(pk=body.pk).add_child(instance=page)
        page.owner = page.responsible = writer
        page.save(update_fields=["owner", "responsible"])
        page.save_revision(user=by, log_action=True, clean=False)
    return page
