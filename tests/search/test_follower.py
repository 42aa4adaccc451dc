"""An engine is kept at the head of the log."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from search.engines.base import EngineError
from search.engines.embedded import Embedded
from search.follower import Follower
from services import changes
from services.models import LogHead, PublishedRecord
from tests.records import district, key_of, put_record, rating, ref, remove_record, service, unit
from tests.search.engines.contract import ask, titles

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def follower(tmp_path: Path) -> Follower:
    return Follower(Embedded(tmp_path / "index"))


def test_an_empty_log_is_an_empty_index(follower: Follower) -> None:
    assert follower.keep_up()
    assert follower.engine.cursor() == changes.START
    assert ask(follower.engine, "").total == 0


def test_what_is_published_removed_and_published_again_is_followed(follower: Follower) -> None:
    row = put_record(service("Podar"))
    put_record(district())
    assert follower.keep_up()
    assert titles(ask(follower.engine, "")) == ["Podar"]
    put_record(service("Tapar buraco"))
    remove_record(row)
    assert follower.keep_up()
    assert titles(ask(follower.engine, "")) == ["Tapar buraco"]
    put_record(service("Podar"))
    assert follower.keep_up()
    assert titles(ask(follower.engine, "")) == ["Podar", "Tapar buraco"]


def test_where_a_unit_goes_reaches_the_services_that_name_it(follower: Follower) -> None:
    north, south = district("Norte"), district("Sul")
    post = unit("Posto", district=ref(north))
    put_record(service("Vacinar", units=[ref(post)]))
    put_record(service("Vacunarse", units=[ref(post)], key=key_of("service", "Vacinar"), locale="es"))
    put_record(post)
    follower.keep_up()
    put_record(unit("Posto", district=ref(south)))
    assert follower.keep_up()
    for locale, title in (("pt-br", "Vacinar"), ("es", "Vacunarse")):
        assert titles(ask(follower.engine, "", locale=locale, kind=["service"], district=[south.id])) == [title]
        assert ask(follower.engine, "", locale=locale, district=[north.id]).total == 0
    follower.rebuild(wait=0)
    assert titles(ask(follower.engine, "", kind=["service"], district=[south.id])) == ["Vacinar"]
    # Dropped from the service, it counts no more.
    put_record(service("Vacinar"))
    follower.keep_up()
    assert ask(follower.engine, "", kind=["service"], district=[south.id]).total == 0


def test_what_people_say_of_a_service_reaches_its_results_in_every_language(follower: Follower) -> None:
    vaccine = service("Vacinar")
    put_record(vaccine)
    put_record(service("Vacunarse", key=vaccine.key, locale="es"))
    put_record(service("Podar"))
    follower.keep_up()
    row = put_record(rating(vaccine, 4.3))
    assert follower.keep_up()
    for locale, title in (("pt-br", "Vacinar"), ("es", "Vacunarse")):
        page = ask(follower.engine, "", locale=locale, facets=["rating"], rating=["4"])
        assert titles(page) == [title]
        assert page.facets["rating"] == {"4": 1, "3": 1}
    remove_record(row)
    put_record(rating(vaccine, 3.2))
    follower.keep_up()
    assert titles(ask(follower.engine, "", rating=["4"])) == []
    assert titles(ask(follower.engine, "", rating=["3"])) == ["Vacinar"]


def test_a_unit_that_moves_during_a_rebuild_is_seen_too(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    post, south = unit("Posto", district=ref(district("Norte"))), district("Sul")
    put_record(service("Vacinar", units=[ref(post)]))
    put_record(post)
    real = changes.read

    def read_and_move(after: str, **how) -> tuple:
        found = real(after, **how)
        if after == changes.START:
            gathered.extend(found[1])
        elif len(gathered) == 2:
            gathered.append(put_record(unit("Posto", district=ref(south))))
            return real(after, **how)
        return found

    gathered: list = []
    monkeypatch.setattr(changes, "read", read_and_move)
    follower.rebuild(wait=0)
    assert titles(ask(follower.engine, "", kind=["service"], district=[south.id])) == ["Vacinar"]


def test_at_the_head_it_costs_one_query(follower: Follower, django_assert_num_queries) -> None:
    put_record(service("Podar"))
    follower.keep_up()
    with django_assert_num_queries(1):
        assert follower.keep_up()


def test_more_changes_than_a_batch(follower: Follower) -> None:
    put_record(service("Primeiro"))
    follower.keep_up()
    for number in range(changes.BATCH + 5):
        put_record(service(f"Serviço {number}"))
    assert follower.keep_up()
    assert ask(follower.engine, "").total == changes.BATCH + 6


def test_a_log_of_another_life_means_a_new_index(follower: Follower) -> None:
    put_record(service("Podar"))
    put_record(service("Tapar buraco"))
    follower.keep_up()
    PublishedRecord.objects.filter(title="Podar").delete()
    LogHead.objects.update(epoch="restored")
    assert follower.keep_up()
    assert titles(ask(follower.engine, "")) == ["Tapar buraco"]
    assert follower.engine.cursor() == "restored.2"


def test_a_head_behind_the_cursor_means_a_new_index(follower: Follower) -> None:
    put_record(service("Podar"))
    put_record(service("Tapar buraco"))
    follower.keep_up()
    PublishedRecord.objects.filter(title="Tapar buraco").delete()
    LogHead.objects.update(sequence=1)
    assert follower.keep_up()
    assert titles(ask(follower.engine, "")) == ["Podar"]


def test_while_another_writes_the_old_index_serves(follower: Follower, tmp_path: Path) -> None:
    put_record(service("Podar"))
    follower.keep_up()
    put_record(service("Tapar buraco"))
    other = Embedded(tmp_path / "index")
    with other.writing(wait=0):
        assert not follower.keep_up()
        assert titles(ask(follower.engine, "")) == ["Podar"]
        with pytest.raises(EngineError, match="another process"):
            follower.rebuild(wait=0)
    assert follower.keep_up()
    assert ask(follower.engine, "").total == 2


def test_what_another_process_took_in_is_only_read(follower: Follower, tmp_path: Path) -> None:
    put_record(service("Podar"))
    follower.keep_up()
    other = Follower(Embedded(tmp_path / "index"))
    put_record(service("Tapar buraco"))
    other.keep_up()
    with Embedded(tmp_path / "index").writing(wait=0):
        assert follower.keep_up()
    assert ask(follower.engine, "").total == 2


def test_an_index_of_other_code_is_built_anew_once_in_a_process(
    follower: Follower, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_record(service("Podar"))
    follower.keep_up()
    with monkeypatch.context() as newer:
        newer.setattr("search.engines.tantivy_folder.fingerprint", lambda: "newer")
        newer.setattr("search.engines.embedded.fingerprint", lambda: "newer")
        upgraded = Follower(Embedded(tmp_path / "index"))
        assert upgraded.keep_up()
        assert upgraded.engine.is_current()
        built = upgraded.engine.version()
    put_record(service("Tapar buraco"))
    # The old code has built its own index once: it reads the newer one, and leaves it be.
    follower.keep_up()
    assert follower.engine.version() == built
    assert titles(ask(follower.engine, "")) == ["Podar"]


def test_when_the_other_code_is_gone_its_index_is_built_anew(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_record(service("Podar"))
    monkeypatch.setattr("search.follower._TURN_SECONDS", 0.2)
    with monkeypatch.context() as other:
        other.setattr("search.engines.tantivy_folder.fingerprint", lambda: "other")
        follower.rebuild(wait=0)
    assert not follower.engine.is_current()
    put_record(service("Tapar buraco"))
    assert not follower.keep_up()
    time.sleep(0.3)
    assert follower.keep_up()
    assert follower.engine.is_current()
    assert ask(follower.engine, "").total == 2


def test_what_is_published_and_removed_during_a_rebuild_is_in_it(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.follower._REBUILD_BATCH", 2)
    gone, changed = put_record(service("Podar")), service("Tapar buraco")
    put_record(changed)
    put_record(service("Varrer"))
    public_later = [service("Plantar"), service("Tapar buraco na estrada", key=changed.key)]
    read = changes.read

    def read_while_others_publish(after: str, *, limit: int) -> tuple[str, list[changes.Change]]:
        found = read(after, limit=limit)
        if after != changes.START and public_later:
            put_record(public_later.pop())
            if not public_later:
                remove_record(gone)
        return found

    monkeypatch.setattr(changes, "read", read_while_others_publish)
    assert follower.rebuild(wait=0) == 3
    assert titles(ask(follower.engine, "")) == ["Plantar", "Tapar buraco na estrada", "Varrer"]
    assert follower.keep_up()


def test_a_missing_or_broken_folder_is_built_anew(follower: Follower, tmp_path: Path) -> None:
    put_record(service("Podar"))
    follower.keep_up()
    next((tmp_path / "index").glob("index-*/meta.json")).write_text("broken")
    again = Follower(Embedded(tmp_path / "index"))
    assert again.keep_up()
    assert titles(ask(again.engine, "")) == ["Podar"]


def test_a_record_that_can_not_be_read_does_not_hide_the_others(follower: Follower) -> None:
    broken = put_record(service("Quebrado"))
    PublishedRecord.objects.filter(pk=broken.pk).update(body='{"kind": "service"}')
    put_record(service("Podar"))
    assert follower.keep_up()
    assert titles(ask(follower.engine, "")) == ["Podar"]


def test_a_process_killed_while_it_commits_leaves_whole_batches(tmp_path: Path) -> None:
    path = tmp_path / "index"
    total = 0
    for pause in (0.02, 0.05, 0.11, 0.23):
        with _writer(path) as writer:
            assert writer.stdout.readline().strip() == "ready"
            time.sleep(pause)
            os.kill(writer.pid, signal.SIGKILL)
            writer.wait()
        engine = Embedded(path)
        engine.refresh()
        batches = int(engine.cursor().removeprefix("e."))
        # Each batch puts ten documents of its own, and the cursor that counts them.
        assert ask(engine, "", size=1).total == batches * 10
        assert batches >= total
        total = batches
        with engine.writing(wait=1) as ours:
            assert ours


def test_two_processes_take_turns_and_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with _writer(path, 12) as first:
        assert first.stdout.readline().strip() == "ready"
        with _writer(path, 12) as second:
            reader = Embedded(path)
            seen = []
            while first.poll() is None or second.poll() is None:
                reader.refresh()
                batches = int(reader.cursor().removeprefix("e."))
                assert ask(reader, "", size=1).total == batches * 10
                seen.append(batches)
            assert (first.returncode, second.returncode) == (0, 0)
    reader.refresh()
    assert reader.cursor() == "e.25"
    assert seen == sorted(seen)
    assert len(set(seen)) > 2


def _writer(path: Path, batches: int = 100_000) -> subprocess.Popen[str]:
    """Another process: takes the lock for each batch, counts the batches in the cursor."""
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        import django
        django.setup()
        from search.document import document_of
        from search.engines.embedded import Embedded
        from services.record import Service
        from services.record.identity import id_of, key_for

        def batch(number):
            for each in range(10):
                key = key_for("tests", "service", f"{number}-{each}")
                yield document_of(Service(kind="service", key=key, id=id_of(key), title=f"Podar {number} {each}"))

        engine = Embedded(Path(sys.argv[1]))
        with engine.writing(wait=20) as ours:
            assert ours
            engine.refresh()
            if engine.cursor() is None:
                target = engine.begin_rebuild()
                target.apply(batch(1), "e.1")
                engine.finish_rebuild(target)
        print("ready", flush=True)
        for _ in range(int(sys.argv[2])):
            with engine.writing(wait=20) as ours:
                assert ours
                engine.refresh()
                number = int(engine.cursor().removeprefix("e.")) + 1
                engine.apply(batch(number), f"e.{number}")
    """)
    return subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", script, str(path), str(batches)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
