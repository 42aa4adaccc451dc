"""Nothing Portuguese is ever public as Spanish, and facts follow the source at once.

Every word of the source holds ``PT``; its translation holds ``ES`` instead.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import LocaleSynchronization, StringSegment

from home.models import HomePage
from services.completeness import Incomplete
from services.importing import Importer, Options
from services.models import (
    District,
    InformationPage,
    PublishedRecord,
    SecretariatPage,
    ServicePage,
    Suspension,
)
from services.models import Topic as TopicEntry
from services.models import Unit as UnitEntry
from services.projecting import differences
from services.record import Entry, Ref, Secretariat, Service, Topic, Unit, to_json
from services.record.service import (
    Applicant,
    Channel,
    Channels,
    Condition,
    Document,
    DocumentCase,
    Documents,
    Fee,
    Fees,
    Law,
    Step,
)
from services.record.values import Standard, Standards, TimeEstimate
from tests import records
from tests.services import charter
from tests.services.spanish import Translator, spanish, spanish_records

pytestmark = pytest.mark.django_db

KEY = records.key_of("service", "Marcar consulta")


@pytest.fixture
def translator(admin_client: Client, django_capture_on_commit_callbacks: Any) -> Translator:
    """Somebody who may do all."""
    return Translator(admin_client, django_capture_on_commit_callbacks)


def body_record(**changes: Any) -> Secretariat:
    """A body with a commitment for all of its services."""
    standards = Standards(
        waiting=Standard(text="<p>PT meia hora</p>", origin="secretariat"),
        priority=Standard(text="<p>PT idosos</p>", origin="secretariat"),
    )
    return records.secretariat(
        "PT Saúde", **({"slug": "saude", "summary": "PT Cuida da saúde.", "standards": standards} | changes)
    )


def topic_record() -> Topic:
    """A theme."""
    return records.topic("PT Saúde geral", slug="saude-geral")


def unit_record() -> Unit:
    """A place of attendance."""
    return records.unit("PT Posto", slug="posto", secretariat=None, summary="PT Atende.")


def step(title: str, *, amount: int, documents: list[Document] | None = None) -> Step:
    """A step with all that a step can have."""
    return Step(
        title=f"PT {title}",
        description=f"<p>PT Vá ao <b>posto PT</b>: {title}.</p><ul><li>PT um</li><li>PT dois</li></ul>",
        documents=Documents(default=documents or [Document(name="PT RG", note="PT cópia")]),
        fees=Fees(default=[Fee(name="PT taxa", amount=Decimal(amount))]),
        channels=Channels(default=[Channel(type="web", text="PT pelo site", url="https://saude.example/consulta")]),
        time=TimeEstimate(type="up_to", max=5, unit="working_days", note="PT corridos não"),
    )


def service_record(**changes: Any) -> Service:
    """A service that says something everywhere."""
    given: dict[str, Any] = {
        "key": KEY,
        "slug": "marcar-consulta",
        "summary": "PT Marca uma consulta.",
        "acronym": "SUS",
        "popular_names": ["PT médico", "PT doutor"],
        "keywords": ["PT consulta"],
        "description": "<p>PT Para quem mora aqui.</p>",
        "applicants": [Applicant(who="PT Moradores", requirements="<p>PT morar aqui</p>")],
        "steps": [step("pedir", amount=10), step("ir", amount=20)],
        "legislation": [Law(title="PT Lei 1", url="https://leis.example/1")],
        "time": TimeEstimate(type="up_to", max=10, unit="calendar_days", note="PT conta do pedido"),
        "secretariat": records.ref(body_record()),
        "topics": [records.ref(topic_record())],
        "units": [records.ref(unit_record())],
        "standards": Standards(waiting=Standard(text="<p>PT dez minutos</p>", origin="service")),
        "review_due": date(2026, 12, 1),
    }
    return records.service(changes.pop("title", "PT Marcar consulta"), **(given | changes))


def bring(*found: Entry) -> None:
    """Import records, and see that all were taken."""
    assert Importer(Options()).run(found).refused == []


@pytest.fixture
def source(translator: Translator) -> ServicePage:
    """A public service, its body, topic and unit, in Portuguese."""
    bring(body_record(), topic_record(), unit_record(), service_record())
    return ServicePage.objects.get(translation_key=KEY)


def said(entry: Any) -> Service:
    """The public Spanish record, which must be there."""
    found = spanish(entry)
    assert isinstance(found, Service)
    return found


def assert_no_portuguese() -> None:
    """No Spanish record holds a word of the source; titles of other entries may be the source's."""
    for record in spanish_records().values():
        body = re.sub(r'\{"id":[^{}]*?"title":[^{}]*?\}', "{}", _without_refs(to_json(record)))
        assert "PT" not in body, body
        assert record.locale == "es"
    assert list(differences()) == []


def _without_refs(body: str) -> str:
    return re.sub(r'\{[^{}]*"kind":"[a-z_]+"[^{}]*\}', "{}", body)


def spanish_words(text: str) -> str:
    """What a translator types."""
    return text.replace("PT", "ES")


def translate(translator: Translator, entry: Any, **typed: Any) -> Any:
    """Translate all of an entry and publish it."""
    return translator.translate(entry, word=spanish_words, **typed)


# Words


def test_a_service_before_its_body(translator: Translator, source: ServicePage) -> None:
    body = source.get_parent().specific
    translator.submit(source)
    assert spanish_records() == {}
    translator.type_in(source, word=spanish_words)
    assert spanish_records() == {}
    translator.publish(source)
    assert_no_portuguese()
    assert said(source).title == "ES Marcar consulta"
    assert said(source).secretariat == Ref(kind="secretariat", id=body.record_id)
    assert spanish(body) is None

    translator.submit(body)
    assert SecretariatPage.objects.get(translation_key=body.translation_key, locale=translator.locale).live
    assert spanish(body) is None
    assert_no_portuguese()
    translator.type_in(body, word=spanish_words)
    translator.publish(body)
    assert_no_portuguese()
    assert spanish(body).title == "ES Saúde"
    priority = said(source).standards.priority
    assert priority is not None
    assert (priority.text, priority.origin) == ("<p>ES idosos</p>", "secretariat")


def test_a_body_before_its_service(translator: Translator, source: ServicePage) -> None:
    body = source.get_parent().specific
    translate(translator, body)
    assert set(spanish_records()) == {f"secretariat {body.record_id}"}
    translator.submit(source)
    assert set(spanish_records()) == {f"secretariat {body.record_id}"}
    translator.type_in(source, word=spanish_words)
    translator.publish(source)
    assert_no_portuguese()
    assert said(source).secretariat.title == "ES Saúde"  # type: ignore[union-attr]
    assert said(source).url.startswith("/es/")
    assert said(source).url.startswith(spanish(body).url)


def test_what_is_said_and_what_is_so(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    record = said(source)
    assert record.locale == "es"
    assert (record.id, record.key, record.acronym) == (source.record_id, KEY, "SUS")
    assert record.popular_names == ["ES médico", "ES doutor"]
    assert record.steps[1].description.startswith("<p>ES Vá ao <strong>posto ES</strong>: ir.</p>")
    assert record.steps[1].fees.default == [Fee(name="ES taxa", amount=Decimal(20))]
    assert record.steps[0].channels.default[0].url == "https://saude.example/consulta"
    assert record.steps[0].documents.default == [Document(name="ES RG", note="ES cópia")]
    assert record.legislation == [Law(title="ES Lei 1", url="https://leis.example/1")]
    assert record.time == TimeEstimate(type="up_to", max=10, unit="calendar_days", note="ES conta do pedido")
    assert [ref.title for ref in record.topics] == ["PT Saúde geral"]
    assert record.review_due == date(2026, 12, 1)


@pytest.mark.parametrize("missing", ["title", "steps", "standard_waiting"])
def test_with_words_missing_it_is_refused(translator: Translator, source: ServicePage, missing: str) -> None:
    translator.submit(source)
    translator.type_in(source, leave_out=missing, word=spanish_words)
    with pytest.raises(Incomplete, match="traduzir"):
        translator.publish(source)
    assert spanish_records() == {}
    translator.type_in(source, word=spanish_words)
    assert spanish_records() == {}
    translator.publish(source)
    assert_no_portuguese()
    assert said(source).steps[0].title == "ES pedir"


def test_an_old_draft_is_refused_though_all_is_translated_by_now(translator: Translator, source: ServicePage) -> None:
    there = translator.submit(source)
    translator.type_in(source, word=spanish_words)
    with pytest.raises(Incomplete):
        there.latest_revision.publish()
    assert spanish_records() == {}


def test_an_alias_made_independent_is_not_a_translation(translator: Translator, source: ServicePage) -> None:
    alias = source.copy_for_translation(translator.locale, copy_parents=True, alias=True)
    with pytest.raises(Incomplete):
        ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert spanish_records() == {}


def test_a_draft_of_a_live_translation_says_nothing(translator: Translator, source: ServicePage) -> None:
    there = translate(translator, source)
    before = said(source)
    translator.type_in(source, word=lambda text: text.replace("PT", "BORRADOR"))
    with translator.on_commit(execute=True):
        translator.work(source).save_target(publish=False)
    there.refresh_from_db()
    assert there.title == "BORRADOR Marcar consulta"
    assert said(source) == before
    translator.publish(source)
    assert said(source).title == "BORRADOR Marcar consulta"


# Facts


def test_facts_follow_the_source_at_once_and_words_stay(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    bring(
        service_record(
            title="PT Agendar consulta",
            acronym="SAM",
            slug="outro",
            summary="PT Agenda uma consulta.",
            time=TimeEstimate(type="up_to", max=3, unit="working_days", note="PT outra nota"),
            steps=[step("pedir", amount=11), step("vir", amount=22)],
            units=[],
            review_due=date(2027, 6, 1),
        )
    )
    record = said(source)
    assert_no_portuguese()
    assert (record.title, record.summary) == ("ES Marcar consulta", "ES Marca uma consulta.")
    assert record.time == TimeEstimate(type="up_to", max=3, unit="working_days", note="ES conta do pedido")
    assert [one.fees.default[0].amount for one in record.steps] == [11, 22]
    assert [one.title for one in record.steps] == ["ES pedir", "ES ir"]
    assert (record.acronym, record.units, record.review_due) == ("SAM", [], date(2027, 6, 1))


def test_what_the_source_says_no_more_is_gone(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    bring(service_record(steps=[step("ir", amount=20)], description="", keywords=[], legislation=[]))
    record = said(source)
    assert [one.title for one in record.steps] == ["ES ir"]
    assert (record.description, record.keywords, record.legislation) == ("", [], [])
    assert record.title == "ES Marcar consulta"


def test_what_is_new_is_silent_but_for_its_facts(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    first = step("pedir", amount=10, documents=[Document(name="PT CPF"), Document(name="PT RG", note="PT cópia")])
    bring(service_record(steps=[step("novo", amount=50), first, step("ir", amount=20)], sector="PT Setor"))
    record = said(source)
    assert_no_portuguese()
    assert [one.title for one in record.steps] == ["", "ES pedir", "ES ir"]
    assert record.steps[0].fees.default == [Fee(amount=Decimal(50))]
    assert [document.name for document in record.steps[1].documents.default] == ["ES RG"]
    assert record.sector == ""


def test_a_new_case_is_silent(translator: Translator, source: ServicePage) -> None:
    question = records.topic("PT Onde?", key=records.key_of("question", "onde")).model_copy(update={"kind": "question"})
    translate(translator, source)
    case = DocumentCase(
        text="PT na roça",
        condition=Condition(question=Ref(kind="question", id=question.id), answers=["roca"]),
        items=[Document(name="PT CCIR")],
    )
    changed = step("pedir", amount=10)
    documents = changed.documents.model_copy(update={"cases": [case]})
    bring(service_record(steps=[changed.model_copy(update={"documents": documents}), step("ir", amount=20)]))
    assert said(source).steps[0].documents.cases == []
    assert_no_portuguese()


def test_a_suspension_holds_in_every_language(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    starts = datetime(2026, 5, 1, 12, tzinfo=UTC)
    Suspension.objects.create(service=source, starts=starts, message="PT greve")
    (found,) = said(source).suspensions
    assert (found.starts, found.message) == (starts, "")
    assert_no_portuguese()


def test_a_commitment_not_translated_hides_the_one_above(translator: Translator, source: ServicePage) -> None:
    translate(translator, source.get_parent().specific)
    translate(translator, source)
    assert said(source).standards.waiting == Standard(text="<p>ES dez minutos</p>", origin="service")
    own = Standards(priority=Standard(text="<p>PT gestantes</p>", origin="service"))
    bring(service_record(standards=own))
    standards = said(source).standards
    assert standards.priority is None
    assert standards.waiting == Standard(text="<p>ES meia hora</p>", origin="secretariat")


def test_an_import_orphans_no_string(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    bring(service_record(steps=[step("pedir", amount=11), step("ir", amount=20), step("voltar", amount=0)]))
    translator.take_over_source(source, publish=False)
    total, done = translator.work(source).get_progress()
    untranslated = StringSegment.objects.filter(source=translator.work(source).source).annotate_translation(
        translator.locale
    )
    missing = {segment.context.path.split(".")[1] for segment in untranslated.filter(translation__isnull=True)}
    assert total - done > 0
    assert missing == {ServicePage.objects.get(pk=source.pk).steps[2].id}


def test_the_sources_news_are_published_only_when_translated(translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    bring(service_record(title="PT Agendar consulta"))
    with pytest.raises(Incomplete):
        translator.take_over_source(source, publish=True)
    assert said(source).title == "ES Marcar consulta"
    translator.type_in(source, word=spanish_words)
    translator.publish(source)
    assert said(source).title == "ES Agendar consulta"
    assert_no_portuguese()


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
    with pytest.raises(Incomplete):
        translator.publish(home)
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


# Translators


def test_translators_see_words_only(translator: Translator, source: ServicePage) -> None:
    translator.submit(source)
    strings = {line.msgid for line in translator.work(source).export_po()}
    assert all("PT" in text or text == source.slug for text in strings), strings


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_refusal_is_a_sentence(admin_client: Client, django_capture_on_commit_callbacks: Any) -> None:
    translator = Translator(admin_client, django_capture_on_commit_callbacks)
    service = charter.service(charter.body("PT Saúde", summary="PT s"), "PT Marcar", summary="PT resumo")
    form = {"locales": [translator.locale.pk]}
    admin_client.post(reverse("wagtail_localize:submit_page_translation", args=[service.pk]), form)
    address = translator.edit_address(service)
    answer = admin_client.post(address, {"action": "publish"}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert any("Faltam traduzir 3 textos" in str(message) for message in answer.context["messages"])
    assert spanish_records() == {}
    translator.type_in(service, word=spanish_words)
    assert admin_client.post(address, {"action": "publish"}).status_code == 302
    assert said(service).title == "ES Marcar"
