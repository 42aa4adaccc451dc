"""The rules of completeness, as data: first what concerns every entry, then each kind's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from services.rules.others import OTHER_RULES
from services.rules.rule import LAW, Rule
from services.rules.service import SERVICE_RULES
from services.saying import is_placeholder, says_something

#: Kinds whose pages are read on their own, and so need to say what they are.
SUMMARISED = frozenset({"service", "procedure", "information"})


def _no_title(record: Any) -> bool:
    # A theme may be called "Outros".
    return is_placeholder(record.title) if record.kind in SUMMARISED else not record.title


def _no_summary(record: Any) -> bool:
    return not says_something(record.summary, beside=[record.title])


RULES: tuple[Rule, ...] = (
    Rule("title", "title", LAW + "§ 2º, I", _("Escreva o título."), "required", _no_title),
    Rule(
        "summary",
        "summary",
        LAW + "§ 2º, I",
        _("Escreva o resumo: diga em uma ou duas frases o que é."),
        "required",
        _no_summary,
        SUMMARISED,
    ),
    *SERVICE_RULES,
    *OTHER_RULES,
)
#: Keys of the rules that a service may say do not apply to it.
WAIVABLE = frozenset(rule.key for rule in RULES if rule.waivable)

__all__ = ["RULES", "WAIVABLE", "Rule"]
