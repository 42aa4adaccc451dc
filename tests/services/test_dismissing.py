"""Advice that does not fit is waved away with a reason, and comes back with other words."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from services.assessment import assess
from services.dismissing.acts import DISMISSED, RESTORED
from services.models import Dismissal, ServicePage, Topic, Unit
from tests.services import charter
from tests.services.editing import add_address, edit_address, filled, logged_in, snippet_address, text_of
from tests.services.newsroom.conftest import Newsroom, newsroom  # noqa: F401 - a fixture
from tests.services.newsroom.people import browser, person
from tests.services.pressing import admin
from tests.services.test_completeness_panel import new_page_url, page_url

pytestmark = pytest.mark.django_db
WORDY = "Efetue o pagamento da taxa."
REASON = "É assim que está no boleto."


def draft(**fields: Any) -> ServicePage:
    found: ServicePage = charter.draft_page(charter.body(), ServicePage, "Emitir boleto", summary=WORDY, **fields)
    return found


def finding(entry: Any) -> str:
    """The id of the first advice on the summary's words."""
    open_ = assess(charter.fresh(entry).get_latest_revision_as_object()).advice
    return next(each.id for each in open_ if each.field == "summary" and each.id)


def place(act: str, entry: Any, found: str) -> str:
    return reverse(f"conecta_dismissing:{act}", args=[ContentType.objects.get_for_model(entry).pk, entry.pk, found])


def sent(client: Client, address: str, data: Any, **more: str) -> Any:
    data = data.copy()
    data.update({name.replace("_", "-"): value for name, value in more.items()})
    return client.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded")


def open_words(html: str) -> str:
    """What the panel says, without what was waved away."""
    soup = BeautifulSoup(html, "html.parser")
    for gone in soup.select(".conecta-dismissed"):
        gone.decompose()
    return soup.get_text(" ")


def test_in_the_panel_it_is_waved_away_with_a_reason_and_taken_up_again() -> None:
    client, page = admin(), draft()
    data, found = filled(client, edit_address(page)), finding(page)
    html = sent(client, page_url(page), data).json()["html"]
    assert "“Efetue o pagamento da”" in open_words(html)
    assert f'data-finding="{found}"' in html

    refused = sent(client, page_url(page), data, conecta_dismiss=found, conecta_reason="não")
    assert refused.status_code == 422
    assert "pelo menos 10 letras" in refused.json()["refused"]
    assert not Dismissal.objects.exists()

    html = sent(client, page_url(page), data, conecta_dismiss=found, conecta_reason=f" {REASON} ").json()["html"]
    assert "“Efetue o pagamento da”" not in open_words(html)
    for said in ("Dispensadas: 1", REASON, "admin", "Voltar a mostrar"):
        assert said in html
    kept = Dismissal.objects.get()
    assert (kept.kind, kept.entry_id, kept.finding, kept.reason) == ("service", page.record_id, found, REASON)
    entry = PageLogEntry.objects.get(action=DISMISSED)
    assert (entry.user.username, entry.data["reason"]) == ("admin", REASON)
    assert REASON in entry.formatter.format_message(entry)
    # The form opens with it as well.
    assert "“Efetue o pagamento da”" not in open_words(client.get(edit_address(page)).content.decode())

    html = sent(client, page_url(page), data, conecta_restore=found).json()["html"]
    assert "“Efetue o pagamento da”" in open_words(html)
    assert "Dispensadas" not in html
    assert not Dismissal.objects.exists()
    assert PageLogEntry.objects.filter(action=RESTORED).count() == 1


def test_other_words_are_other_advice() -> None:
    client, page = admin(), draft()
    data = filled(client, edit_address(page))
    sent(client, page_url(page), data, conecta_dismiss=finding(page), conecta_reason=REASON)
    data["summary"] = "Efetue o pagamento do boleto."
    html = sent(client, page_url(page), data).json()["html"]
    assert "“Efetue o pagamento do”" in open_words(html)
    assert "Dispensadas" not in html
    data["summary"] = WORDY
    assert "Dispensadas: 1" in sent(client, page_url(page), data).json()["html"]


def test_words_that_are_only_in_the_form_can_be_waved_away_and_words_that_are_gone_cannot() -> None:
    client, page = admin(), draft()
    stored = finding(page)
    data = filled(client, edit_address(page), summary="Efetue o pagamento do boleto.")
    refused = sent(client, page_url(page), data, conecta_dismiss=stored, conecta_reason=REASON)
    assert (refused.status_code, refused.json()["refused"]) == (422, "O texto mudou: esta sugestão já não vale.")
    html = sent(client, page_url(page), data).json()["html"]
    typed = BeautifulSoup(html, "html.parser").select_one(".conecta-dismissal")["data-finding"]
    assert sent(client, page_url(page), data, conecta_dismiss=typed, conecta_reason=REASON).status_code == 200
    assert Dismissal.objects.get().finding == typed


def test_without_a_script_a_page_asks_for_the_reason() -> None:
    client, page = admin(), draft()
    found = finding(page)
    address = place("dismiss", page, found)
    assert address in client.get(edit_address(page)).content.decode()
    assert "Efetue o pagamento da" in text_of(client.get(address))
    assert "pelo menos 10 letras" in text_of(client.post(address, {"reason": "não"}))
    assert "obrigatório" in text_of(client.post(address, {"reason": " "}))
    answer = client.post(address, {"reason": REASON})
    assert (answer.status_code, answer.url) == (302, edit_address(page))
    assert Dismissal.objects.get().reason == REASON
    assert client.get(address).status_code == 404, "it is no open advice any more"
    back = place("restore", page, found)
    assert back in client.get(edit_address(page)).content.decode()
    assert "Efetue o pagamento da" in text_of(client.get(back))
    assert client.post(back).status_code == 302
    assert not Dismissal.objects.exists()


def test_snippets_have_it_too_each_body_for_its_own(newsroom: Newsroom) -> None:  # noqa: F811
    own = charter.unit("Posto", secretariat=newsroom.body, summary=WORDY)
    other = charter.unit("Coletoria", secretariat=charter.body("Fazenda", acronym="SEFIN"), summary=WORDY)
    writer = browser(newsroom.writer)
    data = filled(writer, snippet_address(Unit, "edit", own.pk))
    address = reverse("conecta_completeness:snippet", args=["unit", own.pk])
    assert sent(writer, address, data, conecta_dismiss=finding(own), conecta_reason=REASON).status_code == 200
    assert ModelLogEntry.objects.get(action=DISMISSED).object_id == str(own.pk)
    assert "Dispensadas: 1" in writer.get(snippet_address(Unit, "edit", own.pk)).content.decode()
    # Another body's is not theirs to judge, by either way.
    address = reverse("conecta_completeness:snippet", args=["unit", other.pk])
    answer = sent(writer, address, data, conecta_dismiss=finding(other), conecta_reason=REASON)
    assert answer.status_code == 302
    assert writer.post(place("dismiss", other, finding(other)), {"reason": REASON}).status_code == 302
    assert Dismissal.objects.count() == 1


def test_who_only_reads_waves_nothing_away(newsroom: Newsroom) -> None:  # noqa: F811
    page = charter.draft_page(newsroom.body, ServicePage, "Emitir boleto", summary=WORDY)
    found = finding(page)
    for user in (person("controla", "controle"), person("ouve", "ouvidoria"), person("administra", "administracao")):
        client = browser(user)
        assert client.post(place("dismiss", page, found), {"reason": REASON}).status_code == 302
        assert client.post(page_url(page), {"conecta-dismiss": found, "conecta-reason": REASON}).status_code == 302
    assert not Dismissal.objects.exists()
    assert browser(newsroom.writer).post(place("dismiss", page, found), {"reason": REASON}).status_code == 302
    kept = Dismissal.objects.get()
    assert kept.user == newsroom.writer
    assert browser(person("controla")).post(place("restore", page, found)).status_code == 302
    assert Dismissal.objects.exists()
    # Who read it, reads the act in the register.
    register = text_of(browser(person("controla")).get(reverse("conecta_acts:index")))
    assert "Sugestão dispensada" in register
    assert REASON in register


def test_a_new_page_is_saved_first() -> None:
    client, body = admin(), charter.body()
    data = filled(client, add_address(ServicePage, body), title="Emitir boleto", summary=WORDY)
    told = sent(client, new_page_url(ServicePage, body), data).json()
    assert "Salve o rascunho" in told["html"]
    assert "Dispensar</a>" not in told["html"]
    found = assess(ServicePage(title="Emitir boleto", summary=WORDY), parent=body)
    asked = next(each.id for each in found.advice if each.id)
    refused = sent(client, new_page_url(ServicePage, body), data, conecta_dismiss=asked, conecta_reason=REASON)
    assert refused.status_code == 422
    assert "Salve o rascunho primeiro" in refused.json()["refused"]


def test_it_costs_one_query() -> None:
    page = draft()
    assert any(each.id for each in assess(page).advice)
    with CaptureQueriesContext(connection) as captured:
        assess(page)
    asked = [query["sql"] for query in captured if "dismissal" in query["sql"]]
    assert len(asked) == 1
    plain = charter.unit("Posto")
    assert not any(each.id for each in assess(plain).advice)
    with CaptureQueriesContext(connection) as captured:
        assess(plain)
    assert not [query["sql"] for query in captured if "dismissal" in query["sql"]]


def test_what_was_waved_away_goes_with_the_entry() -> None:
    client, page = admin(), draft()
    client.post(place("dismiss", page, finding(page)), {"reason": REASON})
    assert Dismissal.objects.exists()
    charter.fresh(page).delete()
    assert not Dismissal.objects.exists()


def test_what_has_no_panel_has_no_page_of_it() -> None:
    topic = charter.topic()
    assert logged_in("admin").get(place("dismiss", topic, "0" * 16)).status_code == 302
    assert Topic.objects.exists()
