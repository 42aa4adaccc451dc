"""Steps of a federal service: documents, fees and channels with their cases, and times."""

from collections.abc import Callable, Iterable
from typing import Literal, TypeVar
from xml.etree.ElementTree import Element

from services.interchange.base import Unreadable
from services.interchange.federal_v3_fields import NAMESPACE
from services.interchange.federal_v3_texts import amount, choice, line, link_or_text, rich, text, whole_number
from services.interchange.federal_v3_xml import children, only, text_of
from services.record.service import (
    Channel,
    ChannelCase,
    Channels,
    ChannelType,
    Document,
    DocumentCase,
    Documents,
    Fee,
    FeeCase,
    Fees,
    Step,
)
from services.record.values import Duration, DurationUnit, TimeEstimate

_Item = TypeVar("_Item")

CHANNEL_TYPES: dict[str, ChannelType] = {
    "presencial": "in_person",
    "web": "web",
    "web-agendar": "web_schedule",
    "web-acompanhar": "web_track",
    "web-consultar": "web_consult",
    "web-inscrever-se": "web_enrol",
    "web-emitir": "web_issue",
    "web-preencher": "web_fill_in",
    "web-declarar": "web_declare",
    "web-calcular-taxas": "web_calculate",
    "aplicativo-movel": "app",
    "telefone": "phone",
    "whatsapp": "whatsapp",
    "sms": "sms",
    "e-mail": "email",
    "postal": "post",
    "fax": "fax",
}
#: As ``unidade`` of a time and as ``tempo-estimado-periodo`` of a channel write them.
DURATION_UNITS: dict[str, DurationUnit] = {
    "minutos": "minutes",
    "horas": "hours",
    "dias-corridos": "calendar_days",
    "dias corridos": "calendar_days",
    "dias-uteis": "working_days",
    "dias úteis": "working_days",
    "meses": "months",
}
_TimeType = Literal["immediate", "up_to", "between", "average", "not_estimated"]
TIME_TYPES: dict[str, _TimeType] = {
    "atendimento-imediato": "immediate",
    "nao-estimado-ainda": "not_estimated",
    "ate": "up_to",
    "em-media": "average",
    "entre": "between",
}
CURRENCIES = {"r$": "BRL", "brl": "BRL", "": "BRL", "usd": "USD", "us$": "USD", "eur": "EUR", "€": "EUR"}
#: What ``statusCustoVariavel`` says where no words follow it.
VARIABLE_FEE = "Valor variável"
_EMPTY = Step()


def steps(root: Element) -> list[Step]:
    """The steps of a service, without those that are empty."""
    found = [_step(element) for element in children(only(root, "etapas"), "etapa")]
    return [step for step in found if step != _EMPTY]


def _step(element: Element) -> Step:
    documents = only(element, "documentos")
    fees = only(element, "custos")
    channels = only(element, "canais-de-prestacao")
    return Step(
        title=line(text_of(element, "titulo")),
        description=rich(text_of(element, "descricao")),
        documents=Documents(
            default=_default(documents, _documents),
            cases=[DocumentCase(text=said, items=items) for said, items in _cases(documents, _documents)],
        ),
        fees=Fees(
            default=_default(fees, _fees),
            cases=[FeeCase(text=said, items=items) for said, items in _cases(fees, _fees)],
        ),
        channels=Channels(
            default=_default(channels, _channels),
            cases=[ChannelCase(text=said, items=items) for said, items in _cases(channels, _channels)],
        ),
        time=time_estimate(only(element, "tempo-total-estimado")),
    )


def _default(parent: Element | None, read: Callable[[Element], list[_Item]]) -> list[_Item]:
    element = None if parent is None else only(parent, "default")
    return [] if element is None else read(element)


def _cases(parent: Element | None, read: Callable[[Element], list[_Item]]) -> Iterable[tuple[str, list[_Item]]]:
    for element in children(parent, "caso"):
        said, items = line(element.get("descricao", "")), read(element)
        if said or items:
            yield said, items


def _documents(parent: Element) -> list[Document]:
    """Both spellings of a document, ``item`` and ``documento``, in the order of the file."""
    names = []
    for child in parent:
        if child.tag == f"{{{NAMESPACE}}}item":
            names.append(text(child.text or ""))
        elif child.tag == f"{{{NAMESPACE}}}documento":
            names.append(text(text_of(child, "descricao")))
    return [Document(name=name) for name in names if name]


def _fees(parent: Element) -> list[Fee]:
    found = [_fee(element) for element in children(parent, "custo")]
    return [fee for fee in found if fee.name or fee.varies or fee.amount is not None]


def _fee(element: Element) -> Fee:
    written = text_of(element, "valor")
    value = amount(written)
    is_variable = choice(
        text_of(element, "statusCustoVariavel"), {"": False, "0": False, "1": True}, "statusCustoVariavel"
    )
    words = [
        said for said in ("" if value is not None else text(written), text(text_of(element, "valorVariavel"))) if said
    ]
    if is_variable and value is None and not words:
        words.append(VARIABLE_FEE)
    currency = line(text_of(element, "moeda"))
    return Fee(
        name=text(text_of(element, "descricao")),
        amount=value,
        currency=CURRENCIES.get(currency.lower(), currency),
        varies="\n".join(words),
    )


def _channels(parent: Element) -> list[Channel]:
    return [_channel(element) for element in children(parent, "canal-de-prestacao")]


def _channel(element: Element) -> Channel:
    said, url = link_or_text(text_of(element, "descricao"))
    return Channel(
        type=choice(element.get("tipo", ""), CHANNEL_TYPES, "o tipo do canal de prestação"),
        text=said,
        url=url,
        waiting=_waiting(element),
        system_down=text(element.get("procedimento-sistema-indisponivel", "")),
    )


def _waiting(element: Element) -> Duration | None:
    """A wait without a unit is in minutes; a unit without a number says nothing."""
    quantity = whole_number(element.get("tempo-estimado-espera", ""), "tempo-estimado-espera")
    unit = choice(element.get("tempo-estimado-periodo", "") or "minutos", DURATION_UNITS, "tempo-estimado-periodo")
    return None if quantity is None else Duration(quantity=quantity, unit=unit)


def time_estimate(element: Element | None) -> TimeEstimate | None:
    """``tempo-total-estimado`` of a service or a step; ``None`` if it says nothing."""
    if element is None:
        return None
    note = text(text_of(element, "descricao"))
    found = [(name, child) for name in TIME_TYPES if (child := only(element, name)) is not None]
    if len(found) > 1:
        raise Unreadable(f"tempo-total-estimado diz duas coisas: {found[0][0]} e {found[1][0]}")
    if not found:
        return TimeEstimate(type="not_estimated", note=note) if note else None
    name, child = found[0]
    if name in {"atendimento-imediato", "nao-estimado-ainda"}:
        return TimeEstimate(type=TIME_TYPES[name], note=note)
    if _bound(child, "max", name) == 0:
        # A form left at zero: what is meant stands in its note.
        return TimeEstimate(type="immediate" if "imediat" in note.lower() else "not_estimated", note=note)
    return TimeEstimate(
        type=TIME_TYPES[name],
        min=_bound(child, "min", name) if name == "entre" else None,
        max=_bound(child, "max", name),
        unit=choice(child.get("unidade", ""), DURATION_UNITS, "a unidade do prazo"),
        note=note,
    )


def _bound(element: Element, attribute: str, name: str) -> int:
    value = whole_number(element.get(attribute, ""), f"{attribute} do prazo")
    if value is None:
        raise Unreadable(f"o prazo {name} não tem {attribute}")
    return value
