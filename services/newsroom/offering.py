"""Which acts somebody is shown the way to; each act asks again."""

from typing import Any

from wagtail.models import TranslatableMixin

from services.languages import source_locale
from services.newsroom.acts import TAKING_DOWN_ROLES, URGENT_ROLES
from services.newsroom.standing import holds


def is_translation(entry: Any) -> bool:
    """Whether an entry is in another language than the one that is written first."""
    translated = isinstance(entry, TranslatableMixin) and entry.locale_id is not None
    return translated and entry.locale.language_code != source_locale()


def offers_urgency(user: Any, entry: Any) -> bool:
    """Whether there is a draft that is not public, and it is somebody's to publish with urgency."""
    unpublished = entry.latest_revision_id and entry.latest_revision_id != entry.live_revision_id
    return bool(unpublished) and not is_translation(entry) and holds(user, *URGENT_ROLES)


def offers_taking_down(user: Any) -> bool:
    """Whether somebody is shown the button."""
    return bool(user.is_superuser) or holds(user, *TAKING_DOWN_ROLES)
