"""What an editor and a citizen do on a plain Wagtail site with Conecta in it; run by ``test_plain_site``."""

import json
import sys

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.models import Page  # noqa: E402

from services.models import SecretariatPage, ServicePage  # noqa: E402

BY_PHONE = {"channels": {"default": [{"type": "phone", "text": "156"}]}}
COMMITMENTS = ("manifestation", "priority", "waiting", "communication", "manifestation_handling", "status_lookup")


def publish(parent: Page, page: Page) -> Page:
    """Add a page as the editor does: a draft, then publish."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


home = Page.objects.get(depth=2)
body = publish(home, SecretariatPage(title="Health Department", slug="health", summary="Looks after our health."))
service = publish(
    body,
    ServicePage(
        title="Book an appointment",
        slug="appointment",
        summary="Book an appointment with a doctor.",
        popular_names="see a doctor",
        requirements="<p>Live in the city.</p>",
        steps=[("step", {"title": "Call us", "documents": {"default": [{"name": "Identity card"}]}, **BY_PHONE})],
        time_type="immediate",
        **{f"standard_{name}": f"<p>About {name}: call 156.</p>" for name in COMMITMENTS},
    ),
)
draft = ServicePage(title="Not yet public", slug="draft", summary="Nobody may read this.", live=False)
body.add_child(instance=draft)

client = Client(headers={"host": "localhost"})
found = client.get("/api/v1/search", {"q": "see a doctor"}).json()
answers = {
    "page": client.get(service.url),
    "body": client.get(body.url),
    "home": client.get("/"),
    "draft": client.get(draft.url),
    "record": client.get(f"/api/v1/services/{service.record_id}"),
    "search": client.get("/busca/", {"q": "see a docter"}),
    "nothing": client.get("/busca/", {"q": "zzz"}),
}
editor = Client(headers={"host": "localhost"})
editor.force_login(get_user_model().objects.create_superuser("editor"))
form = editor.get(reverse("wagtailadmin_pages:edit", args=[service.pk]))
json.dump(
    {
        "form": form.content.decode(),
        "status": {name: answer.status_code for name, answer in answers.items()},
        "page": answers["page"].content.decode(),
        "search": answers["search"].content.decode(),
        "record": json.loads(answers["record"].content),
        "found": [result["title"] for result in found.get("results", [])],
    },
    sys.stdout,
)
