"""What a page says of its record alone, drawn by the worker before anybody reads it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Site

from conecta_site.caching import forget
from home.models import CityIdentity
from home.reading.models import GlossaryTerm
from services import changes, page_sources
from services.articles import keeping
from services.articles.addresses import rows_at
from services.articles.drawing import draw
from services.articles.keeping import draw_due, kept_parts
from services.models import Article
from services.neighbours import around
from services.record import Alert, City, Service
from services.record.service import Suspension
from services.record.unit import Hours
from tests import records
from tests.services.portal import MONDAY, entry, page

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def nothing_seen(settings: Any) -> None:
    """As in a worker that has just begun."""
    keeping._done.clear()
    forget()
    settings.CONECTA_CODE_VERSION = "tests.services.articles.test_articles.code"
    versions[:] = ["first"]


versions = ["first"]


def code() -> str:
    """A version of the code, as an installation tells it."""
    return versions[0]


def afresh(client: Client, url: str) -> str:
    """The page as it is made now."""
    forget()
    return page(client, url)


def put(**changes_: Any) -> Service:
    service = records.service(**changes_)
    records.put_record(service)
    return service


def mark(service: Service, locale: str = "pt-br") -> None:
    """Write something into an article by which it is known again."""
    article = Article.objects.get(record__entry_id=service.id, record__locale=locale)
    parts = json.loads(article.parts)
    article.parts = json.dumps(parts | {"foot": parts["foot"] + "<p>DRAWN BEFORE</p>"})
    article.save()


def test_a_page_is_the_same_drawn_before_or_now(client: Client, clock: Clock) -> None:
    GlossaryTerm.objects.create(term="documento", meaning="Papel.", locale=Locale.get_default())
    unit = records.unit(hours=[Hours(days=["mon"], opens=MONDAY.time(), closes=MONDAY.time().replace(hour=18))])
    for record in (
        unit,
        records.secretariat(),
        entry(City, "city", "Cidade"),
        entry(Alert, "alert", "Chuva", level="emergency", starts=MONDAY - timedelta(days=1)),
    ):
        records.put_record(record)
    begins = MONDAY + timedelta(hours=1)
    service = put(units=[records.ref(unit)], suspensions=[Suspension(starts=begins, message="Volte na terça.")])
    now = afresh(client, service.url)
    assert draw_due(MONDAY) == 1
    assert afresh(client, service.url) == now
    mark(service)
    assert "DRAWN BEFORE" in afresh(client, service.url)
    # What a moment changes is drawn at that moment.
    clock(begins + timedelta(minutes=1))
    later = afresh(client, service.url)
    assert "DRAWN BEFORE" in later
    assert "Volte na terça." in later
    assert "Volte na terça." not in now


def test_what_was_published_since_is_shown_at_once(client: Client) -> None:
    service = put(summary="Como era.")
    draw_due(MONDAY)
    put(summary="Como é.")
    assert "Como é." in afresh(client, service.url)
    assert draw_due(MONDAY) == 1
    mark(service)
    html = afresh(client, service.url)
    assert "Como é." in html
    assert "DRAWN BEFORE" in html


@pytest.mark.parametrize("changed", ["code", "word", "city", "site"])
def test_one_that_was_made_of_something_else_is_not_shown(client: Client, changed: str, settings: Any) -> None:
    service = put(summary="Traga o protocolo.")
    draw_due(MONDAY)
    mark(service)
    assert "DRAWN BEFORE" in afresh(client, service.url)
    match changed:
        case "code":
            versions[0] = "second"
        case "word":
            GlossaryTerm.objects.create(term="protocolo", meaning="Número do pedido.", locale=Locale.get_default())
        case "city":
            records.put_record(entry(City, "city", "Cidade"))
        case "site":
            settings.WAGTAILADMIN_BASE_URL = "https://outra.example"
    html = afresh(client, service.url)
    assert "DRAWN BEFORE" not in html
    assert draw_due(MONDAY) == 1
    assert afresh(client, service.url) == html


def test_the_city_that_every_page_shows_is_not_in_it(client: Client) -> None:
    """A new phone of the city hall changes the frame, and is there before articles are drawn again."""
    service = put()
    draw_due(MONDAY)
    identity = CityIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name = "Cidade Nova"
    identity.save()
    assert "Cidade Nova" in afresh(client, service.url)
    assert "Cidade Nova" not in Article.objects.get().parts


def test_what_is_not_public_any_more_is_dropped(client: Client) -> None:
    row = records.put_record(put(summary="Segredo."))
    draw_due(MONDAY)
    assert "Segredo." in Article.objects.get().parts
    records.remove_record(row)
    draw_due(MONDAY)
    assert not Article.objects.exists()


def test_a_translation_has_its_own(client: Client) -> None:
    put()
    spanish = put(locale="es", url="/es/servicos/x/", summary="Para todos.")
    now = afresh(client, spanish.url)
    assert draw_due(MONDAY) == 2
    mark(spanish, "es")
    html = afresh(client, spanish.url)
    assert html.replace("<p>DRAWN BEFORE</p>", "") == now
    assert 'id="reclamar"' in html
    assert "Algo deu errado" not in Article.objects.get(record__locale="es").parts


def test_a_worker_that_has_drawn_all_asks_one_thing(django_assert_num_queries: Any) -> None:
    put()
    page_sources.everything()
    assert draw_due(MONDAY) == 1
    with django_assert_num_queries(1):
        assert draw_due(MONDAY) == 0
    put(summary="Outro resumo.")
    assert draw_due(MONDAY) == 1


def test_one_that_cannot_be_drawn_holds_up_no_other(monkeypatch: Any, caplog: Any) -> None:
    bad, good = put(title="Ruim"), put(title="Bom")
    drawn = draw

    def fails(record: Service, *rest: Any) -> Any:
        if record.id == bad.id:
            raise ValueError("no")
        return drawn(record, *rest)

    monkeypatch.setattr(keeping, "draw", fails)
    assert draw_due(MONDAY) == 1
    assert Article.objects.get().record.entry_id == good.id
    assert f"article service {bad.id} could not be drawn" in caplog.text


def test_a_site_that_does_not_tell_its_version_keeps_none(client: Client, settings: Any) -> None:
    service = put()
    settings.CONECTA_CODE_VERSION = ""
    assert draw_due(MONDAY) == 0
    assert not Article.objects.exists()
    assert service.title in afresh(client, service.url)


def test_a_preview_is_of_the_draft(rf: Any) -> None:
    service = put()
    draw_due(MONDAY)
    (row,) = rows_at(service.url, locale="pt-br")
    kept = kept_parts(row)
    assert kept is not None
    link = f'href="/s/{service.id}"'
    assert link in kept["foot"]
    assert link not in draw(service, None, preview=True)["foot"]


@pytest.mark.django_db(transaction=True)
def test_an_alert_is_shown_though_those_of_before_are_remembered(django_assert_num_queries: Any) -> None:
    """Outside a transaction a process reads the city and alerts once for each place of the log."""
    records.put_record(entry(City, "city", "Cidade"))
    service = put()
    changes.head()
    first = around(service, language="pt-br")
    assert first.city is not None
    with django_assert_num_queries(1) as asked:
        assert around(service, language="pt-br") == first
    assert "'alert'" not in asked.captured_queries[0]["sql"]
    records.put_record(entry(Alert, "alert", "Chuva", level="emergency", starts=MONDAY))
    changes.head()
    assert [alert.title for alert in around(service, language="pt-br").alerts] == ["Chuva"]
