"""What the admin's menu is told of pages is what Wagtail's own answer tells, in fewer queries."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse
from rest_framework.renderers import JSONRenderer
from wagtail.admin.api.urls import admin_api
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Locale, Page

from services.models import SecretariatPage, ServicePage
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up

pytestmark = pytest.mark.django_db
LISTING = "wagtailadmin_api:pages:listing"


@pytest.fixture
def body() -> SecretariatPage:
    """One of two bodies, with drafts, what is public, what is due to go public, and an alias in Spanish."""
    set_up()
    own, other = charter.body("Secretaria da Saúde"), charter.body("Secretaria de Obras")
    for number in range(3):
        charter.service(own, f"Marcar consulta {number}")
        charter.draft_page(other, ServicePage, f"Tapar buraco {number}")
    scheduled = charter.draft_page(own, ServicePage, "Tomar vacina")
    scheduled.latest_revision.approved_go_live_at = datetime(2030, 1, 1, tzinfo=UTC)
    scheduled.latest_revision.save()
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    charter.service(own, "Pegar remédio").copy_for_translation(spanish, copy_parents=True, alias=True)
    return own


def wagtails_own(user: Any, **asked: Any) -> Any:
    """The answer of the view that ours takes the place of."""
    request = RequestFactory().get(reverse(LISTING), asked)
    request.user = user
    request.wagtailapi_router = admin_api
    response = PagesAdminAPIViewSet.as_view({"get": "listing_view"})(request)
    return json.loads(JSONRenderer().render(response.data))


@pytest.mark.parametrize("role", ["redacao", "comunicacao", "controle", "ouvidoria"])
def test_it_tells_what_wagtails_own_tells(role: str, body: SecretariatPage) -> None:
    user = person("alguem", role, body=body)
    client, home = browser(user), charter.home()
    for asked in ({"child_of": home.pk, "for_explorer": 1}, {"child_of": body.pk}, {}, {"descendant_of": home.pk}):
        answer = client.get(reverse(LISTING), asked)
        if answer.status_code == 200:
            assert answer.json() == wagtails_own(person("alguem"), **asked)
        else:
            # What one may not explore is no parent that one may name.
            assert (answer.status_code, role) in ((400, "redacao"), (400, "ouvidoria"))


def test_more_rows_are_no_more_queries(body: SecretariatPage, django_assert_max_num_queries: Any) -> None:
    client, asked = browser(person("aprova", "comunicacao")), {"descendant_of": charter.home().pk}
    rows = client.get(reverse(LISTING), asked).json()["meta"]["total_count"]
    assert rows == Page.objects.filter(depth__gt=2, path__startswith=charter.home().path).count() >= 10
    with django_assert_max_num_queries(25):
        client.get(reverse(LISTING), asked)
