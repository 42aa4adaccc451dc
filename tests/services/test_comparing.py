"""Two versions side by side, word by word inside steps too; what changed, for editors and for citizens."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from conecta_site import caching
from services.blocks import StepBlock
from services.comparing.streams import Difference, compare_streams
from services.models import Question, ServicePage
from tests.services import charter
from tests.services.editing import edit_address, filled, logged_in, text_of

pytestmark = pytest.mark.django_db
STREAM = ServicePage._meta.get_field("steps").stream_block


def item(block_id: str, **value: Any) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": block_id}


def step(block_id: str, title: str, **value: Any) -> dict[str, Any]:
    return {"type": "step", "value": {"title": title} | value, "id": block_id}


def documents(*default: dict[str, Any], cases: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"default": list(default), "cases": cases or []}


ASK = step("a", "Fazer o pedido", documents=documents(item("d1", name="RG"), item("d2", name="CPF", note="Cópia.")))
WAIT = step(
    "b",
    "Aguardar a vistoria",
    fees={"default": [item("f1", name="Taxa", amount="10.00")], "cases": []},
    documents=documents(item("d0", name="Protocolo")),
    channels=documents(item("h0", type="in_person", text="Praça")),
)


def compared(before: list[Any], after: list[Any]) -> list[Difference]:
    return compare_streams(STREAM, before, after)


def test_equal_steps_tell_nothing() -> None:
    assert compared([ASK, WAIT], json.loads(json.dumps([ASK, WAIT]))) == []


def test_a_word_deep_inside_a_step_is_told_with_its_place() -> None:
    after = step(
        "a", "Fazer o pedido", documents=documents(item("d1", name="RG"), item("d2", name="CPF", note="Original."))
    )
    assert compared([ASK], [after]) == [
        Difference(
            ("Etapa “Fazer o pedido”", "Documentos", "Para todos", "Documento “CPF”", "Observação"),
            "changed",
            "Cópia.",
            "Original.",
        )
    ]


def test_added_removed_and_moved_items_are_told() -> None:
    after = step(
        "a", "Fazer o pedido", documents=documents(item("d2", name="CPF", note="Cópia."), item("d3", name="Foto"))
    )
    found = compared([ASK, WAIT], [WAIT, after])
    assert [(one.path[-1], one.what) for one in found if len(one.path) == 1] in (
        [("Etapa “Aguardar a vistoria”", "moved")],
        [("Etapa “Fazer o pedido”", "moved")],
    )
    inside = [(one.path[-1], one.what, one.before, one.after) for one in found if len(one.path) > 1]
    assert inside == [
        ("Documento “RG”", "removed", "Nome do documento: RG", ""),
        ("Documento “Foto”", "added", "", "Nome do documento: Foto"),
    ]


def test_cases_fees_and_channels_are_told_in_the_forms_words() -> None:
    question = charter.snippet(Question, "Onde você mora?")
    case = {"text": "Na zona rural", "condition": {"question": question.pk, "answers": []}, "items": []}
    before = step("a", "Pagar", fees={"default": [], "cases": [item("c1", **case)]}, channels=documents())
    paid = case | {"items": [item("f1", name="Taxa", amount="42.50")]}
    after = step(
        "a",
        "Pagar",
        fees={"default": [], "cases": [item("c1", **paid)]},
        channels=documents(item("h1", type="in_person", text="Praça")),
        time={"type": "up_to", "max": 5, "unit": "working_days"},
    )
    told = {(one.path[1:], one.after) for one in compared([before], [after])}
    assert told == {
        (
            ("Custos", "Só em alguns casos", "Caso “Na zona rural”", "Custos", "Custo “Taxa”"),
            "O que se paga: Taxa\nValor: 42,50",
        ),
        (("Canais", "Para todos", "Canal “Presencial”"), "Canal: Presencial\nEndereço, número ou instrução: Praça"),
        (("Prazo", "Tipo de prazo"), "Até"),
        (("Prazo", "Até"), "5"),
        (("Prazo", "Unidade"), "dias úteis"),
    }
    assert isinstance(STREAM.child_blocks["step"], StepBlock)


def test_wagtails_own_screen_shows_it() -> None:
    client = logged_in("admin")
    page = charter.service(charter.body(), steps=json.dumps([ASK, WAIT]))
    first = page.latest_revision
    after = step(
        "a", "Fazer o pedido", documents=documents(item("d1", name="RG"), item("d2", name="CPF", note="Só a cópia."))
    )
    second = charter.edited(page, steps=json.dumps([after, WAIT]), free=False, time_type="up_to")
    answer = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk]))
    shown = text_of(answer)
    assert "Etapa “Fazer o pedido” › Documentos › Para todos › Documento “CPF” › Observação" in shown
    assert "vistoria" not in shown
    html = answer.content.decode()
    assert '<span class="addition">Só a cópia</span>' in html or 'class="addition">' in html
    assert "Não, tem custo" in shown
    assert "True" not in shown
    assert "up_to" not in shown


def test_what_the_editor_writes_for_nothing_is_no_change() -> None:
    client = logged_in("admin")
    page = charter.service(charter.body(), outcome="", requirements='<p data-block-key="a">Morar na cidade.</p>')
    first = page.latest_revision
    second = charter.edited(
        page, outcome='<p data-block-key="x"></p>', requirements='<p data-block-key="b">Morar na cidade.</p>'
    )
    shown = text_of(client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])))
    assert "O que você recebe" not in shown
    assert "Morar na cidade" not in shown


def test_a_snippet_too() -> None:
    client = logged_in("admin")
    unit = charter.unit("Posto", open_on_holidays=False)
    first = unit.latest_revision
    hours = [{"type": "hours", "value": {"days": ["mon"], "opens": "08:00", "closes": "14:00"}, "id": "x"}]
    second = charter.edited(unit, hours=json.dumps(hours), open_on_holidays=True)
    address = reverse("wagtailsnippets_conecta_services_unit:revisions_compare", args=[unit.pk, first.pk, second.pk])
    shown = text_of(client.get(address))
    assert "Dias: Segunda" in shown
    assert "Não" in shown
    assert "Sim" in shown
    assert "False" not in shown


def test_restoring_brings_steps_and_cases_back() -> None:
    client = logged_in("admin")
    page = charter.service(charter.body(), steps=json.dumps([ASK, WAIT]))
    first = page.latest_revision
    before = charter.public(page).body
    charter.edited(
        page, steps=json.dumps([WAIT | {"value": WAIT["value"] | {"title": "Outra"}}]), summary="Outro."
    ).publish()
    assert charter.public(page).body != before
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert client.post(address, filled(client, address)).status_code == 302
    charter.fresh(page).latest_revision.publish()
    assert charter.public(page).body == before
    reverted = PageLogEntry.objects.filter(page=page, action="wagtail.revert").first()
    assert reverted.data["revision"]["id"] == first.pk


def test_a_locked_page_keeps_what_it_says() -> None:
    admin, other = logged_in("admin"), logged_in("comunicacao")
    page = charter.service(charter.body())
    given = filled(other, edit_address(page), title="Outro nome")
    admin.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    assert charter.fresh(page).locked
    other.post(edit_address(page), given)
    assert Page.objects.get(pk=page.pk).specific.latest_revision.as_object().title == page.title
    assert "bloquead" in text_of(other.get(edit_address(page))).lower()
    assert PageLogEntry.objects.filter(page=page, action="wagtail.lock").exists()
    admin.post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
    other.post(edit_address(page), given)
    assert Page.objects.get(pk=page.pk).specific.latest_revision.as_object().title == "Outro nome"


# What changed


def changed_service() -> ServicePage:
    page = charter.service(charter.body("Saúde"), "Marcar consulta")
    user = get_user_model().objects.create_superuser("ana", first_name="Ana", last_name="Souza")
    charter.edited(page, time_type="up_to", time_max=5, time_unit="working_days", steps=json.dumps([WAIT])).publish()
    charter.fresh(page).unpublish(user=user)
    charter.fresh(page).latest_revision.publish(user=user)
    return charter.fresh(page)


def test_citizens_read_what_changed_in_two_queries(client: Client, django_assert_num_queries) -> None:
    page = changed_service()
    url = charter.public(page).url
    assert f'href="{url}o-que-mudou/"' in client.get(url).content.decode()
    client.get(f"{url}o-que-mudou/")
    caching.STORE.clear()
    with django_assert_num_queries(2):
        answer = client.get(f"{url}o-que-mudou/")
    shown = text_of(answer)
    assert "mudou: Etapas, Prazo total." in shown
    assert shown.index("voltou ao ar") < shown.index("saiu do ar") < shown.index("publicada pela primeira vez")
    assert "Ana" not in shown
    assert answer.headers["Cache-Control"].startswith("public")
    assert client.get(f"{url}o-que-mudou/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_drafts_are_no_change(client: Client) -> None:
    page = charter.service(charter.body())
    charter.edited(page, summary="Ainda não aprovado.")
    assert "mudou:" not in text_of(client.get(f"{charter.public(page).url}o-que-mudou/"))


def test_what_is_not_public_tells_nothing(client: Client) -> None:
    page = changed_service()
    url = charter.public(page).url
    page.unpublish()
    assert client.get(f"{url}o-que-mudou/").status_code == 404
    assert client.get("/nada/o-que-mudou/").status_code == 404


def test_a_page_may_be_called_so_itself(client: Client) -> None:
    page = charter.service(charter.body("Saúde"), "Saber o que mudou", slug="o-que-mudou")
    assert charter.public(page).url.endswith("/o-que-mudou/")
    assert "<h1>Saber o que mudou</h1>" in client.get(charter.public(page).url).content.decode()


def test_editors_see_who_and_go_on_to_the_words(django_assert_max_num_queries) -> None:
    page = changed_service()
    client = logged_in("redacao")
    address = f"/admin/conecta/mudancas/service/{page.pk}/"
    client.get(address)
    with django_assert_max_num_queries(30):
        answer = client.get(address)
    shown = text_of(answer)
    assert "Etapas, Prazo total" in shown
    first, second = page.revisions.order_by("created_at")
    assert f"/admin/pages/{page.pk}/revisions/compare/{first.pk}...{second.pk}/" in answer.content.decode()
    assert address in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_many_versions_are_shown_a_page_at_a_time(client: Client) -> None:
    page = charter.service(charter.body())
    for number in range(25):
        charter.edited(page, summary=f"Resumo {number}.").publish()
    shown = text_of(client.get(f"{charter.public(page).url}o-que-mudou/"))
    assert shown.count("mudou: Resumo") == 20
    assert "primeira vez" not in shown
    admin = logged_in("admin")
    last = text_of(admin.get(f"/admin/conecta/mudancas/service/{page.pk}/?p=2"))
    assert "Publicado pela primeira vez." in last
    assert last.count("Resumo") == 5


def test_strangers_see_no_changes() -> None:
    page = charter.service(charter.body())
    user = get_user_model().objects.create_user("ninguem")
    client = Client()
    client.force_login(user)
    assert client.get(f"/admin/conecta/mudancas/service/{page.pk}/").status_code == 302
    assert logged_in("admin").get("/admin/conecta/mudancas/city/1/").status_code == 404
