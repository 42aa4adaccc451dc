"""A city with people, what they said of it, and a browser that goes by the keyboard alone."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from feedback.models import BodyRequest, CommentCare, Improvement, Manifestation, PageError, Rating, RatingLinkBatch
from feedback.summing import sum_up
from tests.feedback.inbox.brought import Town, manifestation, rating, town
from tests.records import complete_service, put_record, ref
from tests.services.newsroom.people import browser as logged_in

PHONE = {"width": 360, "height": 760}
_NAMED = """() => {
    const at = document.activeElement, said = (at.labels && at.labels.length ? at.labels[0] : at).cloneNode(true);
    said.querySelectorAll("[aria-hidden=true]").forEach((each) => each.remove());
    return (at.getAttribute("aria-label") || said.textContent).trim();
}"""


def without_script(browser: Browser) -> BrowserContext:
    """A phone on which no script of the site arrives: what looks at the page is the test's own."""
    context = browser.new_context(viewport=PHONE, locale="pt-BR", service_workers="block")
    context.route("**/*.js", lambda route: route.abort())
    return context


def press_to(page: Page, name: str) -> None:
    """Go with the tabulator to what begins with this name."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(_NAMED).startswith(name):
            return
    pytest.fail(f"the keyboard does not reach: {name}")


def is_as_wide_as_the_screen(page: Page) -> bool:
    """Whether nothing stands beside it."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")


def enter(context: BrowserContext, address: str, user: Any, settings: Any) -> None:
    """Let somebody in."""
    value = logged_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}])


def city_that_is_told() -> Town:
    """Enough ratings of two services to be told of, complaints and a change that came of one."""
    found = town()
    other = complete_service("Marcar consulta", secretariat=ref(found.own))
    put_record(other)
    at = timezone.now() - timedelta(days=40)
    for record, stars, number in ((found.service, 5, 14), (other, 2, 12), (other, 4, 6)):
        said = {"stars": stars, "comment": "", "managed": "yes", "took_minutes": 2880, "promised_minutes": 1440}
        for each in range(number):
            rating(record, at=at + timedelta(days=each * 2), channel=("phone", "in_person")[each % 2], **said)
    RatingLinkBatch.objects.create(
        code="a", service_id=found.service.id, given=80, used=20, made_at=at, expires_at=timezone.now()
    )
    for _ in range(12):
        manifestation(at=at, body_id=found.own.id)
    Improvement.objects.create(
        kind="service", entry_id=found.service.id, sequence=1, sentence="O posto abre às sete.", at=timezone.now()
    )
    shown = rating(found.service, at=at, stars=5, comment="Fui bem atendida.")
    CommentCare.objects.create(rating=shown, public=True)
    sum_up(timezone.now())
    return found


def inbox_of(found: Town) -> tuple[Manifestation, Rating, PageError]:
    """One of each kind in the ombudsman's inbox, one late and one asked of a body; a comment; an error pointed out."""
    now = timezone.now()
    today = timezone.localdate(now)
    late = manifestation(
        at=now - timedelta(days=33), due_on=today - timedelta(days=3), body_id=found.own.id, service_id=found.service.id
    )
    BodyRequest.objects.create(
        manifestation=late, body_id=found.own.id, text="Faltou vacina?", asked_at=now, due_on=today + timedelta(days=2)
    )
    manifestation("denunciation", at=now, due_on=today + timedelta(days=30), doubtful=True)
    manifestation("praise", at=now, due_on=today + timedelta(days=4), assigned_to=found.people["ouvidoria"])
    said = rating(found.service, at=now, comment="A Maria, CPF 529.982.247-25, me atendeu mal.")
    wrong = PageError.objects.create(
        token=uuid.uuid4(),
        kind="service",
        entry_id=found.service.id,
        body_id=found.own.id,
        section="documents",
        text="O link do formulário não abre.",
        locale="pt-br",
        received_at=now,
    )
    return late, said, wrong
