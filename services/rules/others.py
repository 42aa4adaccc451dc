"""What the other kinds of entries must say, and what they should."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from services.record import Procedure
from services.rules.rule import ACCESS_TO_INFORMATION, LAW, Rule
from services.saying import leads_somewhere, says_something


def _nowhere(record: Any) -> bool:
    address = record.address
    lines = (address.street, address.complement, address.neighbourhood) if address else ()
    told = any(says_something(line) for line in lines)
    return not (told or record.itinerant or says_something(record.how_to_get_there, beside=[record.title]))


def _no_steps_of_a_journey(record: Procedure) -> bool:
    beside = [record.title, record.summary]
    return not any(
        step.services or says_something(step.title, beside=beside) or says_something(step.description, beside=beside)
        for step in record.steps
    )


OTHER_RULES: tuple[Rule, ...] = (
    Rule(
        "mandate",
        "mandate",
        ACCESS_TO_INFORMATION + ", § 1º, I",
        _("Diga o que o órgão faz."),
        "advised",
        lambda r: not says_something(r.mandate, beside=[r.title]),
        frozenset({"secretariat"}),
    ),
    Rule(
        "contacts",
        "contacts",
        ACCESS_TO_INFORMATION + ", § 1º, I",
        _("Diga como falar com o lugar: telefone, e-mail ou outro contato."),
        "advised",
        lambda r: not r.contacts,
        frozenset({"secretariat", "unit"}),
    ),
    Rule(
        "attendance",
        "hours_text",
        ACCESS_TO_INFORMATION + ", § 1º, I",
        _("Diga o endereço e o horário do órgão."),
        "advised",
        lambda r: not (r.address and r.hours_text),
        frozenset({"secretariat"}),
    ),
    Rule(
        "place",
        "street",
        "Lei 13.460/2017, art. 6º, VI, b",
        _("Diga onde a unidade fica, ou que é itinerante."),
        "required",
        _nowhere,
        frozenset({"unit"}),
    ),
    Rule(
        "hours",
        "hours",
        "Lei 13.460/2017, art. 6º, VI, a",
        _("Diga em que dias e horas a unidade atende."),
        "advised",
        lambda r: not (r.hours or r.itinerant),
        frozenset({"unit"}),
    ),
    Rule(
        "journey",
        "steps",
        "Lei 14.129/2021",
        _("Escreva pelo menos um passo."),
        "required",
        _no_steps_of_a_journey,
        frozenset({"procedure"}),
    ),
    Rule(
        "body",
        "body",
        ACCESS_TO_INFORMATION,
        _("Escreva o texto: a resposta, ou a informação."),
        "required",
        lambda r: not says_something(r.body, beside=[r.title, r.summary]),
        frozenset({"information"}),
    ),
    Rule(
        "versions",
        "versions",
        LAW + "§ 2º, II",
        _("Junte o arquivo do formulário, com o dia desde o qual ele vale."),
        "required",
        lambda r: not any(leads_somewhere(version.url) for version in r.versions),
        frozenset({"form"}),
    ),
)
