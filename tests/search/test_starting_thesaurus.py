"""The thesaurus that a city begins with."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from search.models import RulesHead, SynonymGroup
from search.rules import MOST_TERM_WORDS, Synonyms
from search.rules_in_force import RulesInForce
from search.starting_thesaurus import FOLDER, load_after_migrating, load_once, read_thesaurus
from search.text import LANGUAGES, language_of
from services.models.fields import lines
from tests.search.rules import without_thesaurus

SMALL = settings.BASE_DIR / "tests" / "data" / "thesaurus"


@pytest.mark.django_db
def test_it_is_loaded_once_and_then_the_editors_own() -> None:
    without_thesaurus()
    RulesHead.objects.update(thesaurus_loaded=False)
    process = RulesInForce()
    assert process.of("pt", seconds=0).meanings == {}
    loaded = load_once(RulesHead, SynonymGroup, folder=SMALL)
    assert loaded == SynonymGroup.objects.filter(origin="thesaurus").count() == 21
    assert process.of("pt", seconds=1).meanings[("remedi",)] == (("medicamento",), ("assistencia", "farmaceutica"))
    SynonymGroup.objects.filter(said="dentista").update(meant="odontologia")
    SynonymGroup.objects.exclude(said="dentista").delete()
    assert load_once(RulesHead, SynonymGroup, folder=SMALL) == 0
    assert SynonymGroup.objects.get().meant == "odontologia"
    without_thesaurus()
    assert load_once(RulesHead, SynonymGroup, folder=SMALL) == 0


@pytest.mark.django_db
def test_migrating_loads_what_the_command_would(capsys: pytest.CaptureFixture[str]) -> None:
    """The database of this test was migrated like a city's."""
    assert RulesHead.objects.filter(thesaurus_loaded=True).exists() == any(FOLDER.glob("*.jsonl"))
    before = SynonymGroup.objects.count()
    load_after_migrating("default")
    call_command("load_thesaurus")
    assert SynonymGroup.objects.count() == before
    assert capsys.readouterr().out == "loaded=0\n"


def test_both_forms_of_a_line_are_read_and_no_other() -> None:
    assert list(read_thesaurus(['{"said": ["a"], "meant": ["b", "c"]}', "", '{"same": ["d", "e"]}'])) == [
        Synonyms(["a"], ["b", "c"]),
        Synonyms(["d", "e"], two_way=True),
    ]
    for wrong in ("{", "[]", '{"same": ["a"]}', '{"said": ["a"]}', '{"said": ["a"], "meant": [" "]}', '{"same": "ab"}'):
        with pytest.raises(ValueError, match=r"line|Expecting"):
            list(read_thesaurus([wrong]))


@pytest.mark.parametrize("file", sorted({*FOLDER.glob("*.jsonl"), *SMALL.glob("*.jsonl")}), ids=lambda file: file.stem)
def test_every_term_can_be_typed(file: Path) -> None:
    assert file.stem in LANGUAGES
    language = language_of(file.stem)
    for group in read_thesaurus(file.read_text(encoding="utf-8").splitlines()):
        for term in (*group.said, *group.meant):
            assert 0 < len(language.asked(term)) <= MOST_TERM_WORDS, term
            assert lines(term) == [term]
