"""The twenty most wanted services and all that surrounds them are public in Spanish and English, whole and found."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.utils import translation
from pydantic import BaseModel
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from home import demonstration
from home.demo_tongues.catalogue import chosen
from home.identity import forget_identity
from home.management.commands import load_demo
from home.translations import untranslated
from services.interchange import FORMATS, open_source
from services.interchange.native import lines
from services.models import ENTRY_MODELS, PublishedRecord, PublishedVersion
from services.projecting import differences
from services.record import Entry, Ref, Service, from_json
from services.translating import is_in_a_language
from tests.home.tongues.conftest import AT, TEXTS

# Loaded, loaded again and taken away, translations are asked for on both in test_coming_and_going.py.
pytestmark = pytest.mark.same_on_both("compares the words of a charter")
LANGUAGES = ("es", "en")
#: What is the same in every language: official names and acronyms.
OFFICIAL = {
    "156",
    "CAPS II",
    "CPF",
    "CRAS Bruno Bacelar",
    "CRAS Centro",
    "CRAS Rural de José Gonçalves",
    "Casa Civil",
    "Centro de Referência da Mulher.",
    "Certificado da Condição de Microempreendedor Individual (CCMEI)",
    "MEI",
    "Procon",
    "SINE Conquista",
    "Simtrans",
    "certidoes@prefeitura.example",
}
#: What Spanish says as Portuguese does, and official names that stand there without an explanation.
SPANISH = {
    "Central de Matrícula",
    "Central de Regulação",
    "Cultura",
    "Empresas",
    "Gabinete Civil",
    "Gato",
    "Número de matrícula",
    "Obras",
    "Praça de Atendimento",
    "microcrédito",
}
NUMBER = re.compile(r"[\d() .-]+")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The demonstration with the services that are translated, and no other."""
    folder = tmp_path_factory.mktemp("charter")
    native, wanted = FORMATS["conecta"], chosen(TEXTS)
    records = native.read(open_source(load_demo.FOLDER, native.suffixes)).records
    some = [record for record in records if record.kind in wanted and record.source_id in wanted[record.kind]]
    some += [record for record in records if record.kind in ("city", "alert")]
    (folder / "demo.jsonl").write_bytes(b"".join(lines(some)))
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        translation.deactivate()
        patch.setattr(django_settings, "DATA_DIR", tmp_path_factory.mktemp("data"))
        demonstration.load(folder)
        assert demonstration.load_translations(TEXTS, at=AT).missing == []
        yield
        transaction.set_rollback(True)
    forget_identity()


def public(language: str) -> dict[tuple[str, str], Entry]:
    rows = PublishedRecord.objects.public().filter(locale=language)
    return {(row.kind, row.entry_id): from_json(row.body) for row in rows}


def same_words(ours: Any, theirs: Any, *, worded: bool = False) -> Iterator[str]:
    """Texts that two records of one entry say in the same words."""
    if isinstance(ours, Ref):
        return
    if isinstance(ours, BaseModel):
        for name, field in type(ours).model_fields.items():
            yield from same_words(getattr(ours, name), getattr(theirs, name, None), worded=is_in_a_language(field))
    elif isinstance(ours, list):
        for one, other in zip(ours, theirs or [], strict=False):
            yield from same_words(one, other, worded=worded)
    elif worded and ours and ours == theirs:
        yield ours


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("demo", "db")
def test_every_service_says_everything_in_the_language(language: str) -> None:
    source, there = public("pt-br"), public(language)
    services = {key: record for key, record in there.items() if record.kind == "service"}
    assert {record.source_id for record in services.values()} == set(chosen(TEXTS)["service"])
    assert source.keys() - there.keys() == {key for key in source if key[0] in ("city", "alert")}
    for key, record in services.items():
        ours = source[key]
        assert isinstance(ours, Service)
        assert isinstance(record, Service)
        # Names and keywords are what people say: some words are the same, the lists are not.
        assert record.popular_names != ours.popular_names
        bare = {"popular_names": [], "keywords": [], "slug": ""}
        same = set(same_words(ours.model_copy(update=bare), record.model_copy(update=bare)))
        assert {text for text in same if not NUMBER.fullmatch(text)} <= OFFICIAL | SPANISH
        assert len(record.steps) == len(ours.steps)
        assert record.url.startswith(f"/{language}/")
        assert all(ref.url.startswith(f"/{language}/") for ref in (*record.topics, *record.units, record.secretariat))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("demo", "db")
def test_what_surrounds_them_is_translated_too(language: str) -> None:
    source, there = public("pt-br"), public(language)
    left = {
        text
        for key, record in there.items()
        if record.kind not in ("service", "district")
        for text in same_words(source[key].model_copy(update={"keywords": [], "popular_names": [], "slug": ""}), record)
        if not NUMBER.fullmatch(text)
    }
    assert left <= OFFICIAL | (SPANISH if language == "es" else set())


@pytest.mark.usefixtures("demo", "db")
def test_an_editor_would_find_nothing_left_to_do() -> None:
    wanted = chosen(TEXTS)
    for kind, names in wanted.items():
        some = names if kind == "service" else names[:2]
        there = ENTRY_MODELS[kind]._default_manager.filter(source_id__in=some).exclude(locale=Locale.get_default())
        assert len(there) == len(LANGUAGES) * len(some)
        for entry in there:
            assert untranslated(entry) == [], entry
    every = len(LANGUAGES) * sum(len(names) for names in wanted.values())
    assert Translation.objects.filter(enabled=True).count() == every + len(LANGUAGES)
    assert list(differences()) == []


@pytest.mark.usefixtures("demo", "db")
def test_loaded_again_nothing_changes() -> None:
    before = PublishedVersion.objects.count(), StringTranslation.objects.count(), Page.objects.count()
    told = demonstration.load_translations(TEXTS, at=AT)
    assert (told.created, told.updated) == (0, 0)
    assert told.unchanged == 2 * sum(len(names) for names in chosen(TEXTS).values())
    assert (PublishedVersion.objects.count(), StringTranslation.objects.count(), Page.objects.count()) == before


@pytest.mark.parametrize(
    ("language", "query", "wanted"),
    [
        ("es", "vacuna", "vacinar-se-na-unidade-de-saude"),
        ("es", "calle sin luz", "pedir-reparo-da-iluminacao-publica"),
        ("es", "guarderia para mi bebe", "pedir-vaga-em-creche-municipal"),
        ("es", "estoy embarazada", "fazer-o-pre-natal"),
        ("es", "abrir una empresa", "formalizar-se-como-microempreendedor-individual"),
        ("en", "street light broken", "pedir-reparo-da-iluminacao-publica"),
        ("en", "garbage", "consultar-os-dias-da-coleta-de-lixo"),
        ("en", "property tax", "emitir-a-segunda-via-do-iptu"),
        ("en", "see a doctor", "marcar-consulta-na-unidade-basica-de-saude"),
        ("en", "complaint", "registrar-manifestacao-na-ouvidoria"),
        ("en", "ambulance", "chamar-o-samu-192"),
    ],
)
@pytest.mark.usefixtures("demo", "db")
def test_it_is_found_in_the_words_of_the_language(client: Client, language: str, query: str, wanted: str) -> None:
    address = PublishedRecord.objects.get(kind="service", source_id=wanted, locale=language).url
    html = client.get(f"/{language}/busca/", {"q": query}).content.decode()
    found = re.findall(r'class="c-result__title"><a href="([^"]+)"', html)
    assert address in found[:3]
