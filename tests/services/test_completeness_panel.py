"""The panel beside an entry's form, and the assessment that it asks for as somebody types."""

import os
import statistics
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.models import GroupPagePermission, Page

from services.form_advice import Advice
from services.models import (
    FormTemplate,
    InformationPage,
    ProcedurePage,
    SecretariatPage,
    ServicePage,
    Topic,
    Unit,
)
from services.record.service import Document, Documents
from tests import records
from tests.services import charter
from tests.services.editing import add_address, edit_address, filled, snippet_address, whole
from tests.services.entries import bare, stored, take_over
from tests.services.pressing import admin

pytestmark = pytest.mark.django_db

#: Seconds that the answer may take, its way through the network apart.
FAST = 0.15


def page_url(page: Page) -> str:
    return reverse("conecta_completeness:page", args=[page.pk])


def new_page_url(model: Any, parent: Page) -> str:
    names = [model._meta.app_label, model._meta.model_name, parent.pk]
    return reverse("conecta_completeness:new_page", args=names)


def asked(client: Client, address: str, data: Any) -> Any:
    """What the panel is told of a form."""
    # As the panel's script sends it.
    response = client.post(address, data.urlencode(), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200, response.content
    return response.json()


def test_it_stands_beside_every_form_of_what_has_rules_and_no_other() -> None:
    client, body = admin(), charter.body()
    unit, topic = charter.unit(), charter.topic()
    with_panel = [
        *(add_address(model, charter.home()) for model in (SecretariatPage, ProcedurePage, InformationPage)),
        add_address(ServicePage, body),
        edit_address(body),
        edit_address(charter.service(body)),
        snippet_address(Unit, "add"),
        snippet_address(Unit, "edit", unit.pk),
        snippet_address(FormTemplate, "add"),
    ]
    for address in with_panel:
        assert 'data-side-panel="completeness"' in client.get(address).content.decode(), address
    for address in (
        snippet_address(Topic, "edit", topic.pk),
        snippet_address(Topic, "add"),
        edit_address(charter.home()),
    ):
        assert 'data-side-panel="completeness"' not in client.get(address).content.decode(), address


def test_it_opens_with_what_is_missing_its_article_and_the_way_to_the_field() -> None:
    page = charter.draft_page(charter.body(), ServicePage, "Novo", summary="", standard_waiting="")
    html = admin().get(edit_address(page)).content.decode()
    assert "Faltam 2 itens que a lei exige para publicar." in html
    assert "Escreva o resumo: diga em uma ou duas frases o que é." in html
    assert "Lei 13.460/2017, art. 7º, § 2º, I" in html
    assert 'data-field="summary"' in html
    assert 'data-rule="waiting"' in html, "a wait may not apply"
    assert 'data-rule="summary"' not in html, "what it is, always does"


def test_it_follows_what_is_typed_and_keeps_nothing() -> None:
    client = admin()
    page = charter.draft_page(charter.body(), ServicePage, "Novo", summary="")
    data = filled(client, edit_address(page))
    before = page.revisions.count()
    assert asked(client, page_url(page), data)["required"] == 1
    data["summary"] = "Poda a árvore da sua rua."
    told = asked(client, page_url(page), data)
    assert told["required"] == 0
    assert "Nada impede a publicação." in told["html"]
    data["title"] = ""
    assert "Escreva o título." in asked(client, page_url(page), data)["html"]
    assert page.revisions.count() == before
    assert charter.fresh(page).summary == ""


def test_a_new_page_counts_what_its_body_promises() -> None:
    client = admin()
    body = charter.body(standard_waiting="<p>Meia hora.</p>")
    data = filled(client, add_address(ServicePage, body), title="Novo", **whole(ServicePage, standard_waiting=""))
    told = asked(client, new_page_url(ServicePage, body), data)
    assert told["required"] == 0, told["html"]
    other = charter.body("Outra")
    told = asked(client, new_page_url(ServicePage, other), data)
    assert (told["required"], 'data-rule="waiting"' in told["html"]) == (1, True)


def test_what_is_ticked_counts_before_it_is_saved() -> None:
    client, unit = admin(), charter.unit()
    page = charter.service(charter.body())
    data = filled(client, edit_address(page), digital_url="")
    for name in [name for name in data if name.startswith("steps-0-value-channels-")]:
        del data[name]
    data["steps-0-value-channels-default-count"] = data["steps-0-value-channels-cases-count"] = "0"
    assert "Diga por onde se pede" in asked(client, page_url(page), data)["html"]
    data.setlist("units", [str(unit.pk)])
    assert asked(client, page_url(page), data)["required"] == 0
    data["action-publish"] = "1"
    assert client.post(edit_address(page), data).status_code == 302, "the form must see it too"
    assert charter.fresh(page).units.get() == unit


def test_a_reason_why_it_does_not_apply_closes_the_gap() -> None:
    client = admin()
    page = charter.draft_page(charter.body(), ServicePage, "Novo", standard_status_lookup="")
    data = filled(client, edit_address(page))
    block = {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "waiver", "0-id": ""}
    block |= {"0-value-rule": "status_lookup", "0-value-reason": ""}
    data.update({f"not_applicable-{name}": value for name, value in block.items()})
    assert asked(client, page_url(page), data)["required"] == 1
    data["not_applicable-0-value-reason"] = "O pedido é atendido na hora."
    assert asked(client, page_url(page), data)["required"] == 0


def test_snippets_have_it_too() -> None:
    client, unit = admin(), charter.unit()
    data = filled(client, snippet_address(Unit, "edit", unit.pk), how_to_get_there="")
    told = asked(client, reverse("conecta_completeness:snippet", args=["unit", unit.pk]), data)
    assert "Diga onde a unidade fica" in told["html"]
    data = filled(client, snippet_address(Unit, "add"), title="Posto", itinerant="on")
    assert asked(client, reverse("conecta_completeness:new_snippet", args=["unit"]), data)["required"] == 0


def test_a_refused_publication_opens_the_panel() -> None:
    client = admin()
    page = charter.draft_page(charter.body(), ServicePage, "Novo", summary="", time_type="average")
    html = client.post(edit_address(page), filled(client, edit_address(page), action__publish="1")).content.decode()
    assert "data-conecta-completeness-refused-value" in html
    assert "Faltam 2 itens que a lei exige para publicar." in html
    assert "data-conecta-completeness-refused-value" not in client.get(edit_address(page)).content.decode()


def test_what_came_incomplete_from_another_base_is_marked_until_it_is_published_complete() -> None:
    body = records.secretariat(url="")
    record = records.complete_service(url="", secretariat=bare(body), summary="", source="tests", source_id="1")
    take_over([body, record])
    client, page = admin(), stored(record)
    assert page.published_incomplete
    assert "veio de outra base" in client.get(edit_address(page)).content.decode()
    assert "veio de outra base" in client.get(page.url).content.decode()
    data = filled(client, edit_address(page), summary="Marca uma consulta.", action__publish="1")
    assert client.post(edit_address(page), data).status_code == 302
    assert not stored(record).published_incomplete
    assert "veio de outra base" not in client.get(edit_address(page)).content.decode()
    assert "veio de outra base" not in client.get(page.url).content.decode()


def test_others_may_advise_beside_it() -> None:
    def advise(entry: Any, record: Any) -> list[Advice]:
        return [
            Advice("Linguagem simples", f"Diga de outro jeito: {record.title}.", field="title", source="Lei 15.263")
        ]

    page = charter.service(charter.body())
    with hooks.register_temporarily("conecta_form_advice", advise):
        html = admin().get(edit_address(page)).content.decode()
    assert "Diga de outro jeito: Marcar consulta." in html
    assert "Lei 15.263" in html


def test_plain_words_and_what_the_law_forbids_to_ask_for_are_told_beside_the_form() -> None:
    documents = Documents(default=[Document(name="Cópia autenticada do contrato")])
    record = records.complete_service(
        url="",
        secretariat=bare(records.secretariat(url="")),
        summary="Efetue o pagamento da taxa.",
        steps=[records.STEP.model_copy(update={"documents": documents})],
    )
    take_over([records.secretariat(url=""), record])
    found = BeautifulSoup(admin().get(edit_address(stored(record))).content, "html.parser")
    panel = found.select_one("[data-side-panel=completeness]")
    said = " ".join(panel.get_text(" ").split())
    assert "“Efetue o pagamento da”" in said
    assert "Prefira: “pague a”." in said
    assert "O que a lei dispensa de pedir" in said
    assert "“Cópia autenticada” ." in said or "“Cópia autenticada”." in said
    assert "Flesch" in said
    assert {"summary", "steps"} <= {link["data-field"] for link in panel.select("[data-field]")}


def test_only_those_who_may_write_there_are_answered() -> None:
    one, two = charter.body("Um"), charter.body("Dois")
    group = Group.objects.create(name="Redação de Um")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group, page=one.page_ptr, permission=Permission.objects.get(codename=codename)
        )
    user = get_user_model().objects.create_user("ana")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    own, other = charter.service(one), charter.service(two)
    # Half a form is no form.
    assert client.post(page_url(own), {"title": "x"}).status_code == 400
    assert client.post(new_page_url(ServicePage, one), {"title": "x"}).status_code == 400
    assert client.post(page_url(other), {"title": "x"}).status_code == 302
    assert client.post(new_page_url(ServicePage, two), {"title": "x"}).status_code == 302
    unit = charter.unit()
    assert client.post(reverse("conecta_completeness:snippet", args=["unit", unit.pk]), {}).status_code == 302
    assert client.post(reverse("conecta_completeness:new_snippet", args=["topic"]), {}).status_code in (302, 404)
    assert admin().post(reverse("conecta_completeness:new_snippet", args=["alert"]), {}).status_code == 404
    assert admin().get(page_url(own)).status_code == 405


def test_a_big_service_is_assessed_in_time_with_few_queries() -> None:
    body = records.secretariat(url="")
    units = [records.unit(f"Posto {number}", url="", secretariat=bare(body)) for number in range(20)]
    topics = [records.topic(f"Tema {number}", url="") for number in range(10)]
    text = "<p>" + "Leve o documento e espere a sua vez no balcão. " * 20 + "</p>"
    many = [Document(name=f"Documento {number}", note="Cópia simples. " * 5) for number in range(20)]
    steps = [
        records.STEP.model_copy(
            update={"title": f"Etapa {number}", "description": text, "documents": Documents(default=many)}
        )
        for number in range(12)
    ]
    big = records.complete_service(
        url="", secretariat=bare(body), steps=steps, units=[bare(u) for u in units], topics=[bare(t) for t in topics]
    )
    take_over([body, *units, *topics, big])
    client, page = admin(), stored(big)
    data = filled(client, edit_address(page))
    assert asked(client, page_url(page), data)["required"] == 0
    with CaptureQueriesContext(connection) as captured:
        asked(client, page_url(page), data)
    assert len(captured) <= 19, [query["sql"][:120] for query in captured]
    # How long it takes depends on what else the machine does: `make check-all` measures it.
    if os.environ.get("CONECTA_LONG"):
        taken = [_seconds(lambda: asked(client, page_url(page), data)) for _round in range(5)]
        assert statistics.median(taken) < FAST, taken


def _seconds(do) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start
