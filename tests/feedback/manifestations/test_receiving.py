"""Every manifestation comes in by one function, and none is refused (Lei 13.460 arts. 9 to 11 and 16)."""

import re
import time
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from feedback.manifestations import forms
from feedback.manifestations.contacts import Who, opened
from feedback.manifestations.receiving import MOST_OF_A_DAY, Brought, receive
from feedback.manifestations.secret_letters import SPELLING, is_secret, secret_for, spelled
from feedback.models import LONGEST_TEXT, Contact, Manifestation, Movement, Rating
from services.models import PublishedRecord
from services.record.city import Holiday
from tests.records import city, put_record, ref, secretariat, service

pytestmark = pytest.mark.django_db
#: A Thursday.
AT = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
NEW, RECEIPT = "/manifestacoes/nova/", "/manifestacoes/recibo/"


def brought(**more: Any) -> Brought:
    return Brought(**({"token": uuid.uuid4(), "kind": "complaint", "text": "O buraco continua na rua."} | more))


def hidden_of(client: Client, address: str = NEW) -> dict[str, str]:
    """The hidden fields of the form, as a browser sends them back."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def a_person_took_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)


def test_art_9_it_comes_in_through_the_portal_without_script(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    body = secretariat()
    record = service("Tapar buraco", secretariat=ref(body))
    row = put_record(record)
    page = client.get(record.url).content.decode()
    address = re.search(r'href="(/manifestacoes/nova/\?servico=[^"]+)"', page).group(1)
    assert "Tapar buraco" in client.get(address).content.decode()
    hidden = hidden_of(client, address)
    a_person_took_their_time(monkeypatch)
    sent = client.post(NEW, hidden | {"kind": "complaint", "text": "Reabriu em uma semana."})
    assert (sent.status_code, sent["Location"]) == (302, RECEIPT)
    kept = Manifestation.objects.get()
    assert (kept.kind, kept.text, kept.doubtful) == ("complaint", "Reabriu em uma semana.", False)
    assert (kept.service_id, kept.body_id, kept.version) == (record.id, body.id, row.etag)
    assert not Contact.objects.exists(), "nobody has to say who they are"
    receipt = client.get(RECEIPT).content.decode()
    secret = re.search(r"<dd>([A-Z]{4}-[A-Z]{4}-[A-Z]{4})</dd>", receipt).group(1)
    assert kept.protocol in receipt
    assert re.fullmatch(r"2026\.\d{8}", kept.protocol)
    assert is_secret(secret, protocol=kept.protocol, digest=kept.secret_digest)


def test_art_10_2_no_form_asks_for_motives_or_for_a_cpf(client: Client) -> None:
    asked = set(forms.ManifestationForm.base_fields)
    main = client.get(NEW).content.decode().partition("<main")[2]
    seen = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', main))
    assert asked == {
        "kind",
        "text",
        "attachments",
        "name",
        "email",
        "phone",
        "token",
        "begun",
        "service",
        "version",
        "site",
    }
    assert seen == asked


def test_art_10_identification_is_optional_and_kept_apart(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = hidden_of(client)
    html = client.get(NEW).content.decode()
    for name in ("name", "email", "phone", "text"):
        assert not re.search(rf'name="{name}"[^>]* required', html)
    a_person_took_their_time(monkeypatch)
    client.post(NEW, hidden | {"kind": "praise", "text": "Obrigado.", "name": "Ana", "phone": "77 99999-0000"})
    kept = Manifestation.objects.get()
    assert opened(kept) == Who(name="Ana", phone="77 99999-0000")
    assert "Ana" not in repr(Manifestation.objects.values().get())
    assert "Ana" not in kept.contact.sealed


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"kind": "complaint"},
        {"text": "Sem tipo."},
        {"kind": "gossip", "text": "De outro tipo."},
        {"kind": "complaint", "text": "x", "site": "http://x.example"},
        {"kind": "complaint", "text": "x" * 30_000},
        {"kind": "complaint", "text": "com \x00 dentro"},
        {"kind": "complaint", "text": "x", "token": "none", "begun": "none"},
        {"kind": "complaint", "text": "x", "service": "aaaaaaaaaa"},
        {"kind": "complaint", "text": "x", "service": "\x00", "version": "\x00", "email": "no address", "name": "\x00"},
    ],
)
def test_art_11_nothing_refuses_a_manifestation(client: Client, said: dict[str, str]) -> None:
    """What a form asks for is missing or wrong, or a program filled it in: kept, and marked."""
    sent = client.post(NEW, hidden_of(client) | said)
    assert sent.status_code == 302
    kept = Manifestation.objects.get()
    assert kept.doubtful
    assert kept.protocol in client.get(RECEIPT).content.decode()
    assert kept.text == said.get("text", "").replace("\x00", "").strip()


def of_parts(*parts: tuple[str, bytes]) -> bytes:
    return b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (n.encode(), v) for n, v in parts)


FILES = [(f'name="attachments"; filename="{number}.txt"', b"x") for number in range(150)]
COMPLAINT = (('name="kind"', b"complaint"), ('name="text"', "Sem água.".encode()))


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"kind=complaint&text=Sem+%C3%A1gua." + b"&x=1" * 30_000, "application/x-www-form-urlencoded", "Sem água."),
        (b"kind=complaint&text=Sem+%C3%A1gua.&x=" + b"a" * 3_000_000, "application/x-www-form-urlencoded", "Sem água."),
        (b"kind=complaint&text=Sem+%E1gua.", "application/x-www-form-urlencoded; charset=iso-8859-1", "Sem água."),
        (of_parts(*COMPLAINT, *FILES) + b"--x--", "multipart/form-data; boundary=x", "Sem água."),
        (
            of_parts(*COMPLAINT, ('name="x"', b"a" * 3_000_000)),
            "multipart/form-data; boundary=x",
            "Sem água.",
        ),
        (b"Sem agua.", "multipart/form-data", ""),
    ],
    ids=["fields", "much", "letters", "files", "much in parts", "no parts"],
)
def test_art_11_what_is_too_much_or_written_otherwise_is_received(
    client: Client, body: bytes, content_type: str, text: str
) -> None:
    """What the web server would answer with an error is kept as far as it was read, and the receipt says so."""
    assert client.generic("POST", NEW, body, content_type=content_type).status_code == 302
    kept = Manifestation.objects.get()
    assert (kept.text, kept.doubtful) == (text, True)
    receipt = client.get(RECEIPT).content.decode()
    assert kept.protocol in receipt
    assert "não foi lido por inteiro" in receipt


def test_lines_count_as_one_letter_as_they_do_in_the_form(client: Client) -> None:
    text = "a\r\n" * (LONGEST_TEXT // 2 - 1)
    brought_so = receive(brought(text=text + "a"), at=AT).manifestation
    assert len(brought_so.text) <= LONGEST_TEXT
    assert not brought_so.doubtful


def test_art_11_without_a_cookie_and_from_another_site_it_is_received() -> None:
    client = Client(enforce_csrf_checks=True)
    sent = client.post(NEW, {"kind": "complaint", "text": "x"}, headers={"Origin": "https://elsewhere.example"})
    assert sent.status_code == 302
    assert Manifestation.objects.exists()


def test_art_11_a_flood_is_kept_and_marked_and_another_place_is_not() -> None:
    kept = [receive(brought(), at=AT, place="here").manifestation for _ in range(MOST_OF_A_DAY + 2)]
    assert [each.doubtful for each in kept] == [False] * MOST_OF_A_DAY + [True, True]
    assert not receive(brought(), at=AT, place="there").manifestation.doubtful
    assert not receive(brought(), at=AT).manifestation.doubtful, "at a counter"


def test_what_has_no_kind_is_for_the_ombudsman_alone_until_it_is_read() -> None:
    assert receive(brought(kind=""), at=AT).manifestation.restricted


def test_files_without_a_word_are_a_manifestation() -> None:
    with_a_file = brought(text="", files=[SimpleUploadedFile("nada.pdf", b"<html>")])
    assert not receive(with_a_file, at=AT).manifestation.doubtful


def test_sent_twice_it_is_kept_once_and_the_receipt_is_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = hidden_of(client)
    a_person_took_their_time(monkeypatch)
    receipts = set()
    for _ in range(3):
        client.post(NEW, hidden | {"kind": "complaint", "text": "Uma vez."})
        receipts.add(re.search(r"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}", client.get(RECEIPT).content.decode()).group())
    assert len(receipts) == 1
    assert Manifestation.objects.count() == Movement.objects.count() == 1


def test_what_is_written_anew_after_the_back_button_is_another(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = hidden_of(client)
    a_person_took_their_time(monkeypatch)
    client.post(NEW, hidden | {"kind": "complaint", "text": "O buraco."})
    client.post(NEW, hidden | {"kind": "complaint", "text": "A lâmpada."})
    assert set(Manifestation.objects.values_list("text", flat=True)) == {"O buraco.", "A lâmpada."}


def test_the_secret_is_in_no_address_no_table_and_no_page_that_is_kept(client: Client) -> None:
    sent = client.post(NEW, hidden_of(client) | {"kind": "complaint", "text": "x"})
    receipt = client.get(RECEIPT)
    secret = re.search(r"[A-Z]{4}-[A-Z]{4}-[A-Z]{4}", receipt.content.decode()).group()
    assert secret not in sent["Location"]
    assert "no-store" in receipt["Cache-Control"]
    assert secret.replace("-", "") not in repr(Manifestation.objects.values().get()).replace("-", "")
    held = client.cookies["conecta_receipt"]
    assert (held["httponly"], held["samesite"], held["max-age"]) == (True, "Strict", 1800)
    assert secret in client.get(RECEIPT).content.decode(), "read again"
    client.post("/manifestacoes/recibo/esquecer/")
    assert secret not in client.get(RECEIPT).content.decode()


def test_what_is_kept_of_a_form_does_not_give_the_secret() -> None:
    token = uuid.uuid4()
    kept = receive(brought(token=token), at=AT).manifestation
    assert kept.token != token
    assert not is_secret(secret_for(kept.token), protocol=kept.protocol, digest=kept.secret_digest)


def test_the_secret_is_letters_that_are_read_out() -> None:
    secret = secret_for(uuid.uuid4())
    assert re.fullmatch(r"([A-Z]{4}-){2}[A-Z]{4}", secret)
    assert not set(secret) & set("AEIOUQWYK0123456789")
    assert [str(word)[0] for word in spelled(secret)] == list(secret.replace("-", ""))
    assert all(
        str(word)[0] == letter and str(word).split()[-1][0] == letter.lower() for letter, word in SPELLING.items()
    )


@pytest.mark.parametrize("typed", ["{0}", "  {0} ", "{1}", "{2}"])
def test_the_secret_is_read_as_people_type_it(typed: str) -> None:
    receipt = receive(brought(), at=AT)
    written = typed.format(receipt.secret, receipt.secret.lower(), receipt.secret.replace("-", ""))
    kept = receipt.manifestation
    assert is_secret(written, protocol=kept.protocol, digest=kept.secret_digest)


def test_a_protocol_that_is_taken_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter([7, 7, 7, 8])
    monkeypatch.setattr("feedback.manifestations.receiving.secrets.randbelow", lambda _most: next(numbers))
    protocols = [receive(brought(), at=AT).manifestation.protocol for _ in range(2)]
    assert protocols == ["2026.00000007", "2026.00000008"]


def test_art_16_thirty_days_and_a_last_day_off_moves_on(settings: Any) -> None:
    put_record(city(calendar=[Holiday(date=date(2026, 4, 6), name="Feriado", type="holiday")]))
    # Thirty days after 5 March is Saturday 4 April, and that Monday is a holiday.
    assert receive(brought(), at=AT).manifestation.due_on == date(2026, 4, 7)
    settings.CONECTA_DEADLINE_NEXT_WORKING_DAY = False
    assert receive(brought(), at=AT).manifestation.due_on == date(2026, 4, 4)


def test_art_16_the_day_is_the_one_of_the_city() -> None:
    put_record(city())
    late = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
    assert receive(brought(), at=late).manifestation.due_on == date(2026, 4, 3), "still the 4th there"


def test_nobodys_address_is_kept(client: Client) -> None:
    client.post(NEW, {"kind": "complaint", "text": "x"}, REMOTE_ADDR="203.0.113.7", headers={"User-Agent": "Tela 9"})
    kept = repr([*Manifestation.objects.values(), *Movement.objects.values()])
    assert "203.0.113.7" not in kept
    assert "Tela 9" not in kept


def test_where_the_city_has_another_system_people_are_sent_there(client: Client, settings: Any) -> None:
    old = receive(brought(), at=AT)
    settings.CONECTA_OMBUDSMAN_URL = "https://ouvidoria.example/"
    settings.CONECTA_MANIFESTATIONS = False
    page = client.get("/manifestacoes/").content.decode()
    assert 'href="https://ouvidoria.example/"' in page
    assert NEW not in page
    assert client.get(NEW)["Location"] == "/manifestacoes/"
    proof = {"protocol": old.manifestation.protocol, "secret": old.secret}
    assert client.post("/manifestacoes/acompanhar/", proof)["Location"] == "/manifestacoes/acompanhar/situacao/"


def test_it_is_no_rating_and_the_pages_are_reached_from_every_page(client: Client) -> None:
    receive(brought(), at=AT)
    assert not Rating.objects.exists()
    assert 'href="/manifestacoes/"' in client.get("/servicos/").content.decode()
    assert PublishedRecord.objects.filter(kind="rating").count() == 0
