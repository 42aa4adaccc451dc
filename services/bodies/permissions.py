"""Who may rename and merge bodies."""

from typing import Any

from services.models import SecretariatPage, newsroom_is_set_up
from services.newsroom.acts import may_take_down


def may_rename(user: Any, body: SecretariatPage) -> bool:
    """Its new name is public at once: Comunicação's act, or whoever may publish where there is no newsroom."""
    if newsroom_is_set_up():
        return may_take_down(user)
    return bool(body.permissions_for_user(user).can_publish())


def may_merge(user: Any, ending: SecretariatPage, staying: SecretariatPage) -> bool:
    """What is below the one moves below the other, in public."""
    return may_rename(user, ending) and may_rename(user, staying)
