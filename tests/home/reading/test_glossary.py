"""The city's glossary on the pages that people read."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from home.models import GlossaryTerm
from home.reading.demo import lay_out, take_away
from home.reading.glossary import glossary, number
from services.record.values import Standard, Standards
from tests import records
from tests.home.reading.conftest import Explain
from tests.services.portal import page

pytestmark = pytest.mark.django_db


def test_the_first_use_on_a_page_leads_to_what_a_word_means(client: Client, explain: Explain) -> None:
    explain("dívida ativa", "Conta vencida que virou cobrança.", "inscrição em dívida ativa")
    said = "<p>Veja se há divida ativa.</p><p>Dívida ativa se paga.</p>"
    service = records.service("Pagar dívida ativa", slug="pagar", summary="Pague o que deve.", description=said)
    records.put_record(service)
    html = page(client, service.url)
    mark = (
        '<a class="c-term" href="/glossario/#divida-ativa" title="Conta vencida que virou cobrança.">divida ativa</a>'
    )
    assert html.count('class="c-term"') == 1
    assert f"<p>Veja se há {mark}.</p><p>Dívida ativa se paga.</p>" in html
    assert "<h1>Pagar dívida ativa</h1>" in html
    there = page(client, "/glossario/")
    assert '<div id="divida-ativa"><dt><dfn>dívida ativa</dfn></dt><dd>Conta vencida que virou cobrança.</dd>' in there


def test_a_word_that_is_changed_is_another_at_the_next_page(client: Client, explain: Explain) -> None:
    word = explain("alvará", "Licença.")
    assert "Licença." in page(client, "/glossario/")
    word.meaning = "Permissão da Prefeitura."
    word.save()
    assert "Permissão da Prefeitura." in page(client, "/glossario/")
    word.delete()
    assert "Ainda não há nada publicado aqui." in page(client, "/glossario/")


def test_pages_ask_for_it_once(client: Client, explain: Explain, django_assert_num_queries: Any) -> None:
    explain("alvará", "Licença.")
    with django_assert_num_queries(1):
        glossary("pt-br")
        glossary("es")
    page(client, "/glossario/")
    with django_assert_num_queries(0):
        page(client, "/glossario/")


def test_whether_it_changed_costs_the_same_however_long_it_is(explain: Explain) -> None:
    """Each process asks twice a second: it is told a number, and no word."""
    for word in ("alvará", "protocolo", "taxa"):
        explain(word, "Um papel da Prefeitura.")
    with CaptureQueriesContext(connection) as asked:
        before = number()
    assert len(asked) == 1
    assert "glossaryterm" not in asked[0]["sql"]
    word = GlossaryTerm.objects.get(term="taxa")
    word.save()
    after = number()
    assert after > before
    GlossaryTerm.objects.filter(term="taxa").delete()
    assert number() > after


def test_a_page_in_spanish_is_explained_in_spanish_or_not_at_all(client: Client, explain: Explain) -> None:
    first = explain("alvará", "Licença.")
    explain("protocolo", "Número do pedido.")
    explain("alvará", "Permiso.", locale="es", translation_key=first.translation_key)
    said = Standards(waiting=Standard(text="<p>Traiga el alvará y el protocolo.</p>", origin="service"))
    spanish = records.service(standards=said, locale="es", url="/es/servicos/x/", summary="Protocolo.")
    records.put_record(records.service())
    records.put_record(spanish)
    html = page(client, spanish.url)
    assert 'href="/es/glossario/#alvara" title="Permiso.">alvará</a> y el protocolo' in html
    there = page(client, "/es/glossario/")
    assert '<div id="alvara"><dt><dfn>alvará</dfn></dt><dd>Permiso.</dd>' in there
    assert '<div id="protocolo" lang="pt-BR"><dt><dfn>protocolo</dfn></dt><dd>Número do pedido.</dd>' in there


def test_a_translation_with_the_sources_words_is_none(client: Client, explain: Explain) -> None:
    first = explain("alvará", "Licença.")
    explain("alvará", "Licença.", locale="es", translation_key=first.translation_key)
    assert glossary("es").marker.forms == {}
    assert [word.locale for word in glossary("es").terms] == ["pt-br"]


def test_a_word_stands_once_in_a_language(explain: Explain) -> None:
    explain("alvará", "Licença.")
    with pytest.raises(ValidationError, match="já está no glossário"):
        explain(" Alvará ", "Outra coisa.")


def test_the_editor_adds_a_word(admin_client: Client, client: Client) -> None:
    add = reverse("wagtailsnippets_conecta_home_glossaryterm:add")
    said = {"term": "habite-se", "other_forms": "", "meaning": "Papel que diz que a obra acabou."}
    assert admin_client.post(add, said).status_code == 302
    assert "Papel que diz que a obra acabou." in page(client, "/glossario/")
    refused = admin_client.post(add, said)
    assert "Esta palavra já está no glossário." in refused.content.decode()
    listing = admin_client.get(reverse("wagtailsnippets_conecta_home_glossaryterm:list")).content.decode()
    assert "habite-se" in listing


def test_the_demonstration_explains_forty_words_in_three_languages_and_takes_them_away(explain: Explain) -> None:
    for tag in ("pt-br", "es", "en"):
        Locale.objects.get_or_create(language_code=tag)
    lay_out()
    counts = {tag: GlossaryTerm.objects.filter(locale__language_code=tag).count() for tag in ("pt-br", "es", "en")}
    assert counts["pt-br"] >= 40
    assert set(counts.values()) == {counts["pt-br"]}
    for word in GlossaryTerm.objects.all():
        word.full_clean()
    anchors = [word.anchor for word in glossary("pt-br").terms]
    assert len(anchors) == len(set(anchors))
    take_away()
    assert not GlossaryTerm.objects.exists()
