"""Editions: one job at a time, failures that spoil nothing, the night, the past, and what is kept for good."""

import json
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from services import changes
from services.booklet import making
from services.booklet.editions import AlreadyThere, ask, ask_general_table, ask_what_is_due, forget_old, freeze
from services.booklet.making import Busy, alone, make, make_asked
from services.booklet.past import PastCharter
from services.models import BookletEdition, EditionFile, EditionIsKept, PublishedRecord, PublishedVersion
from services.record import Entry, to_json
from tests.feedback.yearly.pdf_text import text_of_pdf
from tests.records import put_record, remove_record
from tests.services.booklet.town import everything, health, pruning, town, visit, works

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 27, 15, tzinfo=UTC)
NIGHT = datetime(2026, 11, 28, 7, tzinfo=UTC)


@pytest.fixture
def city() -> None:
    for record in everything():
        put_record(record)


def keep(record: Entry, at: datetime) -> PublishedRecord:
    """Publish a version at a moment."""
    row = put_record(record)
    PublishedVersion.objects.create(
        record=row, sequence=row.sequence, etag=row.etag, body=to_json(record), published_at=at
    )
    return row


def test_an_edition_that_was_asked_for_is_made_kept_and_served(city: None, client: Client) -> None:
    ask(at=AT, language="pt-br")
    assert make_asked(AT) == 1
    edition = BookletEdition.objects.get()
    assert (edition.state, edition.services, edition.place) == ("done", 3, changes.cursor(*changes.head()))
    page = client.get("/carta-de-servicos/").content.decode()
    address = f"/carta-de-servicos/{edition.code}/carta-de-servicos-2026-11-27.pdf"
    assert address in page
    assert f"Situação em 27/11/2026, 3 serviços, {edition.pages} páginas" in page
    response = client.get(address)
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Disposition"] == 'inline; filename="carta-de-servicos-2026-11-27.pdf"'
    assert response["Content-Language"] == "pt-BR"
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    newest = client.get("/carta-de-servicos/livreto.pdf")
    assert (newest.content, newest["Cache-Control"]) == (response.content, "public, max-age=300")
    assert client.get(address.replace("-27.pdf", "-28.pdf")).status_code == 404
    assert client.get(address.replace(".pdf", ".csv")).status_code == 404


def test_a_page_of_editions_asks_few_questions(city: None, client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        row = BookletEdition.objects.create(
            language="pt-br", state="done", asked_at=AT, made_at=AT + timedelta(minutes=number), pages=4, services=3
        )
        EditionFile.objects.create(edition=row, form="pdf", data=b"%PDF-")
    client.get("/carta-de-servicos/")
    with django_assert_max_num_queries(8):
        page = client.get("/carta-de-servicos/").content.decode()
    assert page.count(".pdf") == 30


def test_before_there_is_any_the_page_says_so(client: Client) -> None:
    assert "ainda está sendo preparado" in client.get("/carta-de-servicos/").content.decode()
    assert client.get("/carta-de-servicos/livreto.pdf").status_code == 404


def test_a_job_that_fails_leaves_the_former_edition_and_says_why(city: None, client: Client, settings: Any) -> None:
    make(ask(at=AT, language="pt-br"), AT)
    former = client.get("/carta-de-servicos/livreto.pdf").content
    settings.CONECTA_BOOKLET_MEGABYTES = 10
    failed = ask(at=AT, language="pt-br")
    make(failed, AT)
    assert failed.state == "failed"
    assert failed.message == "O livreto passou da memória ou do tempo que pode usar. A edição anterior continua no ar."
    assert client.get("/carta-de-servicos/livreto.pdf").content == former
    nothing = ask(at=AT, language="pt-br", body="zzzzzzzzzz")
    make(nothing, AT)
    assert nothing.message == "Não havia nada publicado nessa data ou nesse órgão."


def test_what_breaks_unforeseen_is_told_too_and_blocks_nothing(city: None, settings: Any) -> None:
    edition = ask(at=AT, language="pt-br")
    PublishedRecord.objects.filter(kind="service").update(body='{"kind": "service"}')
    with pytest.raises(ValueError, match="validation error"):
        make(edition, AT)
    edition.refresh_from_db()
    assert (edition.state, edition.message[:23]) == ("failed", "Algo deu errado. A ediç")


def test_what_is_made_by_hand_is_taken_by_no_worker_first(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def asked_while_a_worker_looks(**wanted: Any) -> BookletEdition:
        edition = ask(**wanted)
        taken.append(make_asked(AT))
        return edition

    monkeypatch.setattr("services.management.commands.make_booklet.ask", asked_while_a_worker_looks)
    out = StringIO()
    call_command("make_booklet", stdout=out)
    assert out.getvalue().startswith("edition=")
    assert taken == [0]


def test_beside_another_what_is_made_by_hand_waits_its_turn(city: None) -> None:
    with alone(), pytest.raises(CommandError, match="Este ficou na fila"):
        call_command("make_booklet")
    assert [each.state for each in BookletEdition.objects.all()] == ["asked"]


def test_one_job_at_a_time_on_this_machine_and_on_this_database(city: None) -> None:
    edition = ask(at=AT, language="pt-br")
    with alone(), pytest.raises(Busy):
        make(edition, AT)
    assert make_asked(AT - timedelta(days=1)) == 1
    other = BookletEdition.objects.create(language="es", state="making", asked_at=AT, started_at=AT)
    waiting = ask(at=AT, language="pt-br")
    with pytest.raises(Busy):
        make(waiting, AT)
    assert make_asked(AT) == 0
    # Its machine has died meanwhile.
    make(waiting, AT + making.LOST + timedelta(seconds=1))
    other.refresh_from_db()
    assert (other.state, other.message) == ("failed", "O trabalho parou no meio. Peça de novo.")
    assert waiting.state == "done"


def test_who_was_killed_in_the_middle_is_not_waited_for(city: None) -> None:
    lost = BookletEdition.objects.create(language="es", state="making", asked_at=AT, started_at=AT)
    assert make_asked(AT + making.LOST) == 0
    lost.refresh_from_db()
    assert lost.state == "making"
    assert make_asked(AT + making.LOST + timedelta(seconds=1)) == 0
    lost.refresh_from_db()
    assert (lost.state, lost.message) == ("failed", "O trabalho parou no meio. Peça de novo.")


def test_a_clock_that_was_set_back_holds_up_nothing(city: None) -> None:
    """Three days ahead the night's own was begun, and killed; then the clock is right again."""
    ahead = AT + timedelta(days=3)
    assert ask_what_is_due(ahead) == 1
    BookletEdition.objects.update(state="making", started_at=ahead)
    assert ask_what_is_due(AT) == 1
    assert make_asked(AT) == 1
    assert sorted(BookletEdition.objects.values_list("state", flat=True)) == ["done", "failed"]


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_long_gives_signs_of_life(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SIGN", timedelta(seconds=0.05))
    print_at_last = making.printed
    seen: list[datetime] = []

    def slowly(*arguments: Any, **named: Any) -> Any:
        until = time.monotonic() + 30
        while not seen and time.monotonic() < until:
            time.sleep(0.05)
            # SQLite in memory lets nobody read while another writes.
            with suppress(DatabaseError):
                seen.extend(BookletEdition.objects.filter(started_at__gt=AT).values_list("started_at", flat=True))
        return print_at_last(*arguments, **named)

    monkeypatch.setattr(making, "printed", slowly)
    ask(at=AT, language="pt-br")
    assert make_asked(AT) == 1
    assert seen
    assert BookletEdition.objects.get().state == "done"


def test_asking_twice_is_asking_once(city: None) -> None:
    assert ask(at=AT, language="pt-br") == ask(at=AT, language="pt-br")
    assert ask(at=AT, language="pt-br", body=health().id) != ask(at=AT, language="pt-br")


def test_the_past_is_read_as_it_was(city: None) -> None:
    """A service renamed since, one taken down since, and one that came later."""
    PublishedRecord.objects.all().delete()
    for record in (town(), health(), works()):
        keep(record, datetime(2026, 1, 5, tzinfo=UTC))
    keep(visit(title="Agendar médico"), datetime(2026, 1, 5, tzinfo=UTC))
    keep(visit(), datetime(2026, 3, 2, 3, tzinfo=UTC))
    gone = keep(pruning(), datetime(2026, 1, 5, tzinfo=UTC))
    remove_record(gone)
    gone.refresh_from_db()
    PublishedVersion.objects.create(
        record=gone, sequence=gone.sequence, deleted=True, published_at=datetime(2026, 2, 1, 3, tzinfo=UTC)
    )

    def titles(moment: datetime) -> list[str]:
        return [record.title for record in PastCharter("pt-br", moment).of("service")]

    assert titles(datetime(2026, 1, 5, tzinfo=UTC)) == []
    assert titles(datetime(2026, 1, 31, tzinfo=UTC)) == ["Agendar médico", "Pedir a poda de uma árvore"]
    assert titles(datetime(2026, 2, 15, tzinfo=UTC)) == ["Agendar médico"]
    assert titles(AT) == ["Marcar consulta"]
    edition = ask(at=AT, language="pt-br", as_of=date(2026, 1, 31))
    make(edition, AT)
    text = text_of_pdf(bytes(edition.files.get().data))
    assert "Situação em 31 de janeiro de 2026" in text
    assert "Agendar médico" in text
    assert "Marcar consulta" not in text
    assert edition.frozen
    # The last day of a month, by the city's clock: midnight in Bahia is three o'clock UTC.
    make(day := ask(at=AT, language="pt-br", as_of=date(2026, 3, 1)), AT)
    assert "Agendar médico" in text_of_pdf(bytes(day.files.get().data))


def test_a_translation_counts_only_while_it_was_public() -> None:
    keep(health(), datetime(2026, 1, 5, tzinfo=UTC))
    keep(visit(), datetime(2026, 1, 5, tzinfo=UTC))
    keep(visit(locale="es", title="Pedir cita"), datetime(2026, 2, 5, tzinfo=UTC))
    january, march = datetime(2026, 1, 31, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    assert [r.title for r in PastCharter("es", january).of("service")] == ["Marcar consulta"]
    assert [r.title for r in PastCharter("es", march).of("service")] == ["Pedir cita"]
    assert [r.title for r in PastCharter("pt-br", march).of("service")] == ["Marcar consulta"]


def test_the_night_makes_anew_what_changed_and_nothing_else(city: None) -> None:
    assert ask_what_is_due(AT) == 1
    assert ask_what_is_due(AT) == 0
    make_asked(AT)
    # The next night nothing has changed, and the one after it something has.
    assert ask_what_is_due(NIGHT) == 0
    put_record(visit(summary="Outra coisa."))
    assert ask_what_is_due(NIGHT) == 1
    make_asked(NIGHT)
    assert ask_what_is_due(NIGHT + timedelta(hours=2)) == 0
    # What somebody asked for once is kept up too; what was of a past day is not.
    make(ask(at=NIGHT, language="es", body=health().id), NIGHT)
    put_record(visit(summary="Mais uma."))
    assert ask_what_is_due(NIGHT + timedelta(hours=4)) == 0
    assert ask_what_is_due(NIGHT + timedelta(days=1)) == 2
    asked = BookletEdition.objects.filter(state="asked").values_list("language", "body")
    assert sorted(asked) == [("es", health().id), ("pt-br", "")]


def test_an_empty_charter_makes_no_booklet_by_itself() -> None:
    assert ask_what_is_due(AT) == 0
    assert ask_what_is_due(datetime(2026, 12, 20, tzinfo=UTC)) == 0


def test_nightly_editions_go_and_those_kept_for_good_stay(city: None, admin_user: Any) -> None:
    for number in range(12):
        made = AT + timedelta(days=number)
        row = BookletEdition.objects.create(language="pt-br", state="done", asked_at=made, made_at=made)
        EditionFile.objects.create(edition=row, form="pdf", data=b"%PDF-")
    oldest = BookletEdition.objects.order_by("made_at").first()
    assert oldest is not None
    freeze(oldest, user=admin_user)
    BookletEdition.objects.create(language="pt-br", state="failed", asked_at=AT - timedelta(days=40))
    forget_old(AT)
    left = BookletEdition.objects.order_by("made_at")
    assert [row.made_at for row in left] == [AT, *(AT + timedelta(days=number) for number in range(5, 12))]
    oldest.refresh_from_db()
    with pytest.raises(EditionIsKept), transaction.atomic():
        oldest.delete()
    assert ModelLogEntry.objects.filter(action="conecta.booklet.frozen", user=admin_user).count() == 1


def test_the_year_s_general_table_never_changes(city: None, client: Client, settings: Any) -> None:
    """Made on its day, as PDF, CSV and JSON; whatever changes later, its bytes are the same."""
    assert ask_what_is_due(datetime(2026, 12, 14, 12, tzinfo=UTC)) == 1  # the booklet
    day = datetime(2026, 12, 15, 12, tzinfo=UTC)
    assert ask_what_is_due(day) == 2
    make_asked(day)
    edition = BookletEdition.objects.get(kind="general_table")
    assert (edition.year, edition.state, edition.frozen, edition.services) == (2026, "done", True, 3)

    def files() -> dict[str, bytes]:
        root = f"/carta-de-servicos/{edition.code}/quadro-geral-de-servicos-2026"
        return {form: client.get(f"{root}.{form}").content for form in ("pdf", "csv", "json")}

    before = files()
    told = json.loads(before["json"])
    assert (told["ano"], told["data"], len(told["servicos"])) == (2026, "2026-12-15", 3)
    first = told["servicos"][0]
    assert (first["servico"], first["orgao"], first["dirigente"], first["autoridade"]) == (
        "Marcar consulta",
        "Secretaria da Saúde",
        "Secretária de Saúde",
        "Chefe do Poder Executivo municipal",
    )
    assert before["csv"].decode("utf-8-sig").splitlines()[0].startswith("Serviço,Órgão")
    assert "Quadro Geral de Serviços Públicos de 2026" in text_of_pdf(before["pdf"])
    put_record(visit(title="Outro nome"))
    remove_record(PublishedRecord.objects.get(entry_id=pruning().id))
    assert ask_what_is_due(day + timedelta(days=3)) == 1  # the booklet alone
    make_asked(day + timedelta(days=3))
    forget_old(day + timedelta(days=4000))
    assert files() == before
    with pytest.raises(AlreadyThere):
        ask_general_table(at=day, year=2026)
    with pytest.raises(EditionIsKept):
        EditionFile.objects.filter(edition=edition).update(data=b"")
    file = edition.files.first()
    assert file is not None
    with pytest.raises(EditionIsKept):
        file.save()
    for way_out in (edition.delete, file.delete, BookletEdition.objects.all().delete, edition.files.all().delete):
        with pytest.raises(EditionIsKept), transaction.atomic():
            way_out()
    assert files() == before
    assert "2026" in client.get("/carta-de-servicos/").content.decode()
    settings.CONECTA_GENERAL_TABLE_DAY = "01-10"
    assert ask_what_is_due(datetime(2027, 1, 9, 12, tzinfo=UTC)) == 0
    assert ask_what_is_due(datetime(2027, 1, 10, 12, tzinfo=UTC)) == 1


def test_the_command_makes_an_edition_or_a_file(city: None, tmp_path: Path) -> None:
    out, file = StringIO(), tmp_path / "carta.pdf"
    call_command("make_booklet", "--body", "sms", "--output", str(file), stdout=out)
    assert out.getvalue().startswith("services=2 pages=")
    with pikepdf.open(file) as pdf:
        assert "Secretaria da Saúde" in str(pdf.docinfo.Title)
    assert not BookletEdition.objects.exists()
    call_command("make_booklet", "--language", "en", stdout=out)
    assert BookletEdition.objects.get().language == "en"
    with pytest.raises(CommandError, match="XYZ"):
        call_command("make_booklet", "--body", "XYZ")
    with pytest.raises(CommandError, match="Este site publica em"):
        call_command("make_booklet", "--language", "fr")
    with pytest.raises(CommandError, match="Não havia nada"):
        call_command("make_booklet", "--as-of", "2001-01-01", "--output", str(file))


def test_services_of_bodies_have_editions_of_their_own(city: None, client: Client) -> None:
    make(ask(at=AT, language="pt-br", body=works().id), AT)
    page = client.get("/carta-de-servicos/").content.decode()
    assert "Secretaria de Obras" in page
    response = client.get(f"/carta-de-servicos/livreto-{works().id}.pdf")
    assert response["Content-Disposition"].endswith('carta-de-servicos-secretaria-de-obras-2026-11-27.pdf"')
    text = text_of_pdf(response.content)
    assert "Pedir a poda de uma árvore" in text
    assert "Marcar consulta" not in text
