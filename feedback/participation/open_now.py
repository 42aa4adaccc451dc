"""Open consultations on the pages of what they are about: asked once a minute, for every page of an entry tells it."""

import json
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail import hooks

from feedback.models import ConsultationPage
from services.languages import source_locale
from services.models.published import PublishedRecord
from services.record import Record, Secretariat, Service

_SECONDS = 60
_KEY = "conecta-open-consultations"


@dataclass(frozen=True)
class Open:
    """A consultation that takes answers, and the ids of what it is about; blank is nothing."""

    title: str
    question: str
    url: str
    ends: date
    service: str
    #: The body that it is about, or that its service is of.
    body: str

    def concerns(self, record: Record) -> bool:
        """Whether it belongs on an entry's page: a service's own and its body's, and all of a body."""
        if isinstance(record, Service):
            of_body = not self.service and record.secretariat is not None and self.body == record.secretariat.id
            return self.service == record.id or of_body
        return isinstance(record, Secretariat) and self.body == record.id


def open_on(day: date) -> list[Open]:
    """All that take answers on a day, the first to close first: two queries."""
    rows = (
        ConsultationPage.objects.live()
        .public()
        .filter(alias_of=None, locale__language_code=source_locale(), starts__lte=day, ends__gte=day)
        .select_related("service", "secretariat")
        .order_by("ends", "pk")
    )
    pages = list(rows)
    services = {page.service.record_id for page in pages if page.service is not None}
    bodies = _bodies_of(services) if services else {}
    found = []
    for page in pages:
        service = page.service.record_id if page.service is not None else ""
        own = page.secretariat.record_id if page.secretariat is not None else ""
        assert page.ends is not None  # noqa: S101 - asked for above
        found.append(
            Open(page.title, page.question, page.url or "", page.ends, service, own or bodies.get(service, ""))
        )
    return found


def _bodies_of(services: set[str]) -> dict[str, str]:
    rows = PublishedRecord.objects.public().filter(kind="service", locale=source_locale(), entry_id__in=services)
    records = ((entry_id, json.loads(body)) for entry_id, body in rows.values_list("entry_id", "body"))
    return {entry_id: (record.get("secretariat") or {}).get("id", "") for entry_id, record in records}


@hooks.register("conecta_entry_section", order=-5)
def consultation_section(request: HttpRequest, record: Record) -> str:
    """Before all that asks how it was: it is open for some days alone."""
    if not isinstance(record, Service | Secretariat):
        return ""
    today = timezone.localdate()
    every: list[Open] = cache.get_or_set(f"{_KEY}-{today}", lambda: open_on(today), _SECONDS) or []
    found = [each for each in every if each.concerns(record)]
    if not found:
        return ""
    return render_to_string("conecta_feedback/consultation_section.html", {"consultations": found}, request)
