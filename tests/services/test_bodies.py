"""Bodies are renamed and merged in one action: all that is theirs moves, leads on, and stays what it was."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from services.bodies.merging import bodies_merged, merge_bodies
from services.bodies.renaming import Name, rename_body
from services.models import (
    InformationPage,
    ProcedurePage,
    PublishedRecord,
    SecretariatPage,
    ServicePage,
    Unit,
)
from services.projecting import differences
from services.publishing import project_pending
from tests import records
from tests.services import charter
from tests.services.editing import logged_in, text_of
from tests.services.entries import bare, take_over
from tests.services.spanish import Translator
from tests.services.spanish_charter import said, translate

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 12, 31)


@pytest.fixture
def admin():
    logged_in("admin")
    return get_user_model().objects.get(username="admin")


def merge(ending: SecretariatPage, staying: SecretariatPage, user):
    return merge_bodies(ending, staying, until=UNTIL, user=user, at=timezone.now())


def assert_whole() -> None:
    """The tree is a tree, and what is public is what pages say."""
    assert not any(Page.find_problems())
    assert [str(found) for found in differences()] == []


# Renaming


def test_a_new_name_is_public_everywhere_and_the_old_one_is_found(admin, client: Client) -> None:
    body = charter.body("Secretaria da Fazenda", acronym="SEFAZ")
    service = charter.service(body, "Emitir boleto")
    was = charter.public(service).url
    rename_body(body, Name("Secretaria de Finanças", "SEFIN", "financas"), user=admin)
    record = charter.public(body)
    assert (record.title, record.slug) == ("Secretaria de Finanças", "financas")
    assert charter.fresh(body).other_names == "Secretaria da Fazenda\nSEFAZ"
    now = charter.public(service)
    assert now.url == "/financas/emitir-boleto/"
    assert '"title":"Secretaria de Finanças"' in now.body
    assert_whole()
    assert client.get(was).headers["Location"] == now.url
    assert client.get("/secretaria-da-fazenda/").headers["Location"] == "/financas/"
    assert client.get(now.url).status_code == 200


def test_a_name_alone_moves_nothing(admin) -> None:
    body = charter.body("Secretaria da Fazenda")
    url = charter.public(body).url
    rename_body(body, Name("Secretaria de Finanças", "", body.slug), user=admin)
    assert charter.public(body).url == url
    assert not Redirect.objects.exists()


def test_a_draft_of_the_body_is_renamed_and_stays_a_draft(admin) -> None:
    body = charter.body("Secretaria da Fazenda", summary="Cobra.")
    charter.edited(body, summary="Arrecada.", title="Fazenda")
    rename_body(body, Name("Secretaria de Finanças", "SEFIN", "financas"), user=admin)
    body = charter.fresh(body)
    draft = body.latest_revision.as_object()
    assert (draft.title, draft.summary, draft.slug) == ("Secretaria de Finanças", "Arrecada.", "financas")
    assert "Fazenda" in draft.other_names
    assert (body.title, body.summary, body.has_unpublished_changes) == ("Secretaria de Finanças", "Cobra.", True)


def test_an_address_that_is_taken_is_told(admin) -> None:
    body = charter.body("Secretaria da Fazenda")
    charter.body("Finanças", slug="financas")
    with pytest.raises(ValidationError):
        rename_body(body, Name("Secretaria de Finanças", "", "financas"), user=admin)
    assert charter.fresh(body).title == "Secretaria da Fazenda"


def test_who_may_not_publish_renames_nothing() -> None:
    logged_in("redacao")
    user = get_user_model().objects.get(username="redacao")
    body, other = charter.body("Secretaria da Fazenda"), charter.body("Finanças")
    with pytest.raises(PermissionDenied):
        rename_body(body, Name("X", "", "x"), user=user)
    with pytest.raises(PermissionDenied):
        merge(body, other, user)
    for act in ("nome", "juntar"):
        assert logged_in("redacao").get(f"/admin/conecta/orgaos/{body.pk}/{act}/").status_code == 302


# Merging


def test_all_that_is_a_bodys_becomes_the_others(admin, client: Client) -> None:
    ending, staying = charter.body("Secretaria do Lazer", acronym="SEL"), charter.body("Secretaria da Cultura")
    inferior = charter.body("Fundação do Parque", superior=ending)
    service = charter.service(ending, "Reservar quadra")
    draft = charter.draft_page(ending, ServicePage, "Emprestar bola")
    procedure = charter.page(ending, ProcedurePage, "Fazer uma festa")
    information = charter.page(ending, InformationPage, "Parques")
    unit = charter.unit("Quadra", secretariat=ending)
    waiting = charter.unit("Piscina")
    charter.edited(waiting, secretariat=ending)
    form = charter.form("Pedido", secretariat=ending)
    ids = {page.pk: page.record_id for page in (service, draft, procedure, information)}
    addresses = {page.pk: charter.public(page).url for page in (service, procedure, information)}
    told = []
    bodies_merged.connect(lambda **given: told.append(given["ending"].pk), weak=False, dispatch_uid="test")
    try:
        merge(ending, staying, admin)
    finally:
        bodies_merged.disconnect(dispatch_uid="test")
    assert told == [ending.pk]
    staying = charter.fresh(staying)
    assert {page.pk: page.specific.record_id for page in staying.get_children()} == ids
    assert staying.numchild == 4
    assert charter.fresh(ending).numchild == 0
    for pk, old in addresses.items():
        now = Page.objects.get(pk=pk).specific
        assert charter.public(now).url == now.url == f"/secretaria-da-cultura/{now.slug}/"
        assert client.get(old).headers["Location"] == now.url
        assert '"title":"Secretaria da Cultura"' in charter.public(now).body
    assert not charter.fresh(draft).live
    assert [charter.fresh(found).secretariat_id for found in (unit, form)] == [staying.pk] * 2
    assert charter.fresh(waiting).secretariat_id is None
    assert charter.fresh(waiting).latest_revision.as_object().secretariat_id == staying.pk
    assert charter.fresh(inferior).superior_id == staying.pk
    assert_whole()


def test_the_ended_body_stays_as_predecessor(admin, client: Client) -> None:
    ending = charter.body("Secretaria do Lazer", acronym="SEL", other_names="Lazer e Esporte")
    staying = charter.body("Secretaria da Cultura")
    charter.edited(staying, summary="Ainda não aprovado.")
    merge(ending, staying, admin)
    ended = charter.fresh(ending)
    assert (ended.live, ended.valid_until) == (True, UNTIL)
    assert client.get(charter.public(ending).url).status_code == 200
    staying = charter.fresh(staying)
    assert [body.pk for body in staying.predecessors.all()] == [ending.pk]
    assert staying.other_names.split("\n") == ["Secretaria do Lazer", "SEL", "Lazer e Esporte"]
    assert staying.summary != "Ainda não aprovado."
    draft = staying.latest_revision.as_object()
    assert draft.summary == "Ainda não aprovado."
    assert [body.pk for body in draft.predecessors.all()] == [ending.pk]
    acts = PageLogEntry.objects.filter(action="conecta.bodies.merge")
    assert {act.page_id for act in acts} == {ending.pk, staying.pk}
    assert acts[0].message == "O órgão “Secretaria do Lazer” passou a fazer parte de “Secretaria da Cultura”"


def test_two_of_one_address_are_told_apart_in_the_draft_too(admin) -> None:
    ending, staying = charter.body("Lazer"), charter.body("Cultura")
    charter.service(staying, "Reservar sala")
    moved = charter.service(ending, "Reservar sala")
    charter.edited(moved, summary="Outro.")
    plan = merge(ending, staying, admin)
    assert plan.new_slugs == {"Reservar sala": "reservar-sala-2"}
    moved = charter.fresh(moved)
    assert charter.public(moved).url == "/cultura/reservar-sala-2/"
    assert moved.latest_revision.as_object().slug == "reservar-sala-2"
    moved.latest_revision.publish()
    assert charter.public(moved).url == "/cultura/reservar-sala-2/"
    assert_whole()


def test_a_moved_page_moves_and_is_restored_as_before(admin) -> None:
    """The tree is one that Wagtail goes on with."""
    ending, staying, third = charter.body("Lazer"), charter.body("Cultura"), charter.body("Esporte")
    page = charter.service(ending, "Reservar sala")
    first = page.latest_revision
    charter.edited(page, title="Reservar salão").publish()
    merge(ending, staying, admin)
    Revision.objects.get(pk=first.pk).publish()
    assert charter.public(page).title == "Reservar sala"
    charter.fresh(page).move(third, pos="last-child")
    assert charter.public(page).url == "/esporte/reservar-sala/"
    charter.service(staying, "Emprestar livro")
    assert_whole()


def test_translations_follow(translator: Translator, source: ServicePage, admin, client: Client) -> None:
    staying = charter.body("PT Obras")
    translate(translator, source)
    was = said(source).url
    ending = source.get_parent().specific
    unit = Unit.objects.get(locale=source.locale)
    unit.secretariat = ending
    unit.save_revision().publish()
    merge(ending, staying, admin)
    there = translator.of(source)
    assert there.get_parent().specific.translation_key == staying.translation_key
    assert said(source).url == there.url != was
    assert client.get(was).headers["Location"] == there.url
    assert charter.fresh(unit).secretariat_id == staying.pk
    assert_whole()


def test_what_cannot_be_merged_is_told(admin) -> None:
    ending, draft = charter.body("Lazer"), charter.draft_page(charter.home(), SecretariatPage, "Nova")
    ended, closed = charter.body("Antiga", valid_until=date(2020, 1, 1)), charter.body("Fechada")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    service = charter.service(ending)
    for other in (ending, draft, ended, closed):
        with pytest.raises(ValidationError):
            merge(ending, other, admin)
    assert charter.fresh(service).is_child_of(ending)


def test_a_merge_is_told_before_it_is_done() -> None:
    client = logged_in("admin")
    ending, staying = charter.body("Lazer"), charter.body("Cultura")
    charter.service(staying, "Reservar sala")
    charter.service(ending, "Reservar sala")
    charter.draft_page(ending, ServicePage, "Emprestar bola")
    charter.unit("Quadra", secretariat=ending)
    address = f"/admin/conecta/orgaos/{ending.pk}/juntar/"
    assert "Juntar a outro órgão" in client.get(f"/admin/pages/{ending.pk}/").content.decode()
    given = {"staying": staying.pk, "until": "31/12/2026"}
    told = text_of(client.post(address, given))
    for sentence in (
        "Passa para “Cultura”: 1 serviços.",
        "1 rascunho vai junto, e continua rascunho.",
        "“Reservar sala” muda de endereço, porque já há um igual: reservar-sala-2.",
        "Passa a ser de “Cultura”: 1 unidade de atendimento.",
        "diz que o órgão existiu até 31/12/2026",
    ):
        assert sentence in told
    assert charter.fresh(ending).valid_until is None
    answer = client.post(address, given | {"confirmar": "1"})
    assert answer.headers["Location"] == f"/admin/pages/{ending.pk}/"
    assert charter.fresh(ending).valid_until == UNTIL


def test_a_rename_is_told_before_it_is_done() -> None:
    client = logged_in("admin")
    body = charter.body("Lazer")
    charter.service(body)
    address = f"/admin/conecta/orgaos/{body.pk}/nome/"
    given = {"title": "Secretaria do Lazer", "acronym": "SEL", "slug": "lazer-e-esporte"}
    told = text_of(client.post(address, given))
    assert "“Lazer” passa a se chamar “Secretaria do Lazer”" in told
    assert "os endereços antigos levam aos novos" in told
    assert charter.fresh(body).title == "Lazer"
    client.post(address, given | {"confirmar": "1"})
    assert charter.fresh(body).title == "Secretaria do Lazer"
    wrong = text_of(client.post(address, given | {"slug": "com espaço"}))
    assert "O que vai acontecer" not in wrong.replace("Ver o que vai acontecer", "")


def test_many_services_cost_no_query_each(admin) -> None:
    few, many, staying = (records.secretariat(title, url="") for title in ("Poucos", "Muitos", "Fica"))
    take_over([few, many, staying])
    for body, count in ((few, 210), (many, 500)):
        take_over(records.service(f"Serviço {body.title} {n}", url="", secretariat=bare(body)) for n in range(count))
    bodies = {body.title: body for body in SecretariatPage.objects.all()}
    asked = []
    for title in ("Poucos", "Muitos"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            merge(bodies[title], charter.fresh(bodies["Fica"]), admin)
        asked.append(len(queries))
    # Statements of 200 rows each: for 290 more services two more of each.
    assert asked[1] - asked[0] <= 20
    while project_pending():
        pass
    assert ServicePage.objects.child_of(bodies["Fica"]).count() == 710
    assert not PublishedRecord.objects.public().filter(kind="service").exclude(url__startswith="/fica/").exists()
    assert not any(Page.find_problems())
