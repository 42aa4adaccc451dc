"""The table in docs/roles.md is what the admin does: every cell is walked."""

from pathlib import Path

import pytest
from django.db import transaction

from tests.services.newsroom import (  # noqa: F401 - they enter their trials
    acts_of_booklets,
    acts_of_feedback,
    acts_of_other_sites,
    acts_of_redirects,
    acts_of_safe_hands,
    acts_of_selections,
    acts_of_the_door,
    acts_of_the_first_day,
    acts_of_the_glossary,
    acts_of_the_system,
    acts_of_translations,
    acts_of_webhooks,
)
from tests.services.newsroom.acts_of_the_table import ACTS
from tests.services.newsroom.world import ROLES, World, build

pytestmark = pytest.mark.django_db
#: A superuser's acts all go through, and Redação asks for what is its own body's; the others ask in the same words.
ON_BOTH = ("Superuser", "Redação")
BY_ROLE = [
    pytest.param(role, marks=() if role in ON_BOTH else pytest.mark.same_on_both("groups decide, in Python"))
    for role in ROLES
]
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "roles.md"


def table() -> dict[str, dict[str, bool]]:
    """Act → role → whether it may, as the document says."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    start = next(number for number, row in enumerate(rows) if row[0] == "Act")
    roles = rows[start][1:]
    found = {}
    for act, *cells in rows[start + 2 :]:
        assert set(cells) <= {"yes", "no"}, act
        found[act] = {role: cell == "yes" for role, cell in zip(roles, cells, strict=True)}
    return found


def test_every_row_is_tried_and_every_role_has_a_column() -> None:
    assert set(table()) == set(ACTS)
    assert all(set(row) == set(ROLES) for row in table().values())


def tried(world: World, act: str) -> bool:
    """Try an act, and leave no trace of it."""
    with transaction.atomic():
        may = ACTS[act](world)
        transaction.set_rollback(True)
    return may


@pytest.mark.parametrize("role", BY_ROLE)
def test_each_role_may_what_the_table_says(role: str) -> None:
    world = build(role)
    found = {act: tried(world, act) for act in ACTS}
    assert found == {act: row[role] for act, row in table().items()}
