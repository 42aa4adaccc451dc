"""How the acts on what other sites and programs use, of the table in docs/roles.md, are tried."""

from django.urls import reverse

from services.models import ApiKey
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World


@act("make a key of the API")
def make_key(world: World) -> bool:
    values = {"name": "Aplicativo", "contact": "app@example.com", "per_minute": 900, "active": "on"}
    world.client.post(reverse("conecta_api_keys:add"), values)
    return ApiKey.objects.exists()
