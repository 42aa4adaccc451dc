"""A small charter's translations come, change and go."""

import json
import shutil
from pathlib import Path

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext, TranslationSource

from home import demonstration
from home.models import HomePage
from services.models import ENTRY_MODELS, PublishedRecord, ServicePage
from services.projecting import differences
from services.record import from_json
from tests.home.tongues.conftest import AT, TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small")]


def texts_without(where: Path, language: str, **changed: str | None) -> Path:
    """The translators' texts, some of them changed or taken out."""
    shutil.copytree(TEXTS, where)
    for file in (where / language).glob("*.json"):
        texts = json.loads(file.read_text(encoding="utf-8"))
        texts |= {source: said for source, said in changed.items() if source in texts}
        file.write_text(json.dumps({source: said for source, said in texts.items() if said}), encoding="utf-8")
    return where


def test_a_text_written_anew_is_published_and_an_editors_own_stays(tmp_path: Path) -> None:
    source = ServicePage.objects.get(source_id="chamar-o-samu-192", locale=Locale.get_default())
    typed = StringTranslation.objects.get(
        context__object_id=source.translation_key, context__path="summary", locale__language_code="es"
    )
    typed.data, typed.tool_name = "Lo que escribió un editor.", ""
    typed.save()
    anew = texts_without(tmp_path / "texts", "es", **{"Chamar o SAMU 192": "Llamar a la ambulancia"})
    told = demonstration.load_translations(anew, at=AT)
    assert (told.created, told.updated) == (0, 1)
    row = PublishedRecord.objects.public().get(kind="service", locale="es")
    record = from_json(row.body)
    assert (record.title, record.summary) == ("Llamar a la ambulancia", "Lo que escribió un editor.")  # type: ignore[union-attr]
    assert list(differences()) == []
    again = demonstration.load_translations(anew, at=AT)
    assert (again.created, again.updated) == (0, 0)


def test_a_text_that_nobody_translated_is_told_and_its_entry_stays_out(tmp_path: Path) -> None:
    TranslationSource.objects.filter(object_repr="Saúde").delete()
    ENTRY_MODELS["topic"]._default_manager.exclude(locale=Locale.get_default()).delete()
    told = demonstration.load_translations(texts_without(tmp_path / "texts", "en", Saúde=None), at=AT)
    assert told.missing == ["en topic saude: Saúde"]
    assert told.created == 1
    there = PublishedRecord.objects.public().filter(kind="topic").values_list("locale", flat=True)
    assert set(there) == {"pt-br", "es"}


def test_removed_no_word_of_it_is_left() -> None:
    assert HomePage.objects.count() == 3
    demonstration.remove()
    assert not PublishedRecord.objects.public().exists()
    for table in (StringTranslation, Translation, TranslationSource, String, TranslationContext):
        assert not table.objects.exists(), table
    assert HomePage.objects.count() == 1
    assert not any(Page.find_problems())
