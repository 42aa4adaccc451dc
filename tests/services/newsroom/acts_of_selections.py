"""How the acts on advice and on selections of the table in docs/roles.md are tried."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from services.assessment import assess
from services.models import Dismissal
from tests.services import charter
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.people import submitted, written
from tests.services.newsroom.world import World
from tests.services.test_selections import address


def _waves_away(world: World, page: Any) -> bool:
    written(page, None, summary="Efetue o pagamento da taxa.")
    advice = assess(charter.fresh(page).get_latest_revision_as_object()).advice
    found = next(each.id for each in advice if each.field == "summary" and each.id)
    place = [ContentType.objects.get_for_model(page).pk, page.pk, found]
    world.client.post(reverse("conecta_dismissing:dismiss", args=place), {"reason": "É assim que está no boleto."})
    return Dismissal.objects.exists()


@act("wave advice on a draft of the own body away")
def dismiss_own(world: World) -> bool:
    return _waves_away(world, world.draft)


@act("wave advice on a draft of another body away")
def dismiss_other(world: World) -> bool:
    return _waves_away(world, world.other_draft)


@act("approve a selection at the first stage")
def approve_selection(world: World) -> bool:
    submitted(world.draft, None)
    state = charter.fresh(world.draft).current_workflow_task_state
    world.client.post(address("conecta_approve", world.draft))
    state.refresh_from_db()
    return bool(state.status == state.STATUS_APPROVED)


def _exports(world: World, page: Any) -> bool:
    answer = world.client.post(address("conecta_export", page))
    if answer.status_code != 200 or not answer.streaming:
        return False
    return page.title in b"".join(answer.streaming_content).decode()


@act("export a draft of the own body as a row of a table")
def export_own(world: World) -> bool:
    return _exports(world, world.draft)


@act("export a draft of another body as a row of a table")
def export_other(world: World) -> bool:
    return _exports(world, world.other_draft)
