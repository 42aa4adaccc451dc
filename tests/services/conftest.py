"""What the tests of the charter begin with: the portal's clock, and a translator with a service to translate."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from services.models import (
    ServicePage,
)
from tests.services.portal import MONDAY
from tests.services.spanish import Translator
from tests.services.spanish_charter import KEY, body_record, bring, service_record, topic_record, unit_record


@pytest.fixture
def translator(admin_client: Client, django_capture_on_commit_callbacks: Any) -> Translator:
    """Somebody who may do all."""
    return Translator(admin_client, django_capture_on_commit_callbacks)


@pytest.fixture
def source(translator: Translator) -> ServicePage:
    """A public service, its body, topic and unit, in Portuguese."""
    bring(body_record(), topic_record(), unit_record(), service_record())
    return ServicePage.objects.get(translation_key=KEY)


@pytest.fixture
def clock(monkeypatch):
    """The moment at which the portal answers; ``clock(moment)`` sets another."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(MONDAY)
    return at
