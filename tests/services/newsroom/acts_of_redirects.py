"""How the row on old addresses is tried."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.services.newsroom.acts_of_the_table import act
from tests.services.newsroom.world import World


@act("lead old addresses on to where things are now")
def lead_on(world: World) -> bool:
    file = SimpleUploadedFile("antigos.csv", f"de;para\n/antigo.php;{world.live.record_id}\n".encode())
    seen = world.client.post(reverse("wagtailredirects:start_import"), {"file": file}, follow=True)
    if "plan" not in (seen.context or {}):
        return False
    world.client.post(seen.request["PATH_INFO"], {"conferido": seen.context["plan"].digest})
    return bool(Redirect.objects.filter(old_path="/antigo.php").exists())
