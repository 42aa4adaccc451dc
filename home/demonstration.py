"""Demonstration data: told apart by its source, and never beside a city's own."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from services.importing import Importer, Options, Summary
from services.interchange import FORMATS, open_source
from services.models import ENTRY_MODELS, PublishedPage
from services.publishing import publishing

SOURCE = "demo"

#: Demo logins. They exist only where ``CONECTA_DEMO`` serves on the loopback address.
PASSWORD = "conecta-demo"  # noqa: S105
_EDITORS = (
    ("admin", "", True),
    ("redacao", "Editors", False),
    ("comunicacao", "Moderators", False),
)


def is_empty_of_real_data() -> bool:
    """Whether every entry here is a demonstration's."""
    models: Iterable[Any] = ENTRY_MODELS.values()
    return not any(model._default_manager.exclude(source=SOURCE).exclude(title="").exists() for model in models)


def load(folder: Path) -> Summary:
    """Take over the charter in ``folder``. Raises ``ValueError`` if any of it cannot be read."""
    format_ = FORMATS["conecta"]
    if format_.read is None:
        raise ValueError(format_.name)
    reading = format_.read(open_source(folder, format_.suffixes))
    if reading.rejected:
        raise ValueError("; ".join(f"{item.name}: {item.reason}" for item in reading.rejected))
    return Importer(Options()).run(reading.records)


def remove() -> int:
    """Delete every demonstration entry and login; how many entries there were."""
    removed = 0
    with publishing():
        for model in ENTRY_MODELS.values():
            rows = model._default_manager.filter(source=SOURCE)
            removed += rows.count()
            if issubclass(model, PublishedPage):
                for page in Page.objects.filter(pk__in=rows.values("pk")).order_by("-depth"):
                    page.delete()
            else:
                rows.delete()
        get_user_model().objects.filter(username__in=[login for login, _group, _boss in _EDITORS]).delete()
    return removed


@transaction.atomic
def accounts() -> list[tuple[str, str, str]]:
    """The demo's editors, made if they are not there: login, password, what they may do."""
    users: Any = get_user_model()
    for login, group, superuser in _EDITORS:
        user, new = users.objects.get_or_create(
            username=login, defaults={"is_superuser": superuser, "is_staff": superuser, "first_name": login.title()}
        )
        if new:
            user.set_password(PASSWORD)
            user.save()
        if group:
            user.groups.set([_charter_group(group)])
    return [
        ("admin", PASSWORD, _("administra tudo")),
        ("redacao", PASSWORD, _("escreve e pede publicação")),
        ("comunicacao", PASSWORD, _("escreve e publica")),
    ]


def _charter_group(name: str) -> Group:
    """One of Wagtail's own groups, with the charter's snippets added."""
    group = Group.objects.get(name=name)
    actions = ("add", "change", "publish") if name == "Moderators" else ("add", "change")
    permissions = Permission.objects.filter(
        content_type__app_label="conecta_services",
        codename__regex=rf"^({'|'.join(actions)})_",
    )
    group.permissions.add(*permissions)
    return group
