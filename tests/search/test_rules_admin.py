"""Editors change how the search answers, and see what that does before it holds."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.counting import Asked, Counts
from search.models import BestBet, JudgedQuery, ProtectedWord, SynonymGroup
from search.query_counts import QueryCount
from search.rules_in_force import rules_in_force
from search.searching import search
from search.trial import Change, rules_as_stored, try_out
from services.models.published import PublishedRecord
from services.record import Entry
from tests.records import put_record, service, unit
from tests.search.rules import without_thesaurus
from tests.search.test_report import editor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 18)


@pytest.fixture(autouse=True)
def charter() -> dict[str, Entry]:
    """Three services, of which only two say what people say."""
    without_thesaurus()
    rules_in_force.forget()
    found = {title: service(title) for title in ("Consulta em oftalmologia", "Podar árvore", "Olho vivo na cidade")}
    for record in found.values():
        put_record(record)
    return found


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def fields(html: BeautifulSoup) -> dict[str, str]:
    """What a browser would send of the form in the page, but for its buttons and unticked boxes."""
    form = html.select_one("form.conecta-trial, #w-editor-form")
    given = {field["name"]: _value(field) for field in form.select("input[name]") if _sent(field)}
    given |= {area["name"]: area.get_text().removeprefix("\n") for area in form.select("textarea")}
    for choice in form.select("select"):
        chosen = choice.select_one("option[selected]") or choice.select_one("option")
        given[choice["name"]] = chosen["value"]
    return given


def _value(field: Any) -> str:
    return field.get("value", "on" if field.get("type") == "checkbox" else "")


def _sent(field: Any) -> bool:
    return field.get("type") not in ("checkbox", "submit") or field.has_attr("checked")


def sides(html: BeautifulSoup) -> dict[str, list[list[str]]]:
    """Query → titles before and after, with what is said of each."""
    return {
        section["aria-label"]: [
            [" ".join(line.get_text(" ", strip=True).split()) for line in side.select("li")]
            for side in section.select(".conecta-comparison__sides > div")
        ]
        for section in html.select(".conecta-comparison")
    }


def say(client: Client, name: str, **given: Any) -> Any:
    """Send the form of a new rule."""
    address = reverse(f"conecta_{name}:add")
    return client.post(address, fields(page(client.get(address))) | given)


def titles(query: str) -> list[str]:
    rules_in_force.forget()
    return [hit.title for hit in search(query, locale="pt-br", today=TODAY).hits]


def judged(query: str, *right: Entry) -> None:
    JudgedQuery.objects.create(query=query, relevant="\n".join(record.id for record in right))


def test_nothing_is_saved_before_its_effect_was_seen(admin_client: Client) -> None:
    QueryCount.objects.add({Asked(timezone.localdate(), "pt-br", "medico de olhos hoje"): Counts(searches=9)})
    html = page(say(admin_client, "synonyms", said="médico de olho", meant="oftalmologia"))
    assert not SynonymGroup.objects.exists()
    assert titles("médico de olho") == ["Olho vivo na cidade"]
    found = sides(html)
    assert found["médico de olho"][0] == ["Olho vivo na cidade"]
    assert found["médico de olho"][1][0] == "Consulta em oftalmologia novo"
    # What people asked, which the rule speaks of.
    assert "medico de olhos hoje" in found
    assert "oftalmologia" not in found
    assert "“oftalmologia”" in html.get_text()
    response = admin_client.post(html.select_one(".conecta-trial")["action"], fields(html))
    assert response.status_code == 302
    assert titles("médico de olho")[0] == "Consulta em oftalmologia"


def test_back_from_what_was_seen_the_form_is_as_it_was(admin_client: Client) -> None:
    html = page(say(admin_client, "synonyms", said="médico de olho", meant="oftalmologia", note="do balcão"))
    back = page(admin_client.post(html.select_one(".conecta-trial")["action"], fields(html) | {"conecta-back": "1"}))
    assert {"said": "médico de olho", "note": "do balcão"}.items() <= fields(back).items()
    assert not SynonymGroup.objects.exists()


def test_what_is_saved_is_what_was_seen(admin_client: Client) -> None:
    html = page(say(admin_client, "synonyms", said="médico de olho", meant="oftalmologia"))
    address = html.select_one(".conecta-trial")["action"]
    other = page(admin_client.post(address, fields(html) | {"meant": "podar árvore"}))
    assert not SynonymGroup.objects.exists()
    assert sides(other)["médico de olho"][1][0].startswith("Podar árvore")
    forged = fields(other) | {"conecta-tried": "x:y:z"}
    page(admin_client.post(address, forged))
    assert not SynonymGroup.objects.exists()


def test_what_lowers_the_measure_has_to_be_agreed_to(admin_client: Client, charter: dict[str, Entry]) -> None:
    judged("olho", charter["Olho vivo na cidade"])
    judged("poda", charter["Podar árvore"])
    pine = PublishedRecord.objects.get(entry_id=charter["Podar árvore"].id)
    html = page(say(admin_client, "best_bets", query="olho", entry=pine.pk))
    said = " ".join(html.select_one(".help-critical").get_text(" ", strip=True).split())
    assert "2 consultas avaliadas cai de 1,000 para 0,815" in said
    assert [line.get_text(strip=True) for line in html.select(".help-critical li")] == ["olho: de 1,000 para 0,631"]
    assert sides(html)["olho"][1] == ["Podar árvore novo", "Olho vivo na cidade ▼ era 1º"]
    address, sure = html.select_one(".conecta-trial")["action"], {"conecta-knowing": "1"}
    again = page(admin_client.post(address, fields(html)))
    assert again.select_one(".error-message[role=alert]")
    assert not BestBet.objects.exists()
    assert admin_client.post(address, fields(again) | sure).status_code == 302
    bet = BestBet.objects.get()
    assert (bet.entry_kind, bet.entry_id) == ("service", charter["Podar árvore"].id)
    assert titles("olho")[0] == "Podar árvore"


def test_what_helps_needs_no_second_consent(admin_client: Client, charter: dict[str, Entry]) -> None:
    judged("médico de olho", charter["Consulta em oftalmologia"])
    html = page(say(admin_client, "synonyms", said="médico de olho", meant="oftalmologia"))
    assert "0,000 para 1,000" in html.select_one("main form .help-info").get_text()
    assert not html.select("[name=conecta-knowing]")


def test_editing_and_deleting_are_tried_too(admin_client: Client, charter: dict[str, Entry]) -> None:
    group = SynonymGroup.objects.create(said="médico de olho", meant="oftalmologia")
    judged("médico de olho", charter["Consulta em oftalmologia"])
    edit = reverse("conecta_synonyms:edit", args=[group.pk])
    html = page(admin_client.post(edit, fields(page(admin_client.get(edit))) | {"said": "médico do olho bom"}))
    assert html.select("[name=conecta-knowing]")
    assert sides(html)["médico de olho"][1] == ["Olho vivo na cidade ▲ era 2º"]
    assert "“médico do olho bom”" in html.get_text()
    group.refresh_from_db()
    assert group.said == "médico de olho"
    delete = reverse("conecta_synonyms:delete", args=[group.pk])
    html = page(admin_client.get(delete))
    assert sides(html)["médico de olho"][0][0] == "Consulta em oftalmologia sai"
    assert page(admin_client.post(delete, fields(html))).select_one(".error-message[role=alert]")
    assert SynonymGroup.objects.exists()
    assert admin_client.post(delete, fields(html) | {"conecta-knowing": "1"}).status_code == 302
    assert not SynonymGroup.objects.exists()


def test_a_protected_word_is_no_mistake(admin_client: Client) -> None:
    assert titles("olhu") == ["Olho vivo na cidade"]
    html = page(say(admin_client, "protected_words", word="olhu"))
    assert sides(html)["olhu"] == [["Olho vivo na cidade sai"], []]
    assert admin_client.post(html.select_one(".conecta-trial")["action"], fields(html)).status_code == 302
    assert ProtectedWord.objects.get().word == "olhu"


def test_a_best_bet_of_tomorrow_is_tried_on_its_day(charter: dict[str, Entry]) -> None:
    bet = BestBet(query="olho", entry_id=charter["Podar árvore"].id, starts=TODAY + timedelta(days=1))
    (comparison,) = try_out(Change(None, bet), today=TODAY).comparisons
    assert comparison.after[0].title == "Podar árvore"
    bet.ends = TODAY - timedelta(days=1)
    bet.starts = None
    (comparison,) = try_out(Change(None, bet), today=TODAY).comparisons
    assert not comparison.changed


def test_rules_that_are_tried_are_those_that_would_hold() -> None:
    one = SynonymGroup.objects.create(said="um", meant="dois")
    SynonymGroup.objects.create(said="três", meant="quatro", active=False)
    changed = SynonymGroup.objects.get(pk=one.pk)
    changed.meant = "cinco"
    tried = rules_as_stored("pt", but=Change(one, changed))
    changed.save()
    assert tried.meanings == rules_as_stored("pt").meanings == {("um",): (("cinco",),)}


def test_the_entry_is_found_as_people_look_for_it(admin_client: Client) -> None:
    put_record(unit("Praça de podas"))
    found = admin_client.get(reverse("conecta_entry_chooser:choose_results"), {"q": "poda de arvores"})
    links = page(found).select("a[data-chooser-modal-choice]")
    assert links[0].get_text(strip=True) == "Podar árvore"
    assert admin_client.get(links[0]["href"]).json()["result"]["title"] == "Podar árvore (Serviço)"
    form = page(admin_client.get(reverse("conecta_best_bets:add")))
    assert form.select_one("[name=entry]")["type"] == "hidden"
    missing = page(say(admin_client, "best_bets", query="olho"))
    assert missing.select(".w-field__errors .error-message")


def test_titles_in_the_list_of_best_bets_cost_one_query(
    admin_client: Client, charter: dict[str, Entry], django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        BestBet.objects.create(query=f"olho {number}", entry_id=charter["Podar árvore"].id)
    admin_client.get(reverse("conecta_best_bets:index"))
    with django_assert_max_num_queries(12):
        html = page(admin_client.get(reverse("conecta_best_bets:index")))
    assert html.get_text().count("Podar árvore") == 20


def test_the_report_fills_in_a_synonym(admin_client: Client) -> None:
    form = page(admin_client.get(reverse("conecta_synonyms:add"), {"said": "rua sem luz", "language": "es"}))
    assert {"said": "rua sem luz", "language": "es"}.items() <= fields(form).items()


def test_right_answers_are_ticked_among_results(admin_client: Client, charter: dict[str, Entry]) -> None:
    address = reverse("conecta_judged_queries:add")
    assert page(admin_client.get(address)).select_one("form[method=get] input[name=query]")
    html = page(admin_client.get(address, {"query": " olho "}))
    offered = html.select("#w-editor-form input[type=checkbox][name=relevant]")
    eye = charter["Olho vivo na cidade"].id
    assert [box["value"] for box in offered] == [eye]
    assert page(admin_client.post(address, fields(html))).select(".error-message")
    assert admin_client.post(address, fields(html) | {"relevant": [eye]}).status_code == 302
    row = JudgedQuery.objects.get()
    assert (row.query, row.relevant, row.added_by.username) == ("olho", eye, "admin")
    edit = reverse("conecta_judged_queries:edit", args=[row.pk])
    boxes = page(admin_client.get(edit)).select("input[name=relevant][checked]")
    assert [box["value"] for box in boxes] == [eye]


@pytest.mark.parametrize("name", ["synonyms", "best_bets", "protected_words", "judged_queries"])
def test_only_who_may(client: Client, name: str) -> None:
    client.force_login(editor())
    addresses = [reverse(f"conecta_{name}:index"), reverse(f"conecta_{name}:add")]
    assert [client.get(address).status_code for address in addresses] == [302, 302]
    assert addresses[0] not in client.get("/admin/").content.decode()
    model = {"synonyms": "synonymgroup", "best_bets": "bestbet", "protected_words": "protectedword"}
    client.force_login(editor(f"add_{model.get(name, 'judgedquery')}", name="quem pode"))
    assert [client.get(address).status_code for address in addresses] == [200, 200]
