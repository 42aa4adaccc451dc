"""How reading what the system counts, and how it is, is tried."""

from django.urls import reverse

from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World, opens


@act("read how often services are visited")
def read_visits(world: World) -> bool:
    whole = opens(world.client, reverse("conecta_visits:report"))
    assert opens(world.client, reverse("conecta_visits:report_results")) == whole
    return whole


@act("read the state of the system")
def read_state(world: World) -> bool:
    return opens(world.client, reverse("conecta_state:state"))
