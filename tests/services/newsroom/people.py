"""The newsroom's people: one of each role, in a browser of their own."""

from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from services.models import RoleGroup, SecretariatPage
from services.roles import setup_roles
from services.workflow import setup_workflow
from tests.services import charter


def set_up() -> None:
    """As ``manage.py setup_roles``."""
    setup_roles()
    setup_workflow()


def person(login: str, *roles: str, body: SecretariatPage | None = None, **fields: Any) -> Any:
    """Somebody with some roles; those of a body are of ``body``."""
    users: Any = get_user_model()._default_manager
    user, _created = users.get_or_create(username=login, defaults={"email": f"{login}@exemplo.gov.br"} | fields)
    for role in roles:
        own = body.record_id if body is not None and role in ("redacao", "revisao") else ""
        user.groups.add(RoleGroup.objects.get(role=role, body=own).group)
    # Permissions are kept on the object.
    return users.get(pk=user.pk)


def browser(user: Any) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client


def latest(entry: Any) -> Any:
    """The entry as its latest draft has it."""
    return charter.fresh(entry).get_latest_revision_as_object()


def submitted(entry: Any, by: Any) -> Any:
    """Ask for approval of an entry's latest draft, as Wagtail's editor does."""
    entry = charter.fresh(entry)
    return entry.get_workflow().start(entry, by)


def decide(entry: Any, by: Any, action: str = "approve", **data: Any) -> None:
    """Press a button of the stage at which an entry waits."""
    state = charter.fresh(entry).current_workflow_task_state
    state.task.specific.on_action(state, by, action, **data)


def written(entry: Any, by: Any, **changes: Any) -> Any:
    """A new draft by somebody, after the latest one."""
    entry = latest(entry)
    for name, value in changes.items():
        setattr(entry, name, value)
    return entry.save_revision(user=by, clean=False, log_action=True)
