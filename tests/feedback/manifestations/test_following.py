"""Who brought something follows it with protocol and secret, and decides over it (Lei 13.460; LGPD art. 18)."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from feedback.manifestations import following
from feedback.manifestations.attachments import Clean, attach
from feedback.manifestations.closing import close_answered
from feedback.manifestations.contacts import Who
from feedback.manifestations.following_views import MOST_AT_A_PROTOCOL
from feedback.manifestations.receiving import Brought, Receipt, receive
from feedback.manifestations.waiting_words import sentence
from feedback.models import Attachment, BodyRequest, Contact, Manifestation, Movement

pytestmark = pytest.mark.django_db
FOLLOW, STATE = "/manifestacoes/acompanhar/", "/manifestacoes/acompanhar/situacao/"
DAY = timedelta(days=1)


@pytest.fixture
def receipt() -> Receipt:
    who = Who(name="Ana Souza", email="ana@mail.example")
    return receive(
        Brought(token=uuid.uuid4(), kind="complaint", text="O lixo não passou.", contact=who), at=timezone.now()
    )


@pytest.fixture
def followed(client: Client, receipt: Receipt) -> Client:
    """A browser that has proved it."""
    sent = client.post(FOLLOW, {"protocol": receipt.manifestation.protocol, "secret": receipt.secret})
    assert sent["Location"] == STATE
    return client


def answer(receipt: Receipt, *, at: datetime | None = None) -> None:
    """As the city does."""
    at = at or timezone.now()
    Manifestation.objects.filter(pk=receipt.manifestation.pk).update(
        state="answered", answer="Passará amanhã.", answered_at=at, first_answered_at=at
    )
    Movement.objects.create(manifestation=receipt.manifestation, act="answered", at=at, public=True, text="x")


def again(receipt: Receipt) -> Manifestation:
    return Manifestation.objects.get(pk=receipt.manifestation.pk)


def test_where_it_stands_is_seen_and_what_is_internal_is_not(followed: Client, receipt: Receipt) -> None:
    Movement.objects.create(manifestation=receipt.manifestation, act="noted", at=timezone.now(), text="Só entre nós")
    page = followed.get(STATE)
    html = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "O lixo não passou." in html
    assert "Recebida" in html
    assert "Só entre nós" not in html
    assert "Ana Souza" not in html, "who looks over the shoulder"


def test_the_secret_is_needed_and_nobody_learns_what_was_wrong(client: Client, receipt: Receipt) -> None:
    right = receipt.manifestation.protocol
    answers = [
        client.post(FOLLOW, {"protocol": protocol, "secret": secret})
        for protocol, secret in ((right, "BCDF-GHJL-MNPR"), ("2026.00000000", receipt.secret))
    ]
    assert {each.status_code for each in answers} == {400}
    said = {re.sub(r'value="[^"]*"', "", each.content.decode()) for each in answers}
    assert len(said) == 1
    assert client.get(STATE)["Location"] == FOLLOW
    assert client.post(FOLLOW, {"protocol": "", "secret": ""}).status_code == 400


def test_guessing_is_slowed_by_protocol_and_by_place(client: Client, receipt: Receipt) -> None:
    wrong = {"protocol": receipt.manifestation.protocol, "secret": "BCDF-GHJL-MNPR"}
    for n in range(MOST_AT_A_PROTOCOL):
        assert client.post(FOLLOW, wrong, REMOTE_ADDR=f"203.0.113.{n}").status_code == 400
    right = wrong | {"secret": receipt.secret}
    slowed = client.post(FOLLOW, right, REMOTE_ADDR="203.0.113.99")
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "900")


def test_one_place_is_slowed_over_many_protocols(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.manifestations.following_views.MOST_FROM_A_PLACE", 3)
    codes = [client.post(FOLLOW, {"protocol": f"2026.{n}", "secret": "B"}).status_code for n in range(4)]
    assert codes == [400, 400, 400, 429]


def test_a_cookie_of_another_is_none(followed: Client, receipt: Receipt) -> None:
    other = receive(Brought(token=uuid.uuid4(), kind="praise", text="De outro"), at=timezone.now()).manifestation
    signed = followed.cookies["conecta_followed"].value
    followed.cookies["conecta_followed"] = signed.replace(receipt.manifestation.protocol, other.protocol)
    assert followed.get(STATE)["Location"] == FOLLOW


def test_art_16_the_deadline_in_words(receipt: Receipt) -> None:
    kept = receipt.manifestation
    due = kept.due_on
    assert "faltam 3 dias." in sentence(kept, today=due - 3 * DAY)
    assert "falta 1 dia." in sentence(kept, today=due - DAY)
    assert "até hoje" in sentence(kept, today=due)
    assert "há 2 dias" in sentence(kept, today=due + 2 * DAY)
    answer(receipt)
    assert "já respondeu" in sentence(again(receipt), today=due)


def test_the_answer_is_judged(followed: Client, receipt: Receipt) -> None:
    said = f"{FOLLOW}resolvido/"
    followed.post(said, {"resolved": "yes"})
    assert again(receipt).resolved == "", "nothing was answered yet"
    answer(receipt)
    assert "Foi resolvido?" in followed.get(STATE).content.decode()
    followed.post(said, {"resolved": "partly"})
    followed.post(said, {"resolved": "nonsense"})
    assert again(receipt).resolved == "partly"
    assert Movement.objects.filter(act="said_resolved", public=True).count() == 1


def test_what_was_not_solved_is_opened_again_with_a_new_deadline(followed: Client, receipt: Receipt) -> None:
    reopen = f"{FOLLOW}reabrir/"
    assert followed.post(reopen, {"text": "Nada"}).status_code == 400, "nothing was answered yet"
    answer(receipt)
    Manifestation.objects.update(due_on=timezone.localdate() - 9 * DAY)
    assert followed.post(reopen, {"text": "  "}).status_code == 400
    assert followed.post(reopen, {"text": "Não passou."})["Location"] == STATE
    kept = again(receipt)
    assert kept.state == "in_hand"
    assert kept.reopened_at is not None
    assert 30 <= (kept.due_on - timezone.localdate()).days <= 33
    assert Movement.objects.get(act="reopened").text == "Não passou."
    assert followed.post(reopen, {"text": "Outra vez."}).status_code == 400, "it is open"


def test_thirty_days_after_the_answer_it_is_closed_and_no_more_opened(receipt: Receipt) -> None:
    at = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
    answer(receipt, at=at)
    protocol = receipt.manifestation.protocol
    assert close_answered(at + 30 * DAY) == 0
    assert following.may_reopen(again(receipt), at=at + 30 * DAY)
    assert close_answered(at + 31 * DAY) == 1
    assert close_answered(at + 31 * DAY) == 0
    kept = again(receipt)
    assert (kept.state, kept.closed_at) == ("closed", at + 31 * DAY)
    assert Movement.objects.filter(act="closed", public=True).count() == 1
    assert not following.reopen(protocol, "Tarde.", at=at + 31 * DAY)
    assert following.say_resolved(protocol, "yes", at=at + 40 * DAY), "that may be said later"


def a_file(receipt: Receipt) -> Attachment:
    attach(receipt.manifestation, [Clean("foto.png", "image/png", b"\x89PNG and more")])
    return receipt.manifestation.attachments.get()


def test_lgpd_art_18_ii_and_v_all_that_is_kept_is_given_out(followed: Client, receipt: Receipt) -> None:
    a_file(receipt)
    Movement.objects.create(manifestation=receipt.manifestation, act="noted", at=timezone.now(), text="Só entre nós")
    sent = followed.get(f"{FOLLOW}copia/")
    assert "attachment" in sent["Content-Disposition"]
    copy = json.loads(sent.content)
    assert copy["text"] == "O lixo não passou."
    assert copy["contact"] == {"name": "Ana Souza", "email": "ana@mail.example", "phone": "", "address": ""}
    assert [each["act"] for each in copy["movements"]] == ["received", "noted"]
    assert "Só entre nós" not in sent.content.decode()
    (file,) = copy["attachments"]
    answer = followed.get(file["address"])
    assert b"".join(answer.streaming_content) == b"\x89PNG and more"
    assert answer["Content-Disposition"] == 'attachment; filename="foto.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    unsaid = {"id", "secret_digest", "token", "assigned_to", "taken_by", "version", "doubtful", "due_on", "locale"}
    assert {each.name for each in Manifestation._meta.concrete_fields} - unsaid <= set(copy)


def test_a_file_is_for_who_proved_it_and_has_no_other_address(receipt: Receipt, followed: Client) -> None:
    kept = a_file(receipt)
    address = f"{FOLLOW}arquivo/1/"
    assert followed.get(address).status_code == 200
    assert followed.get(f"{FOLLOW}arquivo/2/").status_code == 404
    assert Client().get(address)["Location"] == FOLLOW
    assert Client().get(f"/media/{kept.file.name}").status_code == 404
    with pytest.raises(ValueError, match="URL"):
        assert kept.file.url


def test_lgpd_art_18_vi_what_was_said_is_erased_and_still_counted(
    followed: Client, receipt: Receipt, django_capture_on_commit_callbacks: Any
) -> None:
    path = Path(a_file(receipt).file.path)
    answer(receipt)
    BodyRequest.objects.create(
        manifestation=receipt.manifestation, body_id="b", text="Ana diz", asked_at=timezone.now(), due_on="2026-01-01"
    )
    asked = followed.get(f"{FOLLOW}apagar/")
    assert "Apagar o que você disse?" in asked.content.decode()
    assert again(receipt).text, "asking erases nothing"
    with django_capture_on_commit_callbacks(execute=True):
        assert followed.post(f"{FOLLOW}apagar/")["Location"] == STATE
    kept = again(receipt)
    assert (kept.text, kept.answer, kept.state, kept.kind) == ("", "", "closed", "complaint")
    assert kept.erased_at is not None
    assert not Contact.objects.exists()
    assert not Attachment.objects.exists()
    assert not path.exists()
    left = repr([*Movement.objects.values_list("text"), *BodyRequest.objects.values_list("text", "answer")])
    assert "Ana" not in left
    assert set(Movement.objects.values_list("text", flat=True)) == {""}
    assert Manifestation.objects.count() == 1
    assert "apagado a seu pedido" in followed.get(STATE).content.decode()


def test_another_site_can_not_do_it_in_a_persons_name(receipt: Receipt) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["conecta_followed"] = "anything"
    for action in ("apagar/", "reabrir/", "resolvido/"):
        assert browser.post(f"{FOLLOW}{action}").status_code == 403
    assert again(receipt).text
