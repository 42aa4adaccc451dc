"""Translations leave, move and are renamed with what they stand below; what is no page is translated too."""

import pytest
from django.db.models import QuerySet
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import LocaleSynchronization

from home.models import HomePage
from services.models import (
    District,
    InformationPage,
    PublishedRecord,
    ServicePage,
)
from services.models import Topic as TopicEntry
from services.models import Unit as UnitEntry
from services.record import Ref
from tests.services import charter
from tests.services.spanish import Translator, spanish, spanish_records, told
from tests.services.spanish_charter import assert_no_portuguese, said, spanish_words, translate

pytestmark = pytest.mark.django_db


# Leaving


def pages_in_spanish(translator: Translator) -> "QuerySet[Page]":
    """Every page of the Spanish tree."""
    return Page.objects.filter(locale=translator.locale)


@pytest.mark.parametrize("way", ["unpublish", "delete", "restrict", "delete_body"])
def test_a_translation_leaves_with_its_source(
    translator: Translator, source: ServicePage, client: Client, way: str
) -> None:
    there = translate(translator, source)
    path = said(source).url
    assert client.get(path).status_code == 200
    body = source.get_parent()
    if way == "unpublish":
        source.unpublish()
    elif way == "delete":
        source.delete()
    elif way == "delete_body":
        body.specific.delete()
    else:
        PageViewRestriction.objects.create(page=source, restriction_type=PageViewRestriction.LOGIN)
    assert spanish_records() == {}
    assert Page.objects.get(pk=there.pk).live
    assert client.get(path).status_code == 404
    assert client.get(f"/s/{source.record_id}").status_code == 404
    assert client.get(f"/api/v1/services/{source.record_id}?lang=es").status_code == 404
    assert client.get("/api/v1/services?lang=es").json()["total"] == 0


def test_a_source_published_again_brings_its_translation(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    before = said(source)
    source.unpublish()
    assert spanish_records() == {}
    ServicePage.objects.get(pk=source.pk).latest_revision.publish()
    assert said(source) == before


def test_a_translation_leaves_alone(translator: Translator, source: ServicePage, client: Client) -> None:
    there = translate(translator, source)
    path = said(source).url
    there.unpublish()
    assert spanish_records() == {}
    assert client.get(path).status_code == 404
    answer = client.get(f"/api/v1/services/{source.record_id}?lang=es")
    assert answer.headers["Content-Language"] == "pt-BR"
    translator.of(source).delete()
    assert PublishedRecord.objects.public().filter(kind="service").count() == 1


# Places


def test_a_move_reaches_translated_addresses(translator: Translator, source: ServicePage, client: Client) -> None:
    old, new = source.get_parent().specific, charter.body("PT Obras")
    translate(translator, old)
    there = translate(translator, source)
    was = said(source).url
    translate(translator, new)
    source.move(new, pos="last-child")
    assert said(source).url.startswith(spanish(new).url)
    assert said(source).secretariat == Ref(kind="secretariat", id=new.record_id)
    assert Page.objects.get(pk=there.pk).get_parent().specific == translator.of(new)
    assert client.get(was).headers["Location"] == said(source).url
    assert client.get(said(source).url).status_code == 200
    assert_no_portuguese()
    assert list(Page.find_problems()) == [[], [], [], [], []]


def test_without_a_translated_parent_it_stays_where_it_is(translator: Translator, source: ServicePage) -> None:
    new = charter.body("PT Obras")
    there = translate(translator, source)
    was = said(source).url
    source.move(new, pos="last-child")
    assert said(source).url == was
    assert said(source).secretariat == Ref(kind="secretariat", id=new.record_id)
    assert Page.objects.get(pk=there.pk).path == there.path


def test_a_move_finds_a_free_address(translator: Translator, source: ServicePage) -> None:
    new = charter.body("PT Obras")
    other = charter.service(new, "PT Tapar buraco", slug="tapar-buraco", summary="PT buraco")
    translate(translator, source)
    translator.submit(other)
    translator.type_in(other, word=lambda text: source.slug if text == other.slug else spanish_words(text))
    translator.publish(other)
    source.move(charter.fresh(new), pos="last-child")
    assert translator.of(other).slug == source.slug
    assert translator.of(source).slug == f"{source.slug}-1"
    assert said(source).url == translator.of(source).url


def test_a_rename_reaches_translated_addresses(translator: Translator, source: ServicePage, client: Client) -> None:
    body = source.get_parent().specific
    there = translate(translator, source)
    was = said(source).url
    # The body's translation is only a draft with an address of its own.
    translator.submit(body)
    translator.type_in(body, word=lambda text: "salud" if text == body.slug else spanish_words(text))
    with translator.on_commit(execute=True):
        translator.work(body).save_target(publish=False)
    assert spanish(body) is None
    assert said(source).url == was.replace(body.slug, "salud") == Page.objects.get(pk=there.pk).url
    translator.publish(body)
    assert spanish(body).url == "/es/salud/"
    assert client.get(said(source).url).status_code == 200
    charter.edited(body, slug="sus").publish()
    assert said(source).url.startswith("/es/salud/")
    assert_no_portuguese()


# Snippets and plain pages


def test_snippets_translate_and_are_named_in_spanish(translator: Translator, source: ServicePage) -> None:
    topic, unit = TopicEntry.objects.get(), UnitEntry.objects.get()
    translate(translator, source)
    was = said(source).topics[0].url
    there = translator.submit(topic)
    assert not there.live
    assert spanish(topic) is None
    translator.type_in(topic, word=spanish_words)
    translator.publish(topic)
    assert spanish(topic).title == "ES Saúde geral"
    assert [ref.title for ref in said(source).topics] == ["ES Saúde geral"]
    assert said(source).topics[0].url != was
    assert [ref.title for ref in said(source).units] == ["PT Posto"]
    translate(translator, unit)
    assert [ref.title for ref in said(source).units] == ["ES Posto"]
    assert spanish(unit).summary == "ES Atende."
    assert_no_portuguese()
    topic.unpublish()
    assert spanish(topic) is None
    assert said(source).topics == []


def test_a_snippets_draft_takes_its_translation_back(translator: Translator) -> None:
    district = charter.snippet(District, "PT Centro", summary="PT onde tudo começa")
    translate(translator, district)
    assert spanish(district).summary == "ES onde tudo começa"
    with translator.on_commit(execute=True):
        translator.work(district).save_target(publish=False)
    assert spanish(district) is None


def test_a_tree_of_aliases_says_nothing(translator: Translator, source: ServicePage, client: Client) -> None:
    home = charter.home()
    assert isinstance(home, HomePage)
    charter.edited(home, hero_title="PT O que você procura?", intro="PT Aqui.", title="PT Início").publish()
    page = charter.page(source.get_parent(), InformationPage, "PT Perguntas", summary="PT Sobre")
    with translator.on_commit(execute=True):
        LocaleSynchronization.objects.create(locale=translator.locale, sync_from=Locale.get_default())
    assert pages_in_spanish(translator).filter(live=True, alias_of__isnull=False).count() == 4
    assert spanish_records() == {}
    for alias in pages_in_spanish(translator):
        answer = client.get(alias.url)
        if isinstance(alias.specific, HomePage):
            hero = answer.content.decode().split("c-hero")[1].split("c-main")[0]
            assert "PT" not in hero + answer.content.decode().split("</title>")[0]
        else:
            assert answer.status_code == 302
            there = client.get(answer.headers["Location"])
            assert there.headers["Location"] == alias.alias_of.url
            assert not there.headers["Location"].startswith("/es/")
    translate(translator, page)
    assert [record.title for record in spanish_records().values()] == ["ES Perguntas"]
    assert_no_portuguese()


def test_the_first_page_says_what_was_approved(translator: Translator, client: Client) -> None:
    home = charter.home()
    charter.edited(home, hero_title="PT O que você procura?", intro="PT Aqui.", title="PT Início").publish()
    home = charter.home()
    translator.submit(home)
    translator.type_in(home, leave_out="intro", word=spanish_words)
    assert "traduzir" in told(translator.publish(home))
    assert "PT" not in client.get("/es/").content.decode()
    assert "PT O que você procura?" in client.get("/").content.decode()
    translator.type_in(home, word=spanish_words)
    translator.publish(home)
    content = client.get("/es/").content.decode()
    assert "ES O que você procura?" in content
    assert "PT" not in content
    translator.type_in(home, word=lambda text: text.replace("PT", "BORRADOR"))
    with translator.on_commit(execute=True):
        translator.work(home).save_target(publish=False)
    assert client.get("/es/").content.decode() == content
