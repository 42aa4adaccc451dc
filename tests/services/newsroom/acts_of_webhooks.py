"""How the acts on told systems of the table in docs/roles.md are tried."""

from django.urls import reverse

from services.models import Webhook
from services.webhooks.signing import new_seal
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World, opens


def told() -> Webhook:
    return Webhook.objects.create(name="Aplicativo", url="https://127.0.0.1:9/", seal=new_seal(), cursor="x.1")


@act("have another system told of changes")
def subscribe(world: World) -> bool:
    hook = told()
    others = [
        opens(world.client, reverse("conecta_webhooks:index")),
        opens(world.client, reverse("conecta_webhooks:inspect", args=[hook.pk])),
        opens(world.client, reverse("conecta_webhooks:edit", args=[hook.pk])),
    ]
    data = {"name": "Painel", "url": "https://painel.example/", "begin": "start", "active": "on"}
    world.client.post(reverse("conecta_webhooks:add"), data)
    made = Webhook.objects.filter(name="Painel").exists()
    assert others == [made] * 3
    world.client.post(reverse("conecta_webhooks:delete", args=[hook.pk]))
    assert Webhook.objects.filter(pk=hook.pk).exists() != made
    return made


@act("have the secret of a told system shown")
def see_secret(world: World) -> bool:
    response = world.client.post(reverse("conecta_webhooks:secret", args=[told().pk]))
    return "whsec_" in response.content.decode()


@act("send a told system what it was sent before")
def send_again(world: World) -> bool:
    hook = told()
    for name in ("ping", "resume", "skip"):
        before = world.client.post(reverse(f"conecta_webhooks:{name}", args=[hook.pk]))
        assert "conecta/sistemas-avisados" in before.url or before.url == reverse("wagtailadmin_home")
    world.client.post(reverse("conecta_webhooks:replay", args=[hook.pk]), {"place": "start"})
    hook.refresh_from_db()
    assert hook.deliveries.exists() == (hook.cursor == "0")
    return hook.cursor == "0"
