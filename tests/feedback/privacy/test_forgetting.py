"""What people wrote that nobody made public is kept no longer than contacts are (LGPD arts. 15 and 16)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from feedback.models import CommentCare, ConsultationAnswer, PageError, Rating
from feedback.privacy.forgetting import forget_texts
from services.duties import do_due

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
OLD, NEW = AT - timedelta(days=740), AT - timedelta(days=720)


def rating(received_at: datetime, **more: Any) -> Rating:
    given = {"token": uuid.uuid4(), "service_id": "aaaaaaaaaa", "stars": 2, "comment": "Demorou.", "locale": "pt-br"}
    return Rating.objects.create(**(given | {"received_at": received_at} | more))


def reply(received_at: datetime, **more: Any) -> ConsultationAnswer:
    given = {"token": uuid.uuid4(), "consultation_id": "aaaaaaaaaa", "option": "no", "text": "Não.", "locale": "pt-br"}
    return ConsultationAnswer.objects.create(**(given | {"received_at": received_at} | more))


def error(**more: Any) -> PageError:
    given = {"token": uuid.uuid4(), "kind": "service", "entry_id": "aaaaaaaaaa", "text": "Errado.", "locale": "pt-br"}
    return PageError.objects.create(**(given | {"received_at": OLD} | more))


def test_lgpd_art_16_a_text_that_nobody_made_public_goes_and_what_was_counted_stays() -> None:
    old, new, public = rating(OLD), rating(NEW), rating(OLD)
    CommentCare.objects.create(rating=public, public=True)
    CommentCare.objects.create(rating=old, public=False, read_at=OLD)
    waiting, hidden, recent = reply(OLD), reply(OLD, state="hidden"), reply(NEW)
    shown = reply(OLD, state="published")
    settled, still_open = error(state="done", closed_at=OLD), error()
    assert forget_texts(AT) == 4
    assert forget_texts(AT) == 0
    for kept, text in ((old, ""), (new, "Demorou."), (public, "Demorou.")):
        kept.refresh_from_db()
        assert (kept.comment, kept.stars) == (text, 2)
    for one, text in ((waiting, ""), (hidden, ""), (recent, "Não."), (shown, "Não.")):
        one.refresh_from_db()
        assert (one.text, one.option) == (text, "no")
    for found, text in ((settled, ""), (still_open, "Errado.")):
        found.refresh_from_db()
        assert found.text == text


def test_the_citys_own_time_is_kept_and_the_worker_does_it(settings: Any) -> None:
    settings.CONECTA_CONTACT_MONTHS = 12
    found = rating(timezone.now() - timedelta(days=400))
    assert do_due(timezone.now(), {}, wait=True) == 0
    found.refresh_from_db()
    assert found.comment == ""
