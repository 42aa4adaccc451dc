"""Every sentence of a screen is said in Spanish and in English; the compiled catalogues are those of the sources.

``make messages`` mends what fails here, but for the translations themselves.
"""

import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

ROOMS = ("conecta_site", "services", "search", "home", "feedback")
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
ROOT = Path(settings.BASE_DIR)
#: A percentage is none, said with one sign or with two: "95% da média".
PLACEHOLDER = re.compile(r"(?<![%\d])%(?:\(\w+\))?[-+#0]*\d*(?:\.\d+)?[a-zA-Z]|<[^>]*>")

Key = tuple[str, str]


def catalogue(room: str, language: str) -> polib.POFile:
    """The source of an app's catalogue."""
    return polib.pofile(str(ROOT / room / "locale" / language / "LC_MESSAGES" / "django.po"))


def key_of(entry: polib.POEntry) -> Key:
    """What tells one message from another."""
    return entry.msgctxt or "", entry.msgid


def said_in(entry: polib.POEntry) -> list[str]:
    """A message's translations: one, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Key]]:
    """The messages that ``makemessages`` finds in each app as it stands."""
    if shutil.which("xgettext") is None:
        pytest.skip("needs gettext")
    found = {}
    for room in ROOMS:
        folder = tmp_path_factory.mktemp("extracted") / room
        shutil.copytree(ROOT / room, folder, ignore=shutil.ignore_patterns("locale", "__pycache__", "demo", "static"))
        (folder / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "es", "--verbosity", "0"]
        subprocess.run(command, cwd=folder, check=True, env={"PATH": "/usr/bin:/bin"})  # noqa: S603
        file = folder / "locale" / "es" / "LC_MESSAGES" / "django.po"
        found[room] = {key_of(entry) for entry in polib.pofile(str(file))} if file.exists() else set()
    return found


def test_extraction_finds_the_screens(extracted: dict[str, set[Key]]) -> None:
    assert ("", "Escreva o título.") in extracted["services"]
    assert ("", "Buscar") in extracted["search"]
    assert ("", "Página não encontrada") in extracted["home"]
    assert ("weekday", "seg") in extracted["services"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_missing(extracted: dict[str, set[Key]], room: str, language: str) -> None:
    known = {key_of(entry): entry for entry in catalogue(room, language) if not entry.obsolete}
    assert extracted[room] - known.keys() == set()
    assert known.keys() - extracted[room] == set()
    assert [key for key, entry in known.items() if entry.fuzzy or not all(said_in(entry))] == []
    forms = int(catalogue(room, language).metadata["Plural-Forms"][len("nplurals=")])
    assert [key for key, entry in known.items() if entry.msgid_plural and len(said_in(entry)) != forms] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_placeholders_are_kept(room: str, language: str) -> None:
    for entry in catalogue(room, language):
        texts = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        asked = {tuple(sorted(PLACEHOLDER.findall(text))) for text in texts if "python-format" in entry.flags}
        for text in said_in(entry) if asked else ():
            assert tuple(sorted(PLACEHOLDER.findall(text))) in asked, (entry.msgid, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_what_is_compiled_is_what_is_written(room: str, language: str) -> None:
    written = {key_of(entry): said_in(entry) for entry in catalogue(room, language) if not entry.obsolete}
    file = ROOT / room / "locale" / language / "LC_MESSAGES" / "django.mo"
    assert {key_of(entry): said_in(entry) for entry in polib.mofile(str(file))} == written


@pytest.mark.parametrize(
    ("language", "word", "days"),
    [
        ("pt-br", "Serviços", "2 dias úteis"),
        ("es", "Servicios", "2 días hábiles"),
        ("en", "Services", "2 working days"),
        ("en-us", "Services", "2 working days"),
    ],
)
def test_each_language_is_spoken(language: str, word: str, days: str) -> None:
    with translation.override(language):
        assert translation.gettext("Serviços") == word
        assert translation.ngettext("%(n)s dia útil", "%(n)s dias úteis", 2) % {"n": 2} == days


#: What Wagtail's own Portuguese says and no editor should have to learn; a name of a placeholder is none of it.
PROGRAMMERS = re.compile(r"moderaç|requisitad|snippet|slug|fluxo de trabalho|despublic", re.IGNORECASE)


def test_what_we_say_in_wagtails_place_is_said_by_it_in_english_and_plain() -> None:
    names = ("django", "wagtail", "wagtail_localize", "django_filters")
    packages = (Path(import_module(name).__path__[0]) for name in names)
    sources = [file for package in packages for file in package.glob("**/locale/en*/LC_MESSAGES/django.po")]
    theirs = {key_of(entry) for file in sources for entry in polib.pofile(str(file))}
    mended = catalogue("conecta_site", "pt_BR")
    # An upgrade that words it otherwise leaves a sentence here that nobody sees.
    assert {key_of(entry) for entry in mended} - theirs == set()
    plain = {entry.msgid: [PLACEHOLDER.sub("", text) for text in said_in(entry)] for entry in mended}
    assert [msgid for msgid, texts in plain.items() if any(map(PROGRAMMERS.search, texts)) or not all(texts)] == []
    compiled = polib.mofile(str(ROOT / "conecta_site/locale/pt_BR/LC_MESSAGES/django.mo"))
    assert {key_of(entry): said_in(entry) for entry in compiled} == {key_of(e): said_in(e) for e in mended}


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Submit for moderation", "Enviar para aprovação"),
        ("live + draft", "no ar + rascunho"),
        ("Approved at '%(task)s'. '%(workflow)s' complete", "Aprovado em “%(task)s”. “%(workflow)s” terminou"),
    ],
)
def test_editors_read_our_words_for_wagtails(english: str, said: str) -> None:
    with translation.override("pt-br"):
        assert translation.gettext(english) == said
