"""The admin's search box: every page, however it is typed."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Not, Phrase, PlainText

from services.models import SecretariatPage, ServicePage, Unit
from tests.services import charter

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> dict[str, ServicePage]:
    body = charter.body("Secretaria de Finanças")
    return {
        "isenção": charter.service(body, "Solicitar isenção de IPTU", popular_names="não pagar imposto"),
        "segunda via": charter.service(body, "Emitir a segunda via do IPTU", popular_names="boleto da casa"),
        "água": charter.service(body, "Cadastrar caixa d'água comunitária", acronym="PIPA"),
    }


def found(query: str) -> list[str]:
    return sorted(page.title for page in Page.objects.all().autocomplete(query))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("iptu", ["isenção", "segunda via"]),
        ("IPTU", ["isenção", "segunda via"]),
        ("isenção", ["isenção"]),
        ("isencao", ["isenção"]),
        ("ISENÇÃO", ["isenção"]),
        ('"segunda via"', ["segunda via"]),
        ("d'água", ["água"]),
        ("agua", ["água"]),
        ("boleto", ["segunda via"]),
        ("nao pagar", ["isenção"]),
        ("pipa", ["água"]),
        ('segunda"via', ["segunda via"]),
        ('"segunda v', ["segunda via"]),
        ('"', []),
        ("-", []),
        ("''", []),
    ],
)
def test_pages_are_found_however_the_words_are_typed(
    pages: dict[str, ServicePage], query: str, names: list[str]
) -> None:
    assert found(query) == sorted(pages[name].title for name in names)


def test_whole_words_and_compound_queries_are_mended_too(pages: dict[str, ServicePage]) -> None:
    def titles(query: object) -> list[str]:
        return sorted(page.title for page in Page.objects.all().search(query))

    assert titles("isencao iptu") == [pages["isenção"].title]
    assert titles(Phrase('segunda" via')) == [pages["segunda via"].title]
    assert titles(And([PlainText("iptu"), Not(PlainText("isencao"))])) == [pages["segunda via"].title]


def test_the_search_page_and_the_choosers_answer_any_quote(admin_client: Client, pages: dict[str, ServicePage]) -> None:
    for address in (
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_explore", args=[pages["água"].get_parent().pk]),
        reverse("wagtailadmin_choose_page_search"),
        reverse("wagtailsnippets_conecta_services_unit:list"),
    ):
        for query in ('a"b', '"', '"a b', "'", "%", "a%sb", "d'água", "\\"):
            assert admin_client.get(address, {"q": query}).status_code == 200, (address, query)


def test_snippets_are_found_without_accents() -> None:
    charter.unit("Praça de Atendimento")
    assert [unit.title for unit in get_search_backend().autocomplete("praca", Unit)] == ["Praça de Atendimento"]


class AnyText(HypothesisTestCase):
    """A law: no text that an editor can type breaks the search."""

    @given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=30))
    def test_any_text_is_answered(self, text: str) -> None:
        list(SecretariatPage.objects.all().autocomplete(text))
        list(SecretariatPage.objects.all().search(text))
