"""A service as the element tree of schema v3: the way back of ``federal_v3`` and ``federal_v3_steps``."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape, quoteattr

from services.interchange.base import Charter
from services.interchange.federal_v3_fields import EXTENSION, NAMESPACE, OTHER_NAME
from services.interchange.federal_v3_steps import CHANNEL_TYPES, CURRENCIES, DURATION_UNITS, TIME_TYPES
from services.interchange.federal_v3_words import amount, introduction, law, link_or_text, rich, text
from services.record import Entry, Ref, Secretariat, Service
from services.record.service import Channel, Condition, Document, Fee, Step, Validity
from services.record.values import Standard, TimeEstimate
from services.rich_text import safe_href

#: What federal files have no word for.
_NEAREST = {"home_visit": "presencial"}
_TYPES = {ours: theirs for theirs, ours in CHANNEL_TYPES.items()} | _NEAREST
_TIMES = {ours: theirs for theirs, ours in TIME_TYPES.items()}
#: ``dias-uteis`` before ``dias úteis``: the spelling of times; channels write the other.
_TIME_UNITS = {ours: theirs for theirs, ours in reversed(DURATION_UNITS.items())}
_WAIT_UNITS = {ours: theirs for theirs, ours in DURATION_UNITS.items()}
_MONEY = {ours: theirs.upper() for theirs, ours in reversed(CURRENCIES.items()) if theirs}
_TRUTH = {None: "", True: "true", False: "false"}
_VALIDITY = {"unstated": "", "unlimited": "Sem validade", "limited": "Válido por"}
_VALIDITY_UNITS = {None: "", "days": "dias", "months": "meses", "years": "anos"}


def number_of(entry_id: str) -> str:
    """The ``dbId`` of a service: the number that its id is."""
    padded = entry_id.upper() + "=" * (-len(entry_id) % 8)
    return str(int.from_bytes(base64.b32decode(padded), "big"))


@dataclass(frozen=True)
class Named:
    """What services name: bodies whole, topics and audiences by their titles. ``source`` is whose ids are kept."""

    source: str
    bodies: Mapping[str, Secretariat] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, charter: Charter, source: str) -> "Named":
        """Of a charter: it holds as many as it has bodies, topics and audiences, and no service."""
        bodies = {entry.id: entry for entry in charter.of("secretariat") if isinstance(entry, Secretariat)}
        return cls(source, bodies, {entry.id: entry.title for entry in charter.of("topic", "audience")})

    def title(self, ref: Ref) -> str:
        """How an entry is called, ``""`` if nobody knows."""
        return self.titles.get(ref.id) or ref.title

    def id_of(self, entry: Entry) -> str:
        """The id in the source's files; an entry that is of none has its own."""
        return entry.source_id if entry.source == self.source and entry.source_id else entry.id


def tree(service: Service, named: Named) -> Element:
    """The ``servico`` element, without a namespace. What says nothing is left out, unless the schema has it always."""
    root = Element("servico")
    _put(root, "id", named.id_of(service))
    _put(root, "dbId", number_of(service.id))
    _put(root, "nome", text(service.title))
    _put(root, "sigla", text(service.acronym))
    _items(root, "nomes-populares", map(text, service.popular_names))
    _put(root, "descricao", introduction(service))
    _put(root, "contato", rich(service.contact))
    _put(root, "gratuito", _TRUTH[service.free])
    _put(root, "servico-digital", _TRUTH[service.online])
    if service.digital_link and safe_href(service.digital_link.url).startswith("http"):
        _put(root, "link-servico-digital", service.digital_link.url)
    _applicants(root, service)
    _time(root, service.time)
    _validity(root, service.validity)
    steps = SubElement(root, "etapas")
    answers = _answers(service)
    for step in service.steps:
        _step(SubElement(steps, "etapa"), step, answers)
    _body(root, service, named)
    _items(root, "segmentos-da-sociedade", (text(named.title(ref)) for ref in service.audiences))
    _items(root, "areas-de-interesse", (text(named.title(ref)) for ref in service.topics))
    _items(root, "palavras-chave", map(text, service.keywords))
    _items(root, "legislacoes", map(law, service.legislation))
    related = [number_of(ref.id) for ref in service.related]
    _items(root, "servicos-relacionados", [*related, *map(text, service.related_texts)])
    _standard(root, "condicoes-acessibilidade", service.standards.accessibility)
    _standard(root, "tratamento-prioritario", service.standards.priority)
    _standard(root, "tratamento-dispensado-atendimento", service.standards.treatment)
    return root


def as_xml(root: Element) -> bytes:
    """The file of a tree. The standard library's writer took a third of an export's time."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    root.set("xmlns", NAMESPACE)
    root.set("xmlns:conecta", EXTENSION)
    _write(root, parts)
    return "".join(parts).encode()


def _write(element: Element, parts: list[str]) -> None:
    name = element.tag if element.tag != OTHER_NAME else f"conecta:{OTHER_NAME.rpartition('}')[2]}"
    said = "".join(f" {key}={quoteattr(value)}" for key, value in element.attrib.items())
    if not element.text and not len(element):
        parts.append(f"<{name}{said}/>")
        return
    parts.append(f"<{name}{said}>{escape(element.text or '')}")
    for child in element:
        _write(child, parts)
    parts.append(f"</{name}>")


def _put(parent: Element, name: str, said: str) -> None:
    SubElement(parent, name).text = said or None


def _items(root: Element, name: str, said: Iterable[str]) -> None:
    if found := [one for one in said if one]:
        parent = SubElement(root, name)
        for one in found:
            _put(parent, "item", one)


def _standard(root: Element, name: str, standard: Standard | None) -> None:
    if standard:
        _put(root, name, rich(standard.text))


def _applicants(root: Element, service: Service) -> None:
    parent = SubElement(root, "solicitantes")
    said = [(text(one.who), rich(one.requirements)) for one in service.applicants]
    # What is asked of everybody has no place of its own.
    if service.requirements:
        said.append(("", rich(service.requirements)))
    for who, requirements in said:
        element = SubElement(parent, "solicitante")
        _put(element, "tipo", who)
        _put(element, "requisitos", requirements)


def _time(parent: Element, time: TimeEstimate | None) -> None:
    if time is None:
        return
    element = SubElement(parent, "tempo-total-estimado")
    name, bounds = _TIMES[time.type], {}
    if name not in {"atendimento-imediato", "nao-estimado-ainda"}:
        if time.max is None or time.unit is None:
            name = "nao-estimado-ainda"
        else:
            name = "ate" if name == "entre" and time.min is None else name
            bounds = {"min": str(time.min)} if name == "entre" else {}
            bounds |= {"max": str(time.max), "unidade": _TIME_UNITS[time.unit]}
    SubElement(element, name, bounds)
    _put(element, "descricao", text(time.note))


def _validity(root: Element, validity: Validity | None) -> None:
    if validity is None:
        return
    element = SubElement(root, "validade-documento")
    _put(element, "tipo", _VALIDITY[validity.type])
    if validity.quantity:
        _put(element, "quantidade", str(validity.quantity))
    _put(element, "unidade", _VALIDITY_UNITS[validity.unit])
    _put(element, "descricao", text(validity.note))


def _body(root: Element, service: Service, named: Named) -> None:
    if service.secretariat is None:
        return
    body = named.bodies.get(service.secretariat.id)
    if body is None:
        _put(SubElement(root, "orgao", id=service.secretariat.id), "nomeOrgao", text(service.secretariat.title))
        return
    element = SubElement(root, "orgao", id=named.id_of(body))
    _put(element, "nomeOrgao", text(f"{body.title} ({body.acronym})" if body.acronym else body.title))
    for name in body.other_names:
        _put(element, OTHER_NAME, text(name))


def _answers(service: Service) -> Callable[[Condition | None], str]:
    """Says when a case applies, where it says it by answers to questions."""
    questions = {question.id: question for question in service.questions}

    def said(condition: Condition | None) -> str:
        question = questions.get(condition.question.id) if condition else None
        if condition is None or question is None:
            return ""
        words = [answer.text for answer in question.answers if answer.key in condition.answers]
        return f"{question.title} {' ou '.join(words)}"

    return said


def _step(element: Element, step: Step, answers: Callable[[Condition | None], str]) -> None:
    _put(element, "titulo", text(step.title))
    _put(element, "descricao", rich(step.description))
    _by_case(SubElement(element, "documentos"), step.documents, _documents, answers)
    _by_case(SubElement(element, "custos"), step.fees, _fees, answers)
    _by_case(SubElement(element, "canais-de-prestacao"), step.channels, _channels, answers)
    _time(element, step.time)


def _by_case(
    parent: Element, held: Any, put: Callable[[Element, Sequence[Any]], None], answers: Callable[..., str]
) -> None:
    put(SubElement(parent, "default"), held.default)
    for case in held.cases:
        said = case.text or answers(case.condition)
        put(SubElement(parent, "caso", descricao=text(said)), case.items)


def _documents(parent: Element, documents: Sequence[Document]) -> None:
    for document in documents:
        said = [document.name, document.note, document.where_to_get, document.legal_basis]
        whole = text("\n".join(filter(None, said)))
        if parent.tag == "default":
            _put(parent, "item", whole)
        else:
            _put(SubElement(parent, "documento"), "descricao", whole)


def _fees(parent: Element, fees: Sequence[Fee]) -> None:
    for fee in fees:
        element = SubElement(parent, "custo")
        _put(element, "descricao", text(fee.name))
        _put(element, "moeda", _MONEY.get(fee.currency, fee.currency))
        _put(element, "valor", amount(fee.amount))
        _put(element, "statusCustoVariavel", "1" if fee.varies else "0")
        _put(element, "valorVariavel", text(fee.varies))


def _channels(parent: Element, channels: Sequence[Channel]) -> None:
    for channel in channels:
        element = SubElement(parent, "canal-de-prestacao", tipo=_TYPES[channel.type])
        if channel.waiting is not None:
            element.set("tempo-estimado-espera", str(channel.waiting.quantity))
            element.set("tempo-estimado-periodo", _WAIT_UNITS[channel.waiting.unit])
        if channel.system_down:
            element.set("procedimento-sistema-indisponivel", text(channel.system_down))
        _put(element, "descricao", link_or_text(channel.text, channel.url))
