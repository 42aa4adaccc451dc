"""Whatever is done to a charter, and in whatever order, what is public is what the entries say."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from wagtail.models import Page, PageViewRestriction, Site

from services import changes, publishing
from services.models import (
    City,
    ProjectAgain,
    SecretariatPage,
    ServicePage,
    Suspension,
    Topic,
    Unit,
)
from services.projecting import differences
from services.publishing import project_pending
from tests.services import charter
from tests.services.test_changes import Copy, public

DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
#: Of a stock publication's queries, ours are about twenty.
QUERIES = 85
pick = st.integers(min_value=0, max_value=1_000)
word = st.sampled_from(["Vacina", "Poda", "Alvará", "Boleto", "Matrícula"])


class Charter(RuleBasedStateMachine):
    """Editors at work."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.copy = Copy()
        self.made = 0

    def teardown(self) -> None:
        """Nothing stays."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        Site.clear_site_root_paths_cache()

    def one(self, model: Any, number: int) -> Any:
        """One of those there are."""
        rows = model.objects.order_by("pk")
        return rows[number % len(rows)] if rows else None

    def slug(self) -> str:
        """One that nobody has."""
        self.made += 1
        return f"pagina-{self.made}"

    @initialize()
    def begin(self) -> None:
        """A body with a service."""
        charter.service(charter.body("Saude"), "Vacina", topics=[charter.topic()], units=[charter.unit()])

    @rule(title=word, number=pick, live=st.booleans())
    def create(self, title: str, number: int, live: bool) -> None:
        above = self.one(SecretariatPage, number)
        if above is None or above.alias_of_id:
            charter.body(title, slug=self.slug())
            return
        make = charter.service if live else lambda *a, **k: charter.draft_page(a[0], ServicePage, a[1], **k)
        make(above, title, slug=self.slug())

    @rule(title=word, number=pick, publish=st.booleans(), body=st.booleans())
    def edit(self, title: str, number: int, publish: bool, body: bool) -> None:
        page = self.one(SecretariatPage if body else ServicePage, number)
        if page is None or page.alias_of_id:
            return
        text = "<p>Logo.</p>" if number % 2 else ""
        revision = charter.edited(page, title=title, slug=self.slug(), standard_waiting=text)
        if publish:
            revision.publish()

    @rule(number=pick, body=st.booleans())
    def unpublish(self, number: int, body: bool) -> None:
        if page := self.one(SecretariatPage if body else ServicePage, number):
            page.unpublish()

    @rule(number=pick, body=st.booleans())
    def delete(self, number: int, body: bool) -> None:
        if page := self.one(SecretariatPage if body else ServicePage, number):
            page.delete()

    @rule(number=pick, to=pick)
    def move(self, number: int, to: int) -> None:
        page, above = self.one(ServicePage, number), self.one(SecretariatPage, to)
        if page and above:
            page.move(above, pos="last-child")

    @rule(number=pick, close=st.booleans())
    def restrict(self, number: int, close: bool) -> None:
        page = self.one(Page, 2 + number % 5)
        if page and close and not page.is_root():
            PageViewRestriction(page=page, restriction_type="login").save()
        else:
            PageViewRestriction.objects.all().delete()

    @rule(number=pick, alias=st.booleans(), live=st.booleans())
    def copy_page(self, number: int, alias: bool, live: bool) -> None:
        page = self.one(ServicePage, number)
        if page and alias:
            page.create_alias(update_slug=self.slug())
        elif page and not page.alias_of_id:
            page.copy(update_attrs={"slug": self.slug()}, keep_live=live)

    @rule(number=pick, away=st.booleans())
    def suspend(self, number: int, away: bool) -> None:
        page = self.one(ServicePage, number)
        if away:
            Suspension.objects.all().delete()
        elif page:
            Suspension(service=page, starts=DAY).save()

    @rule(title=word, number=pick, unit=st.booleans())
    def rename_snippet(self, title: str, number: int, unit: bool) -> None:
        if entry := self.one(Unit if unit else Topic, number):
            charter.edited(entry, title=title).publish()

    @rule(number=pick, unit=st.booleans(), delete=st.booleans())
    def take_snippet_away(self, number: int, unit: bool, delete: bool) -> None:
        if entry := self.one(Unit if unit else Topic, number):
            entry.delete() if delete else entry.unpublish()

    @rule(text=st.sampled_from(["", "<p>Até uma hora.</p>"]))
    def change_city(self, text: str) -> None:
        city = City.objects.first() or City(title="Cidade")
        city.standard_waiting = text
        city.save()

    @precondition(lambda self: self.made > 2)
    @rule()
    def fail_in_the_middle(self) -> None:
        with transaction.atomic():
            charter.body("Perdida", slug=self.slug())
            transaction.set_rollback(True)

    @invariant()
    def nothing_differs(self) -> None:
        assert list(differences()) == []

    @invariant()
    def the_log_says_it_all(self) -> None:
        self.copy.follow()
        whole = Copy()
        whole.follow()
        assert self.copy.held == whole.held == public()

    @invariant()
    def the_tree_is_whole(self) -> None:
        assert not any(Page.find_problems())


@pytest.mark.django_db
def test_any_sequence_of_operations() -> None:
    profile = settings(max_examples=6, stateful_step_count=15, suppress_health_check=list(HealthCheck), deadline=None)
    Charter.TestCase.settings = profile
    Charter.TestCase("runTest").runTest()


@pytest.mark.django_db
def test_a_publication_has_a_bounded_number_of_queries() -> None:
    body = charter.body()
    services = [charter.service(body, f"Serviço {n}", topics=[charter.topic(f"Tema {n}")]) for n in range(3)]
    revision = charter.edited(services[0], title="Outro")
    with CaptureQueriesContext(connection) as queries:
        revision.publish()
    assert len(queries) <= QUERIES
    ours = [query["sql"] for query in queries if "conecta_services_loghead" in query["sql"].lower()]
    # Taken once, and counted once.
    assert len([sql for sql in ours if sql.startswith("UPDATE")]) == 1


@pytest.mark.django_db
def test_an_unchanged_record_writes_nothing() -> None:
    service = charter.service(charter.body())
    before = changes.head()
    charter.edited(service).publish()
    charter.fresh(service).save()
    assert changes.head() == before


@pytest.mark.django_db
def test_what_is_many_is_left_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "FAN_OUT", 2)
    body = charter.body("Saude")
    services = [charter.service(body, f"Serviço {n}") for n in range(3)]
    charter.edited(body, title="Saúde e Bem-Estar").publish()
    assert ProjectAgain.objects.count() == 3
    assert {d.kind for d in differences()} == {"service"}
    assert project_pending(limit=2) == 2
    assert project_pending(limit=2) == 1
    assert project_pending(limit=2) == 0
    assert list(differences()) == []
    # A door that is closed is closed at once, however many are behind it.
    PageViewRestriction(page=Page.objects.get(pk=body.pk), restriction_type="login").save()
    assert [charter.public(page) for page in services] == [None, None, None]


@pytest.mark.django_db
def test_a_duty_that_can_not_be_done_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    body = charter.body("Saude")
    one, two = charter.service(body, "Um"), charter.service(body, "Dois")
    ServicePage.objects.filter(pk=two.pk).update(summary="Outro.")
    publishing.project_later([(page.kind, page.record_id) for page in (one, two)])
    project = publishing.project

    def fail_on_one(kind: str, entry_id: str) -> Any:
        if entry_id == one.record_id:
            raise RuntimeError("broken")
        return project(kind, entry_id)

    monkeypatch.setattr(publishing, "project", fail_on_one)
    assert project_pending() == 1
    assert [duty.entry_id for duty in ProjectAgain.objects.all()] == [one.record_id]
    assert list(differences()) == []
    assert "broken" in caplog.text


@pytest.mark.django_db
def test_a_draft_an_alias_and_a_closed_page_have_no_record_and_no_address_in_public(client: Any) -> None:
    body = charter.body("Saude")
    draft = charter.draft_page(body, ServicePage, "Segredo do rascunho")
    closed = charter.service(body, "Segredo fechado")
    PageViewRestriction(page=Page.objects.get(pk=closed.pk), restriction_type="password", password="abre").save()
    source = charter.service(body, "Poda")
    alias = ServicePage.objects.get(pk=source.create_alias(update_slug="outra-poda").pk)
    charter.edited(source, title="Segredo novo")
    for page in (draft, closed, alias):
        assert charter.public(page) is None
        assert client.get(f"/s/{page.record_id}").status_code == 404
        assert client.get(f"/api/v1/services/{page.record_id}").status_code == 404
    assert client.get(draft.url).status_code == 404
    assert client.get(alias.url).url == f"/s/{source.record_id}"
    asked = client.get(closed.url)
    assert "Sobre Segredo fechado." not in asked.content.decode()
    client.post(
        f"/_util/authenticate_with_password/{closed.view_restrictions.get().pk}/{closed.pk}/",
        {"password": "abre", "return_url": closed.url},
    )
    assert "Sobre Segredo fechado." in client.get(closed.url).content.decode()
    channels = (body.url, source.url, "/servicos/", "/api/v1/services", "/api/v1/changes?after=0")
    for address in (*channels, "/api/v1/search?q=segredo", "/busca/?q=poda"):
        assert "Segredo" not in client.get(address, follow=True).content.decode(), address
