"""The charter's links: gathered from the log, followed once a week, told of when they are dead."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from services import changes
from services.link_check import Checker, Turns
from services.links.mails import tell_of_dead_links
from services.links.rounds import MOST_OF_A_HOST, check_links, take
from services.links.uses import gather, links_in
from services.models import Link, LinkUse, ServicePage
from services.record.service import Channel, Channels, DigitalLink, Law, Step
from services.record.values import Standard, Standards
from services.reviews.queue import queue
from services.reviews.reviewing import confirm_review, public_services
from tests import records
from tests.services import charter
from tests.services.editing import logged_in, text_of
from tests.services.link_server import Site, only_loopback, serving

#: Nine in the morning in Bahia.
AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def follow(at: datetime, **options: Any) -> int:
    checker = Checker(agent="Conecta", turns=Turns(pause=0.0), allowed=only_loopback, seconds=2.0)
    return check_links(at, checker=checker, **options)


def service(url: str, **fields: Any) -> ServicePage:
    given = {"review_due": date(2026, 12, 1), "reviewed_on": date(2026, 3, 1)}
    return charter.service(charter.body(), digital_url=url, **(given | fields))


def ana() -> Any:
    return get_user_model().objects.create_user("ana", email="ana@prefeitura.example", first_name="Ana")


def test_where_links_stand_in_a_record() -> None:
    step = Step(
        title="Pedir",
        description='<p>Veja <a href="https://a.example/x?y=1&amp;z=2#parte">aqui</a> (ou https://b.example/c_(d)).</p>',
        channels=Channels(default=[Channel(type="web", text="Pelo site.", url="https://c.example/")]),
    )
    record = records.service(
        steps=[step],
        digital_link=DigitalLink(url="https://digital.example/iptu"),
        legislation=[Law(title="Lei 1", url="http://planalto.example/l1.htm")],
        standards=Standards(
            waiting=Standard(text="<p>https://cidade.example</p>", origin="city"),
            priority=Standard(text="<p>https://servico.example.</p>", origin="service"),
        ),
        contact='<p><a href="mailto:a@b.example">e-mail</a> <a href="/s/abcdefghij">outro</a> http://[quebrado</p>',
    )
    assert links_in(record) == {
        ("https://a.example/x?y=1&z=2", "text"),
        ("https://b.example/c_(d)", "text"),
        ("https://c.example/", "channel"),
        ("https://digital.example/iptu", "digital"),
        ("http://planalto.example/l1.htm", "law"),
        ("https://servico.example", "text"),
    }


@pytest.mark.django_db
def test_links_follow_the_log() -> None:
    page = service("https://a.example/1")
    assert gather(AT) > 0
    assert gather(AT) == 0
    charter.edited(page, digital_url="https://a.example/2").publish()
    charter.service(charter.fresh(page).get_parent(), "Outro", digital_url="https://a.example/2")
    gather(AT)
    assert [(link.url, link.uses.count()) for link in Link.objects.all()] == [("https://a.example/2", 2)]
    charter.fresh(page).unpublish()
    gather(AT)
    assert LinkUse.objects.count() == 1
    # A backup was restored: the log begins another life.
    changes.renew_epoch()
    gather(AT)
    assert LinkUse.objects.count() == 1


@pytest.mark.django_db
def test_each_link_is_followed_once_a_week_and_a_day_after_it_failed(site: Site) -> None:
    service(site.url("/ok"))
    asked = [day for day in range(16) if follow(AT + day * DAY)]
    assert asked == [0, 7, 14]
    site.dead = True
    asked = [day for day in range(16, 40) if follow(AT + day * DAY)]
    assert asked == [21, 22, 29, 36]


@pytest.mark.django_db
def test_dead_is_what_failed_twice_a_day_apart_and_its_keeper_is_told_once(site: Site) -> None:
    page = service(site.url("/ok"), responsible=ana())
    site.dead = True
    follow(AT)
    # Sooner than a day after, as when a clock was set.
    Link.objects.update(next_at=AT)
    follow(AT + DAY - timedelta(minutes=1))
    assert tell_of_dead_links(AT + DAY) == 0
    assert Link.objects.get().dead_since is None
    Link.objects.update(next_at=AT)
    follow(AT + DAY)
    assert Link.objects.get().dead_since == AT + DAY
    assert [tell_of_dead_links(AT + DAY) for _round in range(3)] == [1, 0, 0]
    message = mail.outbox[0]
    assert (message.to, message.subject) == (["ana@prefeitura.example"], "1 link que não abre")
    for words in (page.title, site.url("/ok"), "A página não existe mais (resposta 404).", "link do serviço digital"):
        assert words in message.body


@pytest.mark.django_db
def test_what_opens_again_is_alive_and_is_told_of_when_it_dies_again(site: Site) -> None:
    service(site.url("/ok"), responsible=ana())
    for dead, days in ((True, (0, 1)), (False, (8,)), (True, (15, 16))):
        site.dead = dead
        for day in days:
            assert follow(AT + day * DAY) == 1
            tell_of_dead_links(AT + day * DAY)
        assert (Link.objects.get().dead_since is not None) == dead
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_a_mail_that_did_not_go_out_is_tried_again(site: Site, settings: Any) -> None:
    service(site.url("/missing"), responsible=ana())
    follow(AT)
    follow(AT + DAY)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    assert tell_of_dead_links(AT + DAY) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tell_of_dead_links(AT + DAY) == 1


@pytest.mark.django_db
def test_a_round_is_bounded_and_no_host_fills_it(site: Site) -> None:
    with serving() as other:
        body = charter.body()
        for number in range(MOST_OF_A_HOST + 3):
            charter.service(body, f"Serviço {number}", digital_url=site.url(f"/ok?{number}"))
        charter.service(body, "Em outro site", digital_url=other.url("/ok", host="localhost"))
        assert follow(AT, most=4) == 4
        assert follow(AT) == 10
        assert (len(site.asked), len(other.asked)) == (MOST_OF_A_HOST + 3, 1)


@pytest.mark.django_db
def test_of_one_host_no_more_than_a_few_are_taken(site: Site) -> None:
    body = charter.body()
    for number in range(MOST_OF_A_HOST + 3):
        charter.service(body, f"Serviço {number}", digital_url=site.url(f"/ok?{number}"))
    assert [follow(AT), follow(AT), follow(AT)] == [MOST_OF_A_HOST, 3, 0]


@pytest.mark.django_db
def test_two_workers_share_a_round(site: Site) -> None:
    service(site.url("/ok"))
    gather(AT)
    link = Link.objects.get()
    first, second = take(AT, 10), take(AT, 10)
    assert [found.pk for found in first] == [link.pk]
    assert second == []
    assert take(AT + 2 * timedelta(hours=1), 10), "what a worker took that is no more"


@pytest.mark.django_db
def test_dead_links_and_changed_laws_bring_a_service_into_the_queue(site: Site) -> None:
    law = '[{"type": "law", "value": {"title": "Lei 1", "url": "%s"}, "id": "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e09"}]'
    page = service("", legislation=law % site.url("/ok"))
    site.last_modified = "Mon, 02 Mar 2026 10:00:00 GMT"
    published = datetime(2026, 2, 1, tzinfo=UTC)
    ServicePage.objects.filter(pk=page.pk).update(last_published_at=published)
    follow(AT)
    assert queue(public_services(), AT) == []
    site.last_modified = "Sun, 08 Mar 2026 10:00:00 GMT"
    later = AT + 7 * DAY
    follow(later)
    assert queue(public_services(), later)[0].why == "A página de uma lei citada mudou em 10/03/2026."
    confirm_review(page.pk, by=ana(), at=later + DAY)
    assert queue(public_services(), later + DAY) == []
    site.dead = True
    for day in (14, 15):
        follow(AT + day * DAY)
    assert queue(public_services(), AT + 15 * DAY)[0].why == "1 link não abre."


@pytest.mark.django_db
def test_the_report_shows_where_each_stands_and_filters(site: Site, clock: Any) -> None:
    page = service(site.url("/missing"))
    other = charter.service(charter.body("Fazenda"), "Pagar", contact=f"<p>{site.url('/broken')}</p>")
    follow(AT)
    client = logged_in("comunicacao")
    address = reverse("conecta_links:report")

    def shown(**chosen: Any) -> set[str]:
        return {use.entry for use in client.get(address, chosen).context["object_list"]}

    assert shown() == set()
    assert shown(state="failing") == {page.title, other.title}
    follow(AT + DAY)
    assert shown() == {page.title, other.title}
    assert shown(place="text") == {other.title}
    assert shown(body=page.get_parent().pk) == {page.title}
    text = text_of(client.get(address))
    for words in (
        site.url("/missing"),
        "Serviço: Marcar consulta",
        "03/03/2026",
        "04/03/2026",
        "O site responde com erro",
    ):
        assert words in text, words
    assert "Pagar,texto" in client.get(address, {"export": "csv"}).getvalue().decode()
