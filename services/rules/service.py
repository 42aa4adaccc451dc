"""What a service must say (Lei 13.460/2017 art. 7, §§ 2 and 3), and what it should.

The advice is that of Decreto 9.094/2017 art. 11 and of the federal portal's editorial rules.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.record import Service
from services.record.service import Channel
from services.rules.rule import LAW, Gaping, Rule, Severity
from services.saying import folded, is_placeholder, leads_somewhere, says_something

_DECREE = "Decreto 9.094/2017, art. 11"
_EDITORIAL = "Regras editoriais do portal gov.br"
_FEWEST_KEYWORDS = 3
#: Words of a title that tell of a benefit which not everybody gets.
_LIMITED = frozenset(
    ["auxilio", "beneficio", "bolsa", "cesta", "credito", "isencao", "passe", "sorteio", "vaga", "vagas"]
)


#: Commitments in the order in which they are read; the later of two that say the same says nothing.
_COMMITMENTS = ("manifestation", "priority", "waiting", "communication", "manifestation_handling", "status_lookup")


def _what_it_is(record: Service) -> list[str]:
    return [record.title, record.summary, record.description, record.outcome]


def _no_applicants(record: Service) -> bool:
    beside = _what_it_is(record)
    texts = [record.requirements]
    texts += [text for applicant in record.applicants for text in (applicant.who, applicant.requirements)]
    return not any(says_something(text, beside=beside) for text in texts)


def _no_documents(record: Service) -> bool:
    beside = _what_it_is(record)
    items = [
        item
        for step in record.steps
        for items in (step.documents.default, *(case.items for case in step.documents.cases))
        for item in items
    ]
    return not record.forms and not any(says_something(item.name, beside=beside) for item in items)


def _no_steps(record: Service) -> bool:
    beside = [*_what_it_is(record), record.requirements]
    texts = (text for step in record.steps for text in (step.title, step.description))
    return not any(says_something(text, beside=beside) for text in texts)


def _no_maximum_time(record: Service) -> bool:
    time = record.time
    if time is None or time.type in ("average", "not_estimated"):
        return True
    return time.type != "immediate" and not (time.max and time.unit)


def _no_channels(record: Service) -> bool:
    def tells(channel: Channel, beside: list[str]) -> bool:
        told = leads_somewhere(channel.url) or says_something(channel.text, beside=beside)
        return told or channel.type == "home_visit"

    link = record.digital_link
    if record.units or (link is not None and leads_somewhere(link.url)):
        return False
    known = _what_it_is(record)
    return not any(
        tells(channel, [*known, step.title, step.description])
        for step in record.steps
        for channels in (step.channels.default, *(case.items for case in step.channels.cases))
        for channel in channels
    )


def _no_waiting(record: Service) -> bool:
    told = any(channel.waiting for step in record.steps for channel in step.channels.default)
    return not told and _no_standard("waiting")(record)


def _no_standard(name: str) -> Gaping:
    def gap(record: Any) -> bool:
        standard = getattr(record.standards, name)
        if standard is None:
            return True
        # What body or city promise was not copied from a field of this service.
        own = standard.origin == "service"
        return not says_something(standard.text, beside=_told_before(record, name) if own else ())

    return gap


def _told_before(record: Service, name: str) -> Iterator[str]:
    yield from (*_what_it_is(record), record.requirements)
    for earlier in _COMMITMENTS[: _COMMITMENTS.index(name) if name in _COMMITMENTS else None]:
        standard = getattr(record.standards, earlier)
        if standard is not None:
            yield standard.text


def _no_criteria(record: Service) -> bool:
    limited = not _LIMITED.isdisjoint(folded(record.title).split())
    return limited and not any(says_something(each.description) for each in record.criteria)


def _no_way_to_appeal(record: Service) -> bool:
    return bool(record.criteria) and not says_something(record.appeal)


def _service(
    key: str, field: str, article: str, label: Promise | str, severity: Severity, gap: Gaping, *, waivable: bool = False
) -> Rule:
    return Rule(key, field, article, label, severity, gap, frozenset({"service"}), waivable)


SERVICE_RULES: tuple[Rule, ...] = (
    _service(
        "applicants",
        "applicants",
        LAW + "§ 2º, II",
        _("Diga quem pode pedir e o que se exige da pessoa."),
        "required",
        _no_applicants,
    ),
    _service(
        "documents",
        "steps",
        LAW + "§ 2º, II",
        _("Liste os documentos em alguma etapa, ou diga por que não se pede nenhum."),
        "required",
        _no_documents,
        waivable=True,
    ),
    _service(
        "steps",
        "steps",
        LAW + "§ 2º, III",
        _("Escreva as etapas: o que a pessoa faz, na ordem."),
        "required",
        _no_steps,
    ),
    _service(
        "time",
        "time_type",
        LAW + "§ 2º, IV",
        _("Diga o prazo máximo: na hora, até quanto tempo, ou entre quanto e quanto."),
        "required",
        _no_maximum_time,
    ),
    _service(
        "channels",
        "steps",
        LAW + "§ 2º, V",
        _("Diga por onde se pede: balcão, telefone, internet ou outro canal, em alguma etapa."),
        "required",
        _no_channels,
    ),
    _service(
        "manifestation",
        "standard_manifestation",
        LAW + "§ 2º, VI",
        _("Diga onde e como reclamar, denunciar ou elogiar."),
        "required",
        _no_standard("manifestation"),
    ),
    _service(
        "priority",
        "standard_priority",
        LAW + "§ 3º, I",
        _("Diga quem é atendido primeiro."),
        "required",
        _no_standard("priority"),
    ),
    _service(
        "waiting",
        "standard_waiting",
        LAW + "§ 3º, II",
        _("Diga quanto tempo se espera pelo atendimento, ou por que não há espera."),
        "required",
        _no_waiting,
        waivable=True,
    ),
    _service(
        "communication",
        "standard_communication",
        LAW + "§ 3º, III",
        _("Diga como a Prefeitura fala com quem pediu."),
        "required",
        _no_standard("communication"),
    ),
    _service(
        "manifestation_handling",
        "standard_manifestation_handling",
        LAW + "§ 3º, IV",
        _("Diga como as reclamações são recebidas e respondidas."),
        "required",
        _no_standard("manifestation_handling"),
    ),
    _service(
        "status_lookup",
        "standard_status_lookup",
        LAW + "§ 3º, V",
        _("Diga como acompanhar o pedido, ou por que não há o que acompanhar."),
        "required",
        _no_standard("status_lookup"),
        waivable=True,
    ),
    _service(
        "treatment",
        "standard_treatment",
        _DECREE,
        _("Diga como as pessoas são tratadas no atendimento."),
        "advised",
        _no_standard("treatment"),
    ),
    _service(
        "accessibility",
        "standard_accessibility",
        _DECREE,
        _("Diga que acessibilidade os locais têm."),
        "advised",
        _no_standard("accessibility"),
    ),
    _service(
        "cleanliness",
        "standard_cleanliness",
        _DECREE,
        _("Diga como são a limpeza e o conforto dos locais."),
        "advised",
        _no_standard("cleanliness"),
    ),
    _service(
        "system_down",
        "standard_system_down",
        _DECREE,
        _("Diga o que acontece quando o sistema está fora do ar."),
        "advised",
        _no_standard("system_down"),
    ),
    _service(
        "criteria",
        "criteria",
        LAW + "§ 2º, II",
        _("Diga como a Prefeitura decide quem recebe, já que não há para todos."),
        "advised",
        _no_criteria,
        waivable=True,
    ),
    _service(
        "appeal",
        "appeal",
        "Lei 9.784/1999, art. 56",
        _("Diga como recorrer da decisão."),
        "advised",
        _no_way_to_appeal,
        waivable=True,
    ),
    _service("free", "free", _EDITORIAL, _("Diga se é grátis."), "advised", lambda r: r.free is None),
    _service(
        "legislation",
        "legislation",
        _EDITORIAL,
        _("Cite a lei ou a norma em que o serviço se apoia."),
        "advised",
        lambda r: not any(says_something(law.title) or leads_somewhere(law.url) for law in r.legislation),
    ),
    _service(
        "popular_names",
        "popular_names",
        _EDITORIAL,
        _("Escreva como as pessoas chamam o serviço."),
        "advised",
        lambda r: all(is_placeholder(name) for name in r.popular_names),
    ),
    _service(
        "keywords",
        "keywords",
        _EDITORIAL,
        _("Escreva pelo menos três palavras-chave."),
        "advised",
        lambda r: sum(not is_placeholder(word) for word in r.keywords) < _FEWEST_KEYWORDS,
    ),
    _service("topics", "topics", _EDITORIAL, _("Escolha pelo menos um tema."), "advised", lambda r: not r.topics),
)
