"""How the row on the glossary is tried."""

from django.urls import reverse

from home.models import GlossaryTerm
from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World


@act("explain a word in the glossary")
def explain(world: World) -> bool:
    said = {"term": "habite-se", "other_forms": "", "meaning": "Papel que diz que a obra acabou."}
    world.client.post(reverse("wagtailsnippets_conecta_home_glossaryterm:add"), said)
    return GlossaryTerm.objects.filter(term="habite-se").exists()
