"""Advice on plain Portuguese (Lei 15.263/2025, Política Nacional de Linguagem Simples). Pure.

Advice, never a gate: an editor may wave each finding away, by its id or by its rule.
"""

from services.advice import Finding
from services.plain_language.findings import findings, record_findings
from services.plain_language.reading_ease import FORMULA, ReadingEase, reading_ease
from services.plain_language.record_texts import Passage, texts_of
from services.plain_language.rule import Rule
from services.plain_language.rules import RULES

__all__ = [
    "FORMULA",
    "RULES",
    "Finding",
    "Passage",
    "ReadingEase",
    "Rule",
    "findings",
    "reading_ease",
    "record_findings",
    "texts_of",
]
