"""Many publish at once on PostgreSQL: nobody waits for ever, and no reader misses anything."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from services import changes, publishing
from services.models import LogHead, PublishedRecord, PublishingBusy, SecretariatPage, ServicePage, published
from services.projecting import differences
from services.record import from_json
from tests.faults.conftest import PATIENCE, Threads
from tests.faults.overlapping import Pause, after_both_began
from tests.services import charter
from tests.services.pressing import submit

pytestmark = pytest.mark.usefixtures("postgresql")


@pytest.fixture
def middle(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pause]:
    """A pause after the first record is written, before its transaction ends."""
    pause = Pause()
    keep = publishing._keep_version

    def keep_and_wait(*args: Any) -> None:
        keep(*args)
        pause()

    monkeypatch.setattr(publishing, "_keep_version", keep_and_wait)
    yield pause
    pause.let_go()


def test_a_reader_misses_nothing_while_eight_write(threads: Threads) -> None:
    body = charter.body()
    revisions = [[charter.service(body, f"Serviço {n}").latest_revision_id] for n in range(8)]
    after = changes.cursor(*changes.head())
    for own in revisions:
        service = ServicePage.objects.get(latest_revision=own[0])
        own[:] = [charter.edited(service, title=f"{service.title} na vez {turn}").pk for turn in range(5)]
    start, writing = threading.Barrier(9), threading.Semaphore(0)
    seen: dict[str, str] = {}
    numbers: list[int] = []

    def write(own: list[int]) -> None:
        start.wait(PATIENCE)
        for pk in own:
            Revision.objects.get(pk=pk).publish()
        writing.release()

    def read() -> None:
        start.wait(PATIENCE)
        cursor, left = after, 8
        while True:
            while left and writing.acquire(blocking=False):
                left -= 1
            cursor, found = changes.read(cursor, limit=3)
            numbers.extend(change.sequence for change in found)
            seen.update({change.id: change.body for change in found})
            if not found and not left:
                return

    for own in revisions:
        threads.start(write, own)
    threads.start(read)
    threads.join()
    assert numbers == sorted(set(numbers))
    rows = PublishedRecord.objects.filter(kind="service").values_list("entry_id", "body")
    assert seen == dict(rows)
    assert list(differences()) == []


def test_nobody_sees_one_without_the_other(threads: Threads, middle: Pause) -> None:
    service = charter.service(charter.body())
    revision = charter.edited(service, title="Outro")
    before = changes.head()
    threads.start(revision.publish)
    assert middle.reached.wait(PATIENCE)
    assert charter.fresh(service).title == charter.public(service).title == "Marcar consulta"
    assert changes.head() == before
    middle.let_go()
    threads.join()
    assert charter.fresh(service).title == charter.public(service).title == "Outro"


def test_the_name_of_a_body_against_its_service(threads: Threads, middle: Pause) -> None:
    body = charter.body("Saude")
    service = charter.service(body, "Vacina")
    rename = charter.edited(body, title="Saúde e Bem-Estar", slug="bem-estar")
    publish = charter.edited(service, title="Vacinação")
    after_both_began(threads, middle, rename.publish, publish.publish)
    record = from_json(charter.public(service).body)
    assert record.secretariat.title == "Saúde e Bem-Estar"
    assert (record.title, record.url) == ("Vacinação", "/bem-estar/vacina/")


def test_a_service_against_the_name_of_its_body(threads: Threads, middle: Pause) -> None:
    body = charter.body("Saude")
    service = charter.service(body, "Vacina")
    rename = charter.edited(body, title="Saúde e Bem-Estar", slug="bem-estar")
    publish = charter.edited(service, title="Vacinação")
    after_both_began(threads, middle, publish.publish, rename.publish)
    record = from_json(charter.public(service).body)
    assert record.secretariat.title == "Saúde e Bem-Estar"
    assert (record.title, record.url) == ("Vacinação", "/bem-estar/vacina/")


def test_a_move_against_a_save_of_what_was_loaded_before(threads: Threads, middle: Pause) -> None:
    one, two = charter.body("Saude"), charter.body("Fazenda")
    service = charter.service(one, "Vacina")
    loaded = charter.fresh(service)
    loaded.title = "Vacinação"
    after_both_began(threads, middle, lambda: service.move(two, pos="last-child"), loaded.save)
    assert charter.public(service).url == "/fazenda/vacina/"


def test_two_pages_in_one_transaction_against_one(threads: Threads, middle: Pause) -> None:
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    first, second = charter.edited(one, title="Um e meio"), charter.edited(two, title="Dois e meio")
    again = charter.edited(one, title="Um e três quartos")

    def both() -> None:
        with transaction.atomic():
            second.publish()
            first.publish()

    after_both_began(threads, middle, both, again.publish)
    assert charter.public(two).title == "Dois e meio"


def test_approval_against_publication(threads: Threads, middle: Pause) -> None:
    user = get_user_model().objects.create_superuser("chefe")
    service = charter.service(charter.body())
    revision = charter.edited(service, title="Aprovado")
    state = service.get_workflow().start(charter.fresh(service), user)
    task_state = state.current_task_state

    def approve() -> None:
        task_state.task.specific.on_action(task_state, user, "approve")

    after_both_began(threads, middle, revision.publish, lambda: _unless_already_decided(approve))
    assert charter.public(service).title == "Aprovado"


def test_publication_against_approval(threads: Threads, middle: Pause) -> None:
    user = get_user_model().objects.create_superuser("chefe")
    service = charter.service(charter.body())
    revision = charter.edited(service, title="Aprovado")
    state = service.get_workflow().start(charter.fresh(service), user)
    task_state = state.current_task_state

    def approve() -> None:
        task_state.task.specific.on_action(task_state, user, "approve")

    after_both_began(threads, middle, approve, lambda: _unless_already_decided(revision.publish))
    assert charter.public(service).title == "Aprovado"


def _unless_already_decided(work: Callable[[], Any]) -> None:
    """Wagtail refuses to cancel or to approve a workflow that ended meanwhile: a refusal, and no deadlock."""
    from django.core.exceptions import PermissionDenied

    try:
        work()
    except PermissionDenied:
        return


def test_a_deletion_by_queryset_against_a_publication(threads: Threads, middle: Pause) -> None:
    body = charter.body()
    topic = charter.topic()
    service = charter.service(body, topics=[topic])
    revision = charter.edited(service, title="Outro")
    topics = type(topic).objects.filter(pk=topic.pk)
    after_both_began(threads, middle, revision.publish, topics.delete)
    assert from_json(charter.public(service).body).topics == []


def test_who_waits_too_long_is_told(threads: Threads, middle: Pause, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "LOCK_WAIT", "100ms")
    body = charter.body()
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    threads.start(charter.edited(one, title="Um e meio").publish)
    assert middle.reached.wait(PATIENCE)
    with pytest.raises(PublishingBusy):
        charter.edited(two, title="Dois e meio").publish()
    address = reverse("wagtailadmin_pages:edit", args=[two.pk])
    response = submit(address, action__publish="1")
    assert response.status_code == 302
    assert response.url == address
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    told = [str(message) for message in response.wsgi_request._messages]
    assert told == ["Outra publicação está em andamento. Espere um minuto e tente de novo."]
    assert charter.public(two).title == "Dois"
    middle.let_go()
    threads.join()
    charter.edited(two, title="Dois e meio").publish()
    assert charter.public(two).title == "Dois e meio"
    assert LogHead.objects.count() == 1
    assert SecretariatPage.objects.count() == 1
