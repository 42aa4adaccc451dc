"""How the acts on booklets of the table in docs/roles.md are tried."""

from django.urls import reverse
from django.utils import timezone

from services.models import BookletEdition
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World, opens


@act("see the editions of the charter as a booklet")
def see(world: World) -> bool:
    return opens(world.client, reverse("conecta_booklets:index"))


@act("have a booklet made")
def have_made(world: World) -> bool:
    world.client.post(reverse("conecta_booklets:make"), {"body": "", "language": "pt-br", "as_of": ""})
    return BookletEdition.objects.filter(kind="booklet", state="asked").exists()


@act("keep an edition of the booklet for good")
def keep(world: World) -> bool:
    at = timezone.now()
    edition = BookletEdition.objects.create(language="pt-br", state="done", asked_at=at, made_at=at)
    world.client.post(reverse("conecta_booklets:keep", args=[edition.code]))
    edition.refresh_from_db()
    return edition.frozen


@act("freeze the general table of the year")
def freeze(world: World) -> bool:
    world.client.post(reverse("conecta_booklets:general_table"))
    return BookletEdition.objects.filter(kind="general_table").exists()
