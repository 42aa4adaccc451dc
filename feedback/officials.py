"""Names of people who work for the city: comments that hold one are looked at first."""

import json

from django.contrib.auth import get_user_model

from services.languages import source_locale
from services.models.published import PublishedRecord


def official_names() -> list[str]:
    """Of heads as bodies publish them ("Secretária: Maria de Souza") what may be a name, and of whoever has an account.

    Two queries.
    """
    rows = PublishedRecord.objects.public().filter(kind="secretariat", locale=source_locale())
    heads = (json.loads(body).get("head", "") for body in rows.values_list("body", flat=True))
    users = get_user_model()._default_manager.filter(is_active=True).exclude(last_name="")
    people = [f"{first} {last}" for first, last in users.values_list("first_name", "last_name")]
    return [*(name for head in heads for name in _names_in(head)), *people]


def _names_in(head: str) -> list[str]:
    """What stands after a colon, a dash, a comma or a bracket; offices among them do no harm."""
    for sign in ":–—,(":
        head = head.replace(sign, "\n")
    parts = [part.strip(" )-") for part in head.replace(" - ", "\n").split("\n")]
    return [part for part in parts if len(part.split()) > 1]
