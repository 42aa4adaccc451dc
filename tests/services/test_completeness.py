"""The gate: what an entry must say before it goes public."""

import pytest

from services.completeness import RULES, Incomplete, gaps, require
from tests.records import district, service, topic


def test_a_complete_entry_has_no_gap() -> None:
    assert gaps(service()) == []
    require(gaps(service()))


def test_each_gap_has_its_field_and_its_sentence() -> None:
    found = gaps(service(title="", summary=""))
    assert [(gap.rule.field, str(gap)) for gap in found] == [
        ("title", "Escreva o título."),
        ("summary", "Escreva o resumo: diga em uma ou duas frases o que é."),
    ]


def test_what_is_not_read_on_its_own_needs_no_summary() -> None:
    assert gaps(topic()) == gaps(district()) == []


def test_the_refusal_says_all_that_is_missing() -> None:
    with pytest.raises(Incomplete, match=r"^Escreva o título\. Escreva o resumo") as refusal:
        require(gaps(service(title="", summary="")))
    assert len(refusal.value.gaps) == 2


def test_every_rule_names_its_law_and_a_field_that_there_is() -> None:
    assert all(rule.article.startswith("Lei ") for rule in RULES)
    assert all(rule.field in type(service()).model_fields for rule in RULES)
