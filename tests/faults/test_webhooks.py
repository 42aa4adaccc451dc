"""Receivers that refuse, hang, err, lead astray or die: nothing is lost or overtaken, and nobody waits for them."""

import random
import shutil
import socket
import ssl
import subprocess
import time as clock
from collections import defaultdict
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from services.models import PublishedRecord, Webhook
from services.reaching.addresses import is_public
from services.webhooks.delivering import AT_ONCE
from tests.faults.conftest import Threads
from tests.services import charter
from tests.services.webhooks.receiver import Message, Receiver, receiving
from tests.services.webhooks.subscribing import Clock, round_of, subscription


def problem(hook: Webhook) -> tuple[str, int | None]:
    """What became of the last message."""
    last = hook.deliveries.latest("pk")
    return last.problem, last.status


def whole(receiver: Receiver) -> dict[tuple[str, str, str], Any]:
    """What somebody has who did as told, each message once; that none came after a later one of its record."""
    found: dict[tuple[str, str, str], Any] = {}
    numbers: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    seen: set[str] = set()
    for message in receiver.taken:
        numbers[message.record].append(message.data["data"]["sequence"])
        if message.id not in seen:
            seen.add(message.id)
            found[message.record] = message.data["data"]["record"]
    for told in numbers.values():
        assert told == sorted(told)
    return found


def titles(found: dict[tuple[str, str, str], Any]) -> dict[tuple[str, str, str], str]:
    return {which: record["title"] if record else "" for which, record in found.items()}


def public_titles() -> dict[tuple[str, str, str], str]:
    return {(row.kind, row.entry_id, "pt-BR"): row.title for row in PublishedRecord.objects.all()}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of nobody's authority, for 127.0.0.1; key and certificate in one file."""
    openssl = shutil.which("openssl")
    assert openssl is not None
    path = tmp_path_factory.mktemp("tls") / "receiver.pem"
    subject = ["-subj", "/CN=receiver", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*made, "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True)  # noqa: S603
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("behaviour", "found"),
    [
        ("error", ("status", 500)),
        ("round", ("redirect", 307)),
        ("hangs", ("silent", None)),
        ("dies", ("silent", None)),
        ("drips", ("", 200)),
    ],
)
def test_what_a_receiver_may_do(behaviour: str, found: tuple[str, int | None]) -> None:
    charter.topic("Impostos")
    with receiving() as receiver:
        hook = subscription(receiver.url())
        time = Clock()
        receiver.behaviour = behaviour
        started = clock.monotonic()
        round_of(time, seconds=0.5)
        assert clock.monotonic() - started < 5
        assert problem(hook) == found
        # A redirect is not followed, nor anything tried twice at once.
        assert len(receiver.received) == 1
        receiver.behaviour = "ok"
        time.on(minutes=1)
        round_of(time)
        assert titles(whole(receiver)) == public_titles()
        assert len({message.id for message in receiver.received}) == 1


@pytest.mark.django_db
def test_refused_and_back_again() -> None:
    page = charter.topic("Impostos")
    with receiving() as receiver:
        port, address = receiver.server_port, receiver.url()
    hook, time = subscription(address), Clock()
    round_of(time)
    assert problem(hook) == ("silent", None)
    charter.edited(page, title="Impostos e taxas").publish()
    time.on(minutes=1)
    with receiving(port) as receiver:
        round_of(time)
        assert titles(whole(receiver)) == public_titles()


@pytest.mark.django_db
def test_a_wrong_certificate_is_not_spoken_to(certificate: Path) -> None:
    charter.topic("Impostos")
    with receiving(certificate=certificate) as receiver:
        hook, time = subscription(receiver.url()), Clock()
        round_of(time)
        assert (problem(hook), receiver.received) == (("certificate", None), [])
        # The right authority, and a name that is not the certificate's.
        trusted = ssl.create_default_context(cafile=str(certificate))
        Webhook.objects.update(url=receiver.url(host="localhost"))
        time.on(minutes=1)
        round_of(time, certificates=trusted)
        assert (problem(hook), receiver.received) == (("certificate", None), [])
        Webhook.objects.update(url=receiver.url())
        time.on(minutes=1)
        assert round_of(time, certificates=trusted) == 1


@pytest.mark.django_db
def test_no_spelling_leads_into_the_city_s_own_network() -> None:
    charter.topic("Impostos")
    with receiving() as receiver:
        hook, time = subscription(""), Clock()
        for host in ("127.0.0.1", "localhost", "2130706433", "127.1", "[::ffff:127.0.0.1]"):
            Webhook.objects.update(url=receiver.url(host=host), failures=0, next_at=None)
            round_of(time, allowed=None)
            assert problem(hook) == ("internal", None), host
        assert receiver.received == []


@pytest.mark.django_db
def test_a_name_that_leads_elsewhere_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address was looked at when it was written, and was public; the connection looks again, at what it uses."""
    charter.topic("Impostos")
    answers = ["127.0.0.1"]
    real = socket.getaddrinfo

    def resolve(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        return real(answers[-1] if host == "avisos.example" else host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    def allowed(address: Any) -> bool:
        # As if the receiver's own address were on the internet; 127.0.0.2 is the city's.
        return is_public(address) or address == ip_address("127.0.0.1")

    with receiving() as receiver:
        hook, time = subscription(receiver.url(host="avisos.example")), Clock()
        assert round_of(time, allowed=allowed) == 1
        answers.append("127.0.0.2")
        charter.topic("Taxas")
        time.on(minutes=1)
        assert (round_of(time, allowed=allowed), problem(hook)) == (0, ("internal", None))
        assert len(receiver.received) == 1


@pytest.mark.django_db
def test_slow_ones_hold_up_nobody() -> None:
    """As many that hang as there are threads, and more: one that answers is told within the time of one of them."""
    charter.topic("Impostos")
    with receiving() as bad, receiving() as good:
        bad.behaviour = "hangs"
        for number in range(AT_ONCE + 2):
            subscription(bad.url(f"/{number}"))
        subscription(good.url())
        started = clock.monotonic()
        assert round_of(Clock(), seconds=0.6) == 1
        assert clock.monotonic() - started < 4
        assert {message.path for message in bad.received} == {f"/{number}" for number in range(AT_ONCE + 2)}


@pytest.mark.django_db
def test_who_takes_its_time_leaves_its_place_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many that are slow about each message as there are threads, and one more that is not."""
    monkeypatch.setattr("services.webhooks.delivering.AT_ONCE", 2)
    monkeypatch.setattr("services.webhooks.delivering.TURN_SECONDS", 0.2)
    for number in range(3):
        charter.topic(f"Tema {number}")
    with receiving() as receiver:
        receiver.behaviour = lambda message: "ok" if message.path == "/quick" else "slow"
        for path in ("/slow", "/slower", "/quick"):
            subscription(receiver.url(path))
        assert round_of(Clock(), seconds=5.0) == 9
        paths = [message.path for message in receiver.taken]
        assert max(place for place, path in enumerate(paths) if path == "/quick") < 6


@pytest.mark.django_db
def test_a_receiver_killed_in_the_middle_misses_nothing() -> None:
    """It dies after having read every third message, whether or not it kept it; the charter changes meanwhile."""
    chance = random.Random(7)
    topics = [charter.topic(f"Tema {number}") for number in range(6)]
    time = Clock()
    with receiving() as receiver:
        subscription(receiver.url())

        def whim(message: Message) -> str:
            fate = chance.random()
            if fate < 0.2:
                # It kept the message, and died before it could say so.
                receiver.taken.append(message)
            return "dies" if fate < 0.35 else "error" if fate < 0.45 else "ok"

        receiver.behaviour = whim
        for number in range(10):
            page = charter.fresh(chance.choice(topics))
            if chance.random() < 0.25 and page.live:
                page.unpublish()
            else:
                charter.edited(page, title=f"{page.title.split(',')[0]}, {number}").publish()
            round_of(time)
            time.on(hours=5)
        receiver.behaviour = "ok"
        round_of(time)
        assert titles(whole(receiver)) == public_titles()


def test_nothing_waits_while_a_receiver_hangs(committed: None, threads: Threads) -> None:
    """A publication, while a worker waits for an answer: it neither holds the log's row nor any other."""
    page = charter.topic("Impostos")
    with receiving() as receiver:
        subscription(receiver.url())
        receiver.behaviour = "hangs"
        threads.start(round_of, Clock())
        until = clock.monotonic() + 10
        while not receiver.received and clock.monotonic() < until:
            clock.sleep(0.01)
        assert receiver.received
        started = clock.monotonic()
        charter.edited(page, title="Impostos e taxas").publish()
        assert clock.monotonic() - started < 0.9
        assert Webhook.objects.get().failures == 0, "the receiver still hangs"
        threads.join()
        receiver.behaviour = "ok"
        later = Clock()
        later.on(minutes=5)
        round_of(later)
        assert titles(whole(receiver)) == public_titles()


def test_four_workers_at_once_send_each_message_once(committed: None, threads: Threads) -> None:
    for number in range(4):
        charter.topic(f"Tema {number}")
    with receiving() as receiver:
        receiver.behaviour = "slow"
        subscription(receiver.url())
        for _number in range(4):
            threads.start(lambda: round_of(Clock(), seconds=5.0))
        threads.join()
        sequences = [message.data["data"]["sequence"] for message in receiver.received]
        assert sequences == sorted(set(sequences))
        assert len(sequences) == 4


@pytest.mark.django_db
def test_a_worker_that_dies_before_it_notes_an_answer_sends_the_message_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        charter.topic(f"Tema {number}")

    def die(*_args: Any, **_options: Any) -> None:
        raise SystemExit

    with receiving() as receiver:
        subscription(receiver.url())
        time = Clock()
        with monkeypatch.context() as dying:
            dying.setattr("services.webhooks.outcomes.keep", die)
            with pytest.raises(SystemExit):
                round_of(time)
        assert len(receiver.taken) == 1
        # What the dead one held, another takes when its time is over.
        assert round_of(time) == 0
        time.on(seconds=61)
        assert round_of(time) == 3
        first, again, *_others = receiver.received
        assert (first.id, first.body) == (again.id, again.body)
        assert titles(whole(receiver)) == public_titles()
