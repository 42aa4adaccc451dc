"""How the acts at the door of the table in docs/roles.md are tried."""

from django.test import override_settings
from django.urls import reverse

from home.second_factor.models import Authenticator
from home.signing_in.models import Door
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.people import browser
from tests.services.newsroom.world import World, opens


@act("reset a colleague's second factor")
def reset_second_factor(world: World) -> bool:
    Authenticator.objects.create(user=world.reviewer, key="")
    address = reverse("conecta_second_factor:reset", args=[world.reviewer.pk])
    shown = opens(world.client, address)
    world.client.post(address)
    assert Authenticator.objects.filter(user=world.reviewer).exists() != shown
    return shown


@act("reset one's own second factor")
def reset_own(world: World) -> bool:
    return opens(world.client, reverse("conecta_second_factor:reset", args=[world.user.pk]))


@act("open the admin without a second factor")
def without_second_factor(world: World) -> bool:
    with override_settings(CONECTA_SECOND_FACTOR=True):
        return opens(world.client, reverse("wagtailadmin_home"))


@act("leave every device at once")
def leave_every_device(world: World) -> bool:
    # In another browser: the world's goes on.
    browser(world.user).post(reverse("conecta_door:sign_out_everywhere"))
    return Door.objects.filter(user=world.user).exists()
