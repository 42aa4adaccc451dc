"""What lists of the admin offer to whoever translates."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.urls import reverse

from services.models import SecretariatPage
from tests.services import charter
from tests.services.newsroom.people import browser, person, set_up
from tests.services.spanish import Translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> SecretariatPage:
    """A body of a city with its newsroom."""
    set_up()
    return charter.body("PT Saúde", acronym="SMS")


@pytest.fixture
def translator(
    body: SecretariatPage, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> Translator:
    """Somebody of Comunicação."""
    return Translator(browser(person("comunicacao", "comunicacao")), django_capture_on_commit_callbacks)


def shown(client: Any, address: str, **query: str) -> str:
    """An answer's text."""
    text: str = client.get(address, query).content.decode()
    return text


def test_a_page_is_offered_while_a_language_lacks_it(body: SecretariatPage, translator: Translator) -> None:
    service = charter.service(body, "PT Marcar")
    tree = reverse("wagtailadmin_explore", args=[body.pk])
    begin = reverse("wagtail_localize:submit_page_translation", args=[service.pk])
    assert begin in shown(translator.client, tree)
    assert begin not in shown(browser(person("redacao", "redacao", body=body)), tree)
    translator.submit(service)
    assert begin not in shown(translator.client, tree)


def test_a_snippet_is_offered_then_its_news(translator: Translator) -> None:
    topic = charter.topic("PT Impostos")
    listed = reverse(type(topic).snippet_viewset.get_url_name("list"))
    begin = reverse("wagtail_localize:submit_snippet_translation", args=["conecta_services", "topic", topic.pk])
    assert begin in shown(translator.client, listed)
    there = translator.submit(topic)
    after = shown(translator.client, listed)
    assert begin not in after
    assert reverse("wagtail_localize:update_translations", args=[translator.work(topic).source_id]) in after
    own = reverse("wagtail_localize:submit_snippet_translation", args=["conecta_services", "topic", there.pk])
    assert own not in shown(translator.client, listed, locale="es")
