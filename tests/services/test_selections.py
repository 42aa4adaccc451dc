"""Many services at once, each for itself: drafts stay drafts, and what was not done is told with its reason."""

from datetime import date
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, Workflow, WorkflowPage

from services.models import Audience, ServicePage
from services.record import from_json
from tests.services import charter, pressing
from tests.services.editing import logged_in, text_of

pytestmark = pytest.mark.django_db
LIST = "/admin/servicos/"


def address(action: str, *pages: ServicePage) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"/admin/bulk/conecta_services/servicepage/{action}/?next={LIST}&{ids}"


def done(client: Client, action: str, *pages: ServicePage, **given: object) -> str:
    """What the list says after an act."""
    answer = client.post(address(action, *pages), given)
    assert answer.status_code == 302, text_of(answer)
    return text_of(client.get(LIST))


def user(login: str = "admin"):
    return get_user_model().objects.get(username=login)


@pytest.fixture
def admin() -> Client:
    # Where there is no newsroom: in one, tags wait for approval as all words do.
    return pressing.admin()


@pytest.fixture
def two() -> list[ServicePage]:
    """A public service, and one with a draft that nobody approved."""
    body = charter.body()
    clean, drafted = charter.service(body, "Marcar consulta"), charter.service(body, "Pegar remédio")
    charter.edited(drafted, summary="Ainda não aprovado.")
    return [charter.fresh(clean), charter.fresh(drafted)]


def test_the_list_offers_them(admin: Client, two: list[ServicePage]) -> None:
    shown = admin.get(LIST).content.decode()
    for name in ("Dar a uma pessoa", "Marcar revisão", "Classificar"):
        assert name in shown
    assert "Aprovar" not in shown
    asked = text_of(admin.get(address("conecta_review", *two)))
    assert "2 serviços escolhidos" in asked
    assert "Pegar remédio" in asked


def test_a_person_is_given_without_publishing_anything(admin: Client, two: list[ServicePage]) -> None:
    before = [charter.public(page).sequence for page in two]
    revisions = [page.latest_revision_id for page in two]
    said = done(admin, "conecta_assign", *two, person=user().pk)
    assert "2 serviços alterados." in said
    for page, revision in zip(two, revisions, strict=True):
        page = charter.fresh(page)
        assert page.responsible == user()
        assert page.latest_revision_id == revision
        assert page.latest_revision.as_object().responsible == user()
    assert [charter.public(page).sequence for page in two] == before
    assert charter.fresh(two[1]).latest_revision.as_object().summary == "Ainda não aprovado."
    act = PageLogEntry.objects.filter(action="conecta.service.assign").first()
    assert (act.user, act.message) == (user(), "Pessoa responsável: admin")


def test_who_cannot_write_there_is_not_made_responsible(admin: Client, two: list[ServicePage]) -> None:
    writer = get_user_model().objects.create_user("rui")
    form = text_of(admin.post(address("conecta_assign", *two), {"person": writer.pk}))
    assert "Faça uma escolha válida" in form
    assert charter.fresh(two[0]).responsible is None


def test_a_review_day_is_public_and_the_draft_is_not(admin: Client, two: list[ServicePage]) -> None:
    said = done(admin, "conecta_review", *two, due="05/04/2027")
    assert "2 serviços alterados." in said
    for page in two:
        record = from_json(charter.public(page).body)
        assert record.review_due == date(2027, 4, 5)
        assert record.summary != "Ainda não aprovado."
        assert charter.fresh(page).latest_revision.as_object().review_due == date(2027, 4, 5)
    charter.fresh(two[1]).latest_revision.publish()
    assert from_json(charter.public(two[1]).body).review_due == date(2027, 4, 5)


def test_tags_are_public_where_nothing_else_waits(admin: Client, two: list[ServicePage]) -> None:
    health, elderly = charter.topic("Saúde"), charter.snippet(Audience, "Pessoas idosas")
    said = done(admin, "conecta_tag", *two, topics=health.pk, audiences=elderly.pk)
    assert "2 serviços alterados: “Pegar remédio” ficou no rascunho, que tem outras mudanças." in said
    records = [from_json(charter.public(page).body) for page in two]
    assert [[ref.title for ref in record.topics] for record in records] == [["Saúde"], []]
    draft = charter.fresh(two[1]).latest_revision.as_object()
    assert [topic.title for topic in draft.topics.all()] == ["Saúde"]
    assert draft.summary == "Ainda não aprovado."
    again = done(admin, "conecta_tag", two[0], topics=health.pk)
    assert "0 serviços alterados, 1 não pôde ser: “Marcar consulta” já está assim." in again
    done(admin, "conecta_tag", two[0], no_topics=health.pk)
    assert from_json(charter.public(two[0]).body).topics == []


def test_the_gate_holds_for_tags(admin: Client) -> None:
    page = charter.service(charter.body())
    # As an older rule may have left it: the row, not the revision, is what Wagtail edits where nothing waits.
    ServicePage.objects.filter(pk=page.pk).update(summary="")
    before = charter.public(page).body
    topic = charter.topic()
    said = done(admin, "conecta_tag", page, topics=topic.pk)
    assert "ficou como rascunho: " in said
    assert charter.public(page).body == before
    assert charter.fresh(page).has_unpublished_changes


def test_a_writer_makes_drafts_only(two: list[ServicePage]) -> None:
    topic = charter.topic()
    said = done(logged_in("redacao"), "conecta_tag", *two, topics=topic.pk)
    assert "“Marcar consulta” ficou como rascunho, para aprovação" in said
    assert from_json(charter.public(two[0]).body).topics == []
    assert charter.fresh(two[0]).latest_revision.user == user("redacao")


def test_what_is_locked_or_in_review_waits(admin: Client, two: list[ServicePage]) -> None:
    locked, in_review = two
    ServicePage.objects.filter(pk=locked.pk).update(locked=True, locked_by=None)
    workflow = Workflow.objects.first()
    WorkflowPage.objects.update_or_create(page=charter.home(), defaults={"workflow": workflow})
    workflow.start(charter.fresh(in_review), user())
    topic = charter.topic()
    said = done(admin, "conecta_tag", *two, topics=topic.pk)
    assert "0 serviços alterados, 2 não puderam ser" in said
    assert "“Marcar consulta” está bloqueado para edição" in said
    assert "“Pegar remédio” está em revisão" in said


def test_strangers_change_nothing(two: list[ServicePage]) -> None:
    client = logged_in("redacao")
    user("redacao").groups.clear()
    before = charter.fresh(two[0]).review_due
    asked = client.get(address("conecta_review", *two))
    assert asked.status_code == 302 or "ficam de fora" in text_of(asked)
    client.post(address("conecta_review", *two), {"due": "05/04/2027"})
    assert charter.fresh(two[0]).review_due == before


def test_all_in_the_list_are_those_that_it_shows(admin: Client, two: list[ServicePage]) -> None:
    listing = f"{LIST}?q=consulta"
    other = charter.fresh(two[1]).review_due
    admin.post(
        f"/admin/bulk/conecta_services/servicepage/conecta_review/?next={quote(listing)}&id=all", {"due": "05/04/2027"}
    )
    assert [charter.fresh(page).review_due for page in two] == [date(2027, 4, 5), other]


def test_the_list_is_few_queries(admin: Client, two: list[ServicePage], django_assert_max_num_queries) -> None:
    body = charter.body("Outra")
    for number in range(20):
        charter.draft_page(body, ServicePage, f"Serviço {number}")
    admin.get(LIST)
    with django_assert_max_num_queries(30):
        assert admin.get(LIST).status_code == 200
    assert reverse("wagtail_bulk_action", args=["conecta_services", "servicepage", "conecta_tag"])
