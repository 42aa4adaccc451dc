"""Nothing Portuguese is ever public as Spanish, and facts follow the source at once."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail_localize.models import StringSegment

from services.completeness import Incomplete
from services.models import (
    SecretariatPage,
    ServicePage,
    Suspension,
)
from services.models import Unit as UnitEntry
from services.record import Ref
from services.record.service import (
    Channel,
    Channels,
    Condition,
    Document,
    DocumentCase,
    Fee,
    Law,
    NotApplicable,
    Step,
)
from services.record.values import Standard, Standards, TimeEstimate
from tests import records
from tests.services import charter
from tests.services.spanish import Translator, spanish, spanish_records, told
from tests.services.spanish_charter import (
    KEY,
    assert_no_portuguese,
    body_record,
    bring,
    said,
    service_record,
    spanish_words,
    step,
    translate,
)

pytestmark = pytest.mark.django_db


# Words


def test_a_service_that_says_little(translator: Translator) -> None:
    few = Channels(default=[Channel(type="home_visit")])
    nothing = NotApplicable(rule="documents", reason="PT Basta dizer o nome.")
    steps = [Step(title="PT Vá ao balcão", channels=few)]
    bring(body_record(), service_record(topics=[], units=[], steps=steps, not_applicable=[nothing]))
    translate(translator, ServicePage.objects.get())
    assert said(ServicePage.objects.get(locale__language_code="pt-br")).steps[0].title == "ES Vá ao balcão"
    assert_no_portuguese()


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


def test_what_is_said_and_what_is_so(translator: Translator, source: ServicePage, client: Client) -> None:
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
    page = client.get(record.url).content.decode()
    assert '<html lang="es"' in page
    assert "Cuánto cuesta" in page
    assert "Hasta 10 días" in page
    assert [word for word in ("Quanto", "você", "serviço", "Etapa ", "órgão") if word in page] == []


@pytest.mark.parametrize("missing", ["title", "steps", "standard_waiting"])
def test_with_words_missing_it_is_refused(translator: Translator, source: ServicePage, missing: str) -> None:
    translator.submit(source)
    translator.type_in(source, leave_out=missing, word=spanish_words)
    assert "traduzir" in told(translator.publish(source))
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
    assert "traduzir" in told(translator.take_over_source(source, publish=True))
    assert said(source).title == "ES Marcar consulta"
    translator.type_in(source, word=spanish_words)
    translator.publish(source)
    assert said(source).title == "ES Agendar consulta"
    assert_no_portuguese()


# Translators


def test_translators_see_words_only(translator: Translator, source: ServicePage) -> None:
    translator.submit(source)
    strings = {line.msgid for line in translator.work(source).export_po()}
    assert all("PT" in text or text == source.slug for text in strings), strings
    assert len(strings) > 20
    assert translator.client.get(translator.edit_address(source)).status_code == 200


def test_snippets_open_for_translators(translator: Translator, source: ServicePage) -> None:
    unit = UnitEntry.objects.get()
    translator.submit(unit)
    assert translator.client.get(translator.edit_address(unit)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_a_sentence(admin_client: Client, django_capture_on_commit_callbacks: Any) -> None:
    translator = Translator(admin_client, django_capture_on_commit_callbacks)
    service = charter.service(charter.body("PT Saúde", summary="PT s"), "PT Marcar", summary="PT resumo")
    form = {"locales": [translator.locale.pk]}
    admin_client.post(reverse("wagtail_localize:submit_page_translation", args=[service.pk]), form)
    address = translator.edit_address(service)
    answer = admin_client.post(address, {"action": "publish"}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert any(re.search(r"Falta traduzir \d+ textos", str(message)) for message in answer.context["messages"])
    assert spanish_records() == {}
    translator.type_in(service, word=spanish_words)
    assert admin_client.post(address, {"action": "publish"}).status_code == 302
    assert said(service).title == "ES Marcar"
