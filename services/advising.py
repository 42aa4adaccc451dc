"""What the panel beside the form says of words as they are typed: plain Portuguese, demands that the law forbids."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks

from services.advice import Finding
from services.burdens import burden_findings
from services.form_advice import Advice
from services.plain_language import FORMULA, reading_ease, record_findings, texts_of
from services.record import Entry, Service

#: Letters of the words that a finding quotes: enough to find them by.
_QUOTED = 80
#: Parts of a record that are several fields of the form: ``standards.priority.text`` is ``standard_priority``.
_SPLIT = {"standards": "standard", "time": "time", "validity": "validity"}


@hooks.register("conecta_form_advice")
def advise_on_words(_entry: Any, record: Entry) -> list[Advice]:
    """What the law forbids to ask for, then what could be plainer, in the order of the form; how easy it reads."""
    burdens = burden_findings(record) if isinstance(record, Service) else []
    found = _told(_("O que a lei dispensa de pedir"), burdens)
    found += _told(_("Linguagem simples"), record_findings(record))
    ease = reading_ease("\n".join(passage.text for passage in texts_of(record)))
    if ease is not None and record.locale.lower().startswith("pt"):
        said = _("De 0 a 100, este texto tem %(score)d: leitura %(band)s.") % {"score": ease.score, "band": ease.band}
        found.append(Advice(_("Facilidade de leitura"), said, source=FORMULA))
    return found


def _told(heading: str, findings: Iterable[Finding]) -> list[Advice]:
    return [
        Advice(
            heading,
            _("“%(words)s”. %(why)s %(alternative)s")
            % {"words": _quoted(each.words), "why": each.why, "alternative": _suggested(each)},
            field=_field_of(each.field),
            source=each.source,
            id=each.id,
        )
        for each in findings
    ]


def _quoted(words: str) -> str:
    return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + "…"


def _suggested(finding: Finding) -> str:
    """A sentence says what to do; a few words are what to write."""
    alternative = str(finding.alternative)
    return alternative if alternative.endswith((".", "”", "!")) else _("Prefira: “%s”.") % alternative


def _field_of(path: str) -> str:
    first, _dot, rest = path.partition(".")
    name = first.partition("[")[0]
    return f"{_SPLIT[name]}_{rest.partition('.')[0]}" if name in _SPLIT and rest else name
