"""Administração says who is told, sees how it goes, and mends it: every change of it in the register of acts."""

import re
from datetime import timedelta
from typing import Any, get_args

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from services import changes
from services.models import PublishedRecord, Webhook, WebhookDelivery
from services.record.values import Kind
from services.webhooks.keeping import forget_old, tell_of_pauses
from services.webhooks.signing import secret_of
from services.webhooks.webhook_forms import KINDS
from tests.services import charter
from tests.services.editing import text_of
from tests.services.newsroom.people import browser, person, set_up
from tests.services.webhooks.receiver import Receiver
from tests.services.webhooks.subscribing import Clock, round_of, subscription

pytestmark = pytest.mark.django_db
NEW = {"name": "Aplicativo", "url": "https://app.example/conecta", "begin": "start", "active": "on"}


def address(name: str, hook: Webhook | None = None, *more: int) -> str:
    return reverse(f"conecta_webhooks:{name}", args=[hook.pk, *more] if hook else [])


def acts() -> list[str]:
    entries = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Webhook))
    return list(entries.order_by("pk").values_list("action", flat=True))


@pytest.fixture
def admin() -> Client:
    """Somebody of Administração."""
    set_up()
    return browser(person("ana", "administracao"))


def test_a_subscription_from_its_form_to_its_secret(admin: Client) -> None:
    health = charter.body("Saúde")
    data = NEW | {"kinds": ["service", "unit"], "bodies": [health.record_id], "begin": "now"}
    response = admin.post(address("add"), data)
    hook = Webhook.objects.get()
    assert response.url == address("secret", hook)
    assert (hook.kinds, hook.bodies) == (["service", "unit"], [health.record_id])
    assert hook.cursor == changes.cursor(*changes.head())
    assert secret_of(hook.seal) not in admin.get(response.url).content.decode()
    once = admin.post(response.url)
    assert secret_of(hook.seal) in once.content.decode()
    assert "no-store" in once["Cache-Control"]
    for name in ("inspect", "edit", "secret"):
        assert secret_of(hook.seal) not in admin.get(address(name, hook)).content.decode()
    another = admin.post(address("secret", hook)).content.decode()
    old, seal = hook.seal, Webhook.objects.get().seal
    assert (secret_of(seal) in another, secret_of(old) in another, seal == old) == (True, False, False)
    assert Webhook.objects.get().old_seal == old
    assert acts() == ["wagtail.create", "conecta.webhook.secret", "conecta.webhook.secret"]
    # What is in the database is not the secret, nor is it enough for it.
    assert secret_of(seal).removeprefix("whsec_") not in str(Webhook.objects.values().get())


def test_every_kind_can_be_asked_for() -> None:
    assert sorted(KINDS) == sorted(get_args(Kind))


def test_changing_it_leaves_its_place_to_the_worker(admin: Client) -> None:
    charter.topic("Impostos")
    hook = subscription("https://app.example/", failures=3, taken_by="worker", cursor="0")
    form = admin.get(address("edit", hook)).context["form"]
    assert "begin" not in form.fields
    # The worker goes on between the form and its answer.
    Webhook.objects.update(cursor=changes.cursor(*changes.head()))
    admin.post(address("edit", hook), {"name": "App", "url": "https://novo.example/", "kinds": ["topic"]})
    hook.refresh_from_db()
    assert (hook.name, hook.kinds, hook.active) == ("App", ["topic"], False)
    assert hook.cursor == changes.cursor(*changes.head())
    assert (hook.failures, hook.taken_by) == (0, "")
    assert acts() == ["wagtail.edit"]


@pytest.mark.parametrize(
    ("url", "private", "taken"),
    [
        ("https://app.example/x#y", False, "https://app.example/x"),
        ("http://app.example/", False, ""),
        ("app.example", False, ""),
        ("https://", False, ""),
        ("https://[", False, ""),
        ("https://ana:senha@app.example/", False, ""),
        ("https://localhost/", False, ""),
        ("https://10.0.0.7/", False, ""),
        ("https://[::1]:8000/", False, ""),
        ("http://10.0.0.7:8000/", True, "http://10.0.0.7:8000/"),
        ("ftp://10.0.0.7/", True, ""),
    ],
)
def test_addresses(admin_client: Client, settings: Any, url: str, private: bool, taken: str) -> None:
    settings.CONECTA_WEBHOOK_PRIVATE_ADDRESSES = private
    response = admin_client.post(address("add"), NEW | {"url": url})
    assert [hook.url for hook in Webhook.objects.all()] == ([taken] if taken else [])
    assert bool(taken) or response.context["form"].errors["url"]


def test_a_trial_shows_its_answer_at_once(admin: Client, receiver: Receiver, settings: Any) -> None:
    hook = subscription(receiver.url())
    refused = admin.post(address("ping", hook), follow=True)
    assert "O endereço leva à rede interna" in text_of(refused)
    assert receiver.received == []
    settings.CONECTA_WEBHOOK_PRIVATE_ADDRESSES = True
    well = text_of(admin.post(address("ping", hook), follow=True))
    assert ("Recebida." in well, "obrigado" in well, "200" in well) == (True, True, True)
    assert receiver.received[0].data["type"] == "webhook.ping"
    receiver.behaviour = "error"
    ill = admin.post(address("ping", hook), follow=True)
    assert "Respondeu com erro (500)." in text_of(ill)
    # What a receiver says is text.
    assert "&lt;h1&gt;erro interno" in ill.content.decode()
    hook.refresh_from_db()
    assert (hook.cursor, hook.failures) == ("0", 0)
    assert acts() == ["conecta.webhook.tested"] * 3


def test_how_it_goes_and_going_on(admin: Client, receiver: Receiver, time: Clock) -> None:
    first, _second = charter.topic("Impostos"), charter.topic("Taxas")
    hook = subscription(receiver.url())
    receiver.behaviour = "error"
    round_of(time)
    page = text_of(admin.get(address("inspect", hook)))
    for words in ("Com falhas", "Não recebe desde 04/05/2026 09:00", "Tema: Impostos", "Respondeu com erro (500)"):
        assert words in page, words
    assert re.search(r"Mudanças por enviar 2\b", page)
    # One message that it will never take does not keep the others from it.
    admin.post(address("skip", hook))
    receiver.behaviour = "ok"
    time.on(minutes=2)
    assert round_of(time) == 1
    assert [message.data["data"]["record"]["title"] for message in receiver.taken] == ["Taxas"]
    failed = text_of(admin.get(address("inspect", hook) + "?falhas=1"))
    assert (first.title in failed, "Tema: Taxas" in failed) == (True, False)
    assert "Nenhuma mensagem está falhando" in text_of(admin.post(address("skip", hook), follow=True))
    Webhook.objects.update(paused_at=time(), pause="failing", failures=9, cursor="0")
    assert "Parado: não respondeu bem durante três dias" in text_of(admin.get(address("index")))
    admin.post(address("resume", hook))
    assert round_of(time) == 2
    assert acts() == ["conecta.webhook.moved", "conecta.webhook.resumed"]


def test_sending_again_from_a_place(admin: Client, receiver: Receiver, time: Clock) -> None:
    old, new = charter.topic("Impostos"), charter.topic("Taxas")
    long_ago = time() - timedelta(days=400)
    PublishedRecord.objects.filter(entry_id=old.record_id).update(changed_at=long_ago)
    hook = subscription(receiver.url())
    round_of(time)
    hook.refresh_from_db()
    middle = receiver.received[0].data["data"]["sequence"]
    epoch = changes.head()[0]
    for data, told in (
        ({"place": "start"}, ["Impostos", "Taxas"]),
        ({"place": "cursor", "cursor": f"{epoch}.{middle}"}, ["Taxas"]),
        ({"place": "date", "day": "01/01/2026"}, ["Taxas"]),
        ({"place": "date", "day": "01/01/2099"}, []),
    ):
        receiver.received.clear()
        assert admin.post(address("replay", hook), data).url == address("inspect", hook), data
        time.on(minutes=2)
        round_of(time)
        assert [message.data["data"]["record"]["title"] for message in receiver.received] == told, data
    for data, field in (
        ({"place": "cursor", "cursor": "ontem"}, "cursor"),
        ({"place": "cursor", "cursor": f"{epoch}.99999"}, "cursor"),
        ({"place": "cursor", "cursor": "outra.1"}, "cursor"),
        ({"place": "date"}, "day"),
    ):
        assert field in admin.post(address("replay", hook), data).context["form"].errors, data
    assert new.title


def test_administration_is_told_once_of_a_pause(time: Clock) -> None:
    set_up()
    person("ana", "administracao")
    person("rui", "comunicacao")
    hook = subscription("https://app.example/", paused_at=time(), pause="gone")
    assert [tell_of_pauses(time()) for _round in range(3)] == [1, 0, 0]
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ana@exemplo.gov.br"], "Envios parados: Aplicativo")
    for words in ("respondeu que não quer mais receber", address("inspect", hook)):
        assert words in message.body


def test_a_mail_that_did_not_go_out_is_sent_later(time: Clock, settings: Any, admin_user: Any) -> None:
    subscription("https://app.example/", paused_at=time(), pause="gone")
    well = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    assert tell_of_pauses(time()) == 0
    settings.EMAIL_BACKEND = well
    assert tell_of_pauses(time()) == 1


def test_attempts_are_forgotten_after_thirty_days(receiver: Receiver, time: Clock) -> None:
    charter.topic("Impostos")
    subscription(receiver.url())
    round_of(time)
    assert forget_old(time() + timedelta(days=30)) == 0
    assert forget_old(time() + timedelta(days=30, seconds=1)) == 1


def test_screens_cost_few_queries(
    admin: Client, receiver: Receiver, time: Clock, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        charter.topic(f"Tema {number}")
    hook = subscription(receiver.url())
    round_of(time)
    for number in range(30):
        subscription("https://app.example/", name=f"Sistema {number}", active=False)
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(webhook=hook, at=time(), message_id="m", type="record.published", milliseconds=1)
        for _number in range(500)
    )
    for name, which in (("index", None), ("inspect", hook)):
        admin.get(address(name, which))
        with django_assert_max_num_queries(30):
            assert admin.get(address(name, which)).status_code == 200
