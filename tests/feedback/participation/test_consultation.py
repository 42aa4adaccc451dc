"""A consultation on a service: asked with days, answered in nobody's name, read before it is shown (art. 18)."""

import re
import time
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from feedback.models import ConsultationAnswer, ConsultationPage
from feedback.participation.answer_views import EXPORTED
from feedback.participation.answering import MOST_OF_ONE_PLACE, Given, NotAnswered, answer
from feedback.participation.consulting import state
from feedback.participation.new_drafts import new_draft
from feedback.participation.open_now import consultation_section
from services.models import PublishedRecord
from services.record import Service
from tests.services import charter
from tests.services.editing import filled, text_of
from tests.services.newsroom.people import browser, decide, latest, person, set_up, submitted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(("days", "found"), [(-1, "opens"), (0, "open"), (9, "open"), (10, "closed")])
def test_it_is_open_on_its_first_and_its_last_day(days: int, found: str) -> None:
    starts = date(2026, 3, 1)
    assert state(starts, starts + 9 * DAY, on=starts + days * DAY) == found
    assert state(None, starts, on=starts) == "opens"


def consultation(**fields: Any) -> ConsultationPage:
    """A public one, open since yesterday, about a public service."""
    today = timezone.localdate()
    given = {
        "title": "Consulta sobre o posto",
        "question": "O posto deve abrir aos sábados?",
        "starts": today - DAY,
        "ends": today + DAY,
    }
    page = new_draft(ConsultationPage(**(given | fields)), user=None)
    page.latest_revision.publish()
    return charter.fresh(page)


def given(option: str = "yes", text: str = "", token: uuid.UUID | None = None) -> Given:
    return Given(token=token or uuid.uuid4(), locale="pt-br", option=option, text=text)


def hidden_fields(client: Client, address: str) -> dict[str, str]:
    html = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


@pytest.fixture
def open_one() -> ConsultationPage:
    return consultation(service=charter.service(charter.body()))


def test_art_18_anybody_answers_without_a_name(
    open_one: ConsultationPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get(open_one.url)
    assert "Marcar consulta" in text_of(page)
    address = re.search(r'href="(/participar/[^"]+/responder/)"', page.content.decode()).group(1)
    assert "no-store" in client.get(address)["Cache-Control"]
    hidden = hidden_fields(client, address)
    later = time.time() + 30
    monkeypatch.setattr(time, "time", lambda: later)
    sent = [client.post(address, hidden | {"option": "partly", "text": " Só de manhã. "}) for _ in range(2)]
    assert [each.status_code for each in sent] == [302, 302]
    assert "Obrigado" in text_of(client.get(sent[0]["Location"]))
    kept = ConsultationAnswer.objects.get()
    assert (kept.option, kept.text, kept.set_aside, kept.state) == ("partly", "Só de manhã.", False, "waiting")
    shown = text_of(client.get(open_one.url))
    assert "1 resposta." in shown
    assert "Só de manhã" not in shown, "nobody has read it yet"


@pytest.mark.parametrize("wrong", [{}, {"option": "maybe"}, {"text": "x" * 2001}, {"text": "   "}])
def test_what_is_wrong_is_said_and_nothing_is_kept(open_one: ConsultationPage, client: Client, wrong: Any) -> None:
    address = reverse("conecta_feedback:respond", args=[open_one.record_id])
    found = client.post(address, hidden_fields(client, address) | wrong)
    assert found.status_code == 400
    assert 'role="alert"' in found.content.decode()
    assert not ConsultationAnswer.objects.exists()


def test_a_program_is_kept_and_not_counted(open_one: ConsultationPage, client: Client) -> None:
    address = reverse("conecta_feedback:respond", args=[open_one.record_id])
    hidden = hidden_fields(client, address)
    client.post(address, hidden | {"option": "yes"})
    client.post(address, hidden | {"option": "yes", "token": str(uuid.uuid4()), "site": "http://x"})
    assert list(ConsultationAnswer.objects.values_list("set_aside", flat=True)) == [True, True]
    shown = text_of(client.get(open_one.url))
    assert "0 respostas. 2 foram postas de lado" in shown


def test_a_flood_from_one_place_is_set_aside_and_another_place_is_not(open_one: ConsultationPage) -> None:
    at = timezone.now()
    kept = [answer(open_one, given(), at=at, place="here") for _ in range(MOST_OF_ONE_PLACE + 1)]
    assert [each.set_aside for each in kept] == [False] * MOST_OF_ONE_PLACE + [True]
    assert not answer(open_one, given(), at=at, place="there").set_aside
    token = uuid.uuid4()
    for _ in range(2):
        answer(open_one, given(token=token), at=at, place="elsewhere")
    assert ConsultationAnswer.objects.count() == MOST_OF_ONE_PLACE + 3


def test_nobodys_address_is_kept(open_one: ConsultationPage, client: Client) -> None:
    address = reverse("conecta_feedback:respond", args=[open_one.record_id])
    client.post(address, hidden_fields(client, address) | {"option": "no"}, REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in repr(ConsultationAnswer.objects.values().get())


@pytest.mark.parametrize("days", [-3, 3])
def test_out_of_its_days_it_takes_no_answer(days: int, client: Client) -> None:
    today = timezone.localdate()
    page = consultation(starts=today + (days - 1) * DAY, ends=today + (days + 1) * DAY)
    address = reverse("conecta_feedback:respond", args=[page.record_id])
    for found in (client.get(address), client.post(address, {"option": "yes", "token": str(uuid.uuid4())})):
        assert (found.status_code, found["Location"]) == (302, page.url)
    with pytest.raises(NotAnswered):
        answer(page, given(), at=timezone.now(), place="")
    assert not ConsultationAnswer.objects.exists()
    assert ("Encerrada" if days < 0 else "Ainda não abriu") in text_of(client.get(page.url))


def test_it_takes_only_what_it_asks_for() -> None:
    words, choices = consultation(ways="text"), consultation(ways="options")
    for page, wrong in (
        (words, given("yes")),
        (choices, given("", "Sim")),
        (words, given("")),
        (words, given("", "\x00")),
    ):
        with pytest.raises(NotAnswered):
            answer(page, wrong, at=timezone.now(), place="")


def test_how_many_chose_each_is_told_from_ten_on(open_one: ConsultationPage, client: Client) -> None:
    for number in range(9):
        answer(open_one, given("yes"), at=timezone.now(), place=str(number))
    assert "Respostas à pergunta" not in text_of(client.get(open_one.url))
    answer(open_one, given("no"), at=timezone.now(), place="")
    shown = text_of(client.get(open_one.url))
    assert "Sim menos de 10 Em parte 0 Não menos de 10" in shown


def test_a_service_and_its_body_lead_to_an_open_consultation_about_them(client: Client) -> None:
    body = charter.body()
    asked, other = charter.service(body), charter.service(body, "Tomar vacina")
    consultation(service=asked, title="Sobre a marcação")
    consultation(secretariat=body, title="Sobre a secretaria")
    today = timezone.localdate()
    consultation(service=asked, title="Já fechou", starts=today - 2 * DAY, ends=today - DAY)
    new_draft(ConsultationPage(title="Rascunho", question="?", service=asked, starts=today, ends=today), user=None)
    shown = {page.pk: text_of(client.get(page.url)) for page in (asked, other, body)}
    assert "Sobre a marcação" in shown[asked.pk]
    assert "Sobre a marcação" not in shown[other.pk]
    assert "Sobre a marcação" in shown[body.pk], "a body's page has those of its services"
    for text in shown.values():
        assert "Sobre a secretaria" in text
        assert "Já fechou" not in text
        assert "Rascunho" not in text
    away = charter.service(charter.body("Fazenda"), "Pagar o IPTU")
    assert "A Prefeitura quer ouvir você" not in text_of(client.get(away.url))


def test_open_consultations_cost_a_page_no_query_once_they_are_known(
    open_one: ConsultationPage, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    record = Service.model_validate_json(PublishedRecord.objects.get(kind="service").body)
    request = RequestFactory().get("/")
    with django_assert_max_num_queries(3):
        first = consultation_section(request, record)
    with django_assert_num_queries(0):
        assert consultation_section(request, record) == first
    assert open_one.title in first


def test_a_draft_is_no_consultation(client: Client) -> None:
    page = new_draft(ConsultationPage(title="Rascunho", question="?"), user=None)
    assert client.get(reverse("conecta_feedback:respond", args=[page.record_id])).status_code == 404


@pytest.mark.parametrize("missing", ["question", "starts", "ends"])
def test_none_goes_public_without_its_question_and_days(missing: str) -> None:
    today = timezone.localdate()
    page = ConsultationPage(question="?", starts=today, ends=today)
    assert page.wanting() == []
    setattr(page, missing, "" if missing == "question" else None)
    assert len(page.wanting()) == 1


def test_it_does_not_close_before_it_opens() -> None:
    today = timezone.localdate()
    with pytest.raises(ValidationError):
        ConsultationPage(title="x", starts=today, ends=today - DAY).clean()


@pytest.fixture
def people() -> dict[str, Any]:
    set_up()
    return {
        "ombudsman": person("ouvidora", "ouvidoria"),
        "first": person("comunica", "comunicacao"),
        "second": person("chefe", "administracao"),
        "reader": person("controle", "controle"),
    }


def test_art_18_from_the_question_to_what_changed(people: Any, client: Client) -> None:
    service = charter.service(charter.body())
    ombudsman = browser(people["ombudsman"])
    made = ombudsman.post(
        reverse("conecta_participation:consultation"), {"title": "Consulta sobre o posto", "question": "Aos sábados?"}
    )
    page = ConsultationPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert made["Location"] == edit
    today = timezone.localdate()
    days = {"starts": today.isoformat(), "ends": today.isoformat(), "service": service.pk}
    refused = ombudsman.post(edit, filled(ombudsman, edit, **{"action-submit": "1"}), follow=True)
    assert "em que dia a consulta abre" in text_of(refused)
    assert ombudsman.post(edit, filled(ombudsman, edit, **days, **{"action-submit": "1"})).status_code == 302
    assert not charter.fresh(page).live
    decide(page, people["first"])
    decide(page, people["second"])
    page = charter.fresh(page)
    answer(page, given("yes", "Sim, de manhã."), at=timezone.now(), place="")
    words = latest(page)
    words.reply, words.replied_on = "<p>O posto vai abrir aos sábados.</p>", today
    words.change, words.changed_page = "<p>O horário mudou.</p>", service.page_ptr
    words.save_revision(user=people["ombudsman"])
    submitted(page, people["ombudsman"])
    assert "vai abrir" not in text_of(client.get(page.url)), "the reply goes through the same two stages"
    decide(page, people["first"])
    decide(page, people["second"])
    shown = client.get(page.url)
    assert "O posto vai abrir aos sábados." in text_of(shown)
    assert f'href="{service.url}"' in shown.content.decode()
    assert "Consulta sobre o posto" in text_of(client.get(reverse("conecta_feedback:participation")))


def test_what_people_wrote_is_read_before_it_is_shown(open_one: ConsultationPage, people: Any, client: Client) -> None:
    kept = [answer(open_one, given(text=f"Texto {each} <b>"), at=timezone.now(), place="") for each in ("um", "dois")]
    address = reverse("conecta_participation:answers", args=[open_one.pk])
    ombudsman = browser(people["ombudsman"])
    assert "Texto um <b>" in text_of(ombudsman.get(address))
    assert "Respostas: 2 a conferir" in text_of(ombudsman.get(reverse("conecta_participation:index")))
    ombudsman.post(address, {"decisao": "published", "resposta": [kept[0].pk]})
    ombudsman.post(address, {"decisao": "hidden", "resposta": [kept[1].pk]})
    shown = text_of(client.get(open_one.url))
    assert "Texto um <b>" in shown
    assert "Texto dois" not in shown
    assert "2 respostas." in shown, "one that is not shown counts"
    assert ConsultationAnswer.objects.get(pk=kept[0].pk).decided_by == people["ombudsman"]
    ombudsman.post(address, {"decisao": "hidden", "resposta": [kept[0].pk]})
    assert "Texto um" not in text_of(client.get(open_one.url))


def test_what_may_tell_of_somebody_or_offend_is_marked_for_who_reads(open_one: ConsultationPage, people: Any) -> None:
    texts = ("Liguem 77 99999-1234", "O posto é uma merda", "Aos sábados seria bom")
    kept = [answer(open_one, given(text=text), at=timezone.now(), place="") for text in texts]
    shown = text_of(browser(people["ombudsman"]).get(reverse("conecta_participation:answers", args=[open_one.pk])))
    assert "veja: parece um telefone." in shown
    assert "veja: tem palavra que pode ofender." in shown
    assert shown.count("Antes de publicar, veja:") == len(kept) - 1


def test_answers_as_a_file_are_in_the_log(open_one: ConsultationPage, people: Any) -> None:
    answer(open_one, given(text="=1+1"), at=timezone.now(), place="")
    address = reverse("conecta_participation:export", args=[open_one.pk])
    found = browser(people["first"]).post(address)
    assert "'=1+1" in b"".join(found.streaming_content).decode()
    assert PageLogEntry.objects.get(action=EXPORTED).user == people["first"]
    assert browser(people["first"]).get(address).status_code == 405


def test_who_may_not_read_answers_reads_none_and_decides_nothing(open_one: ConsultationPage, people: Any) -> None:
    kept = answer(open_one, given(text="Texto"), at=timezone.now(), place="")
    answers = reverse("conecta_participation:answers", args=[open_one.pk])
    for user in (people["reader"], people["second"]):
        client = browser(user)
        assert client.get(answers).status_code == 302
        assert client.post(answers, {"decisao": "published", "resposta": [kept.pk]}).status_code == 302
        assert client.post(reverse("conecta_participation:export", args=[open_one.pk])).status_code == 302
        assert (
            client.post(reverse("conecta_participation:consultation"), {"title": "x", "question": "y"}).status_code
            == 302
        )
    kept.refresh_from_db()
    assert kept.state == "waiting"
    assert ConsultationPage.objects.count() == 1
    assert not PageLogEntry.objects.filter(action=EXPORTED).exists()


def test_another_consultations_answers_are_not_decided_here(open_one: ConsultationPage, people: Any) -> None:
    other = answer(consultation(), given(text="De outra"), at=timezone.now(), place="")
    address = reverse("conecta_participation:answers", args=[open_one.pk])
    browser(people["ombudsman"]).post(address, {"decisao": "published", "resposta": [other.pk]})
    other.refresh_from_db()
    assert other.state == "waiting"


def test_what_waits_is_told_on_the_first_page(open_one: ConsultationPage, people: Any) -> None:
    for text in ("Um", "Dois", ""):
        answer(open_one, given(text=text), at=timezone.now(), place="")
    told = text_of(browser(people["ombudsman"]).get(reverse("wagtailadmin_home")))
    assert "2 respostas a conferir." in told
    assert f"Avaliação dos serviços · {timezone.localdate().year - 1}" in told
    told = text_of(browser(people["reader"]).get(reverse("wagtailadmin_home")))
    assert "a conferir" not in told
    assert "Avaliação dos serviços ·" not in told
