"""Many texts approved at once: each by its own stage's rules, as if its own button had been pressed."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks

from services.models import Refused
from services.newsroom.standing import standing


def may_approve_any(user: Any) -> bool:
    """Whether somebody who is there holds a role that approves."""
    held = standing(user).held
    roles = {role for (role, _body), people in held.items() if user.pk in people}
    return standing(user).is_set_up and not roles.isdisjoint({"revisao", "comunicacao", "administracao"})


@hooks.register("conecta_bulk_approve")
def approve(page: Any, user: Any) -> str:
    """Approve what waits of a page at its stage: ``""``, or why not. Raises ``Incomplete`` where a gap is open."""
    state = page.current_workflow_task_state
    if state is None:
        return _("não está esperando aprovação")
    try:
        state.task.specific.on_action(state, user, "approve")
    except Refused as refusal:
        return _("não foi aprovado (%s)") % str(refusal).rstrip(".")
    return ""
