"""What the translators wrote: whole, used, and in the language that it says."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from home.demo_face import HIGHLIGHTS
from home.demo_tongues.catalogue import Catalogue, chosen, languages
from services.record import Entry, Service
from tests.home.test_demo_charter import charter

FOLDER = Path(__file__).resolve().parents[3] / "home" / "demo_translations"
LANGUAGES = ("en", "es")

#: Signs that a sentence was left in Portuguese; official names keep theirs and are taken out first.
PORTUGUESE = re.compile(
    r"\b(?:não|você|até|às|aos|pela|pelo|dias úteis|ou|são|uma|com|sem|seu|sua|quem|também)\b", re.IGNORECASE
)
NAMES = re.compile(r"São (?:João|Sebastião)|positiva com efeito de negativa")


@cache
def catalogue(language: str) -> Catalogue:
    return Catalogue.read(FOLDER, language)


def entries() -> list[Entry]:
    wanted = chosen(FOLDER)
    return [record for record in charter() if record.source_id in wanted.get(record.kind, [])]


def test_twenty_services_most_wanted_first_and_all_that_surrounds_them():
    wanted = chosen(FOLDER)
    assert languages(FOLDER) == list(LANGUAGES)
    assert len(wanted["service"]) == len(set(wanted["service"])) == 20
    assert wanted["service"][: len(HIGHLIGHTS)] == list(HIGHLIGHTS)
    there = {(record.kind, record.source_id) for record in charter()}
    assert {(kind, name) for kind, names in wanted.items() for name in names} <= there
    for kind in ("topic", "audience", "life_event", "district", "question", "secretariat", "unit", "form"):
        assert sorted(wanted[kind]) == sorted(name for found, name in there if found == kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_says_a_text_once(language):
    seen: set[str] = set()
    for file in sorted((FOLDER / language).glob("*.json")):
        texts = json.loads(file.read_text(encoding="utf-8"))
        assert not seen & texts.keys(), file
        seen |= texts.keys()
    assert catalogue("es").texts.keys() == catalogue("en").texts.keys()


def _numbers(text: str) -> set[str]:
    """However a language writes the full hour and the thousand."""
    return set(re.findall(r"[1-9]\d*", text.replace(":00", "")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_marks_are_the_sources(language):
    wrong = []
    for source, said in catalogue(language).texts.items():
        if re.findall(r"</?(?!br)\w+[^>]*>", source) != re.findall(r"</?(?!br)\w+[^>]*>", said):
            wrong.append(said)
        if "<br/>" not in source and _numbers(source) != _numbers(said):
            wrong.append(said)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_in_portuguese(language):
    allowed = {"es": {"ou", "com"}, "en": {"com"}}[language]
    left = {
        said: found
        for said in catalogue(language).texts.values()
        if (found := {word.lower() for word in PORTUGUESE.findall(NAMES.sub("", said))} - allowed)
    }
    assert left == {}


def test_the_twenty_are_services_of_the_demonstration():
    assert sum(isinstance(record, Service) for record in entries()) == 20
