"""What a poster says, read off published records: Lei 13.460/2017 art. 6 VI, letter by letter.

a) hours; b) the services, where exactly, and the sector that attends; c) who receives manifestations; d) how to follow
a request; e) what is to be paid. And, below the code, how to say how it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.posters.codes import page_address, rating_address, spoken_address
from services import wording
from services.record import City, Ref, Service, Unit
from services.record.service import Fees
from services.record.values import Contact, Standard
from services.rich_text import plain

#: A promise longer than this is told by its first lines, and in whole on the page that the poster names.
_LONGEST_PROMISE = 280


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it."""

    heading: str
    lines: list[str]


@dataclass(frozen=True)
class Row:
    """A line of the poster's table: a service and what it costs, or a place and when it is open."""

    title: str
    detail: str
    note: str = ""


@dataclass(frozen=True)
class Poster:
    """All words of a poster, in the active language."""

    city: str
    body: str
    title: str
    lead: str
    parts: list[Part]
    rows_heading: str
    columns: tuple[str, str]
    rows: list[Row]
    #: What is said of so many rows for which there is no room: the first is of none.
    more: list[str]
    complain: Part
    ask: str
    hint: str
    typed: str
    address: str
    code: str = ""
    alt: str = ""
    foot: list[str] = field(default_factory=list)


def of_unit(unit: Unit, services: Sequence[Service], city: City | None) -> Poster:
    """The poster of a counter; ``services`` are those given there, by title."""
    page = page_address(unit)
    hours = [_sentence(wording.hours(each)) for each in unit.hours]
    if unit.open_on_holidays and hours:
        hours.append(_("também nos feriados"))
    if unit.itinerant or unit.visits:
        hours.append(_("Dias e lugares das próximas visitas: %(address)s") % {"address": page})
    rows = [Row(each.title, wording.cost(each) or _("pergunte antes de pagar"), each.sector) for each in services]
    parts = [
        Part(_("Horário de atendimento"), hours or [_("Ainda não foi publicado: pergunte à equipe.")]),
        Part(_("Onde fica"), _stated(wording.address(unit.address), unit.how_to_get_there)),
        Part(_("Quem atende"), [*_sector(unit.secretariat, unit.type), *_contacts(unit.contacts)]),
        *_following(city.standards.status_lookup if city else None, page),
    ]
    return Poster(
        city=city.title if city else "",
        body=unit.secretariat.title if unit.secretariat else "",
        title=unit.title,
        lead=unit.summary,
        parts=[part for part in parts if part.lines],
        rows_heading=_("O que você resolve aqui"),
        columns=(_("Serviço"), _("Quanto custa")),
        rows=rows,
        more=_more(_services_more, len(rows), page),
        complain=_complaining(city.standards.manifestation if city else None, city, page),
        foot=[_("Tudo sobre este lugar: %(address)s") % {"address": page}],
        **_code(unit),
    )


def of_service(service: Service, units: Sequence[Unit], city: City | None) -> Poster:
    """The poster of a service; ``units`` are where it is given, by title."""
    page = page_address(service)
    if units:
        heading, columns = _("Onde ir"), (_("Lugar"), _("Horário"))
        rows = [
            Row(unit.title, "\n".join(map(wording.hours, unit.hours)) or _("pergunte"), wording.address(unit.address))
            for unit in units
        ]
    else:
        heading, columns = _("Como pedir"), (_("Forma"), _("Onde"))
        channels = next((step.channels.default for step in service.steps if step.channels.default), [])
        rows = [Row(wording.channel_name(each), each.text or each.url or page) for each in channels]
    parts = [
        Part(_("Quanto custa"), _fees(service)),
        Part(_("Quanto demora"), _stated(_sentence(wording.time_estimate(service.time)))),
        Part(_("Quem atende"), _sector(service.secretariat, service.sector)),
        *_following(service.standards.status_lookup, page),
    ]
    return Poster(
        city=city.title if city else "",
        body=service.secretariat.title if service.secretariat else "",
        title=service.title,
        lead=service.summary,
        parts=[part for part in parts if part.lines],
        rows_heading=heading,
        columns=columns,
        rows=rows,
        more=_more(_places_more, len(rows), page),
        complain=_complaining(service.standards.manifestation, city, page),
        foot=[_("O que levar e como fazer: %(address)s") % {"address": page}],
        **_code(service),
    )


def _code(record: Service | Unit) -> dict[str, str]:
    typed = spoken_address(record)
    return {
        "ask": _("Como foi o atendimento?"),
        "hint": _("Aponte a câmera do celular"),
        "typed": _("ou digite no navegador"),
        "address": typed,
        "code": rating_address(record),
        "alt": _("Código QR que abre a página de avaliação: %(address)s") % {"address": typed},
    }


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _stated(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _more(sentence: Callable[[int], str], rows: int, page: str) -> list[str]:
    return [sentence(hidden) % {"n": hidden, "page": page} if hidden else "" for hidden in range(rows + 1)]


def _services_more(hidden: int) -> str:
    return ngettext("e mais %(n)d serviço em %(page)s", "e mais %(n)d serviços em %(page)s", hidden)


def _places_more(hidden: int) -> str:
    return ngettext("e mais %(n)d lugar em %(page)s", "e mais %(n)d lugares em %(page)s", hidden)


def _sector(body: Ref | None, sector: str) -> list[str]:
    return list(dict.fromkeys(_stated(sector, body.title if body else "")))


def _contacts(contacts: Sequence[Contact]) -> list[str]:
    lines = []
    for each in contacts:
        value = wording.phone(each.value) if each.type in ("phone", "whatsapp") else each.value
        lines.append(f"{wording.contact_name(each)}: {value}" + (f" ({each.note})" if each.note else ""))
    return lines


def _fees(service: Service) -> list[str]:
    """Each fee with what it is for, and those of a case with the case."""
    lines = [line for step in service.steps for line in _fees_of(step.fees)]
    if lines and not service.free:
        return lines
    cost = wording.cost(service)
    return [_sentence(cost)] if cost else [_("O custo não foi publicado: pergunte antes de pagar.")]


def _fees_of(fees: Fees) -> list[str]:
    lines = [_fee(each.name, wording.fee(each)) for each in fees.default]
    for case in fees.cases:
        lines += [_fee(", ".join(_stated(case.text, each.name)), wording.fee(each)) for each in case.items]
    return lines


def _fee(name: str, amount: str) -> str:
    return f"{name}: {amount}" if name else amount


def _promise(standard: Standard | None, page: str) -> list[str]:
    """Its first lines, whole, and where the rest is."""
    if standard is None:
        return []
    told: list[str] = []
    lines = [line if line[-1] in ".:;!?" else f"{line};" for line in plain(standard.text).split("\n") if line]
    for line in lines:
        if told and len(" ".join([*told, line])) > _LONGEST_PROMISE:
            break
        told.append(line)
    rest = len(told) < len(lines)
    while rest and len(told) > 1 and told[-1][-1] in "?:":
        # A question whose answer is left out says nothing.
        told.pop()
    if told and told[-1][-1] == ";":
        told[-1] = f"{told[-1][:-1]}."
    more = [_("Leia tudo em %(address)s") % {"address": page}] if rest else []
    return _stated(" ".join([*told, *more]))


def _following(standard: Standard | None, page: str) -> list[Part]:
    return [Part(_("Acompanhe o seu pedido"), _promise(standard, page))]


def _complaining(standard: Standard | None, city: City | None, page: str) -> Part:
    contacts = city.contacts if city else []
    # The switchboard does for a city that names no ombudsman.
    ombudsman = [each for each in contacts if "ouvidoria" in f"{each.note} {each.value}".casefold()]
    lines = _contacts(ombudsman or contacts)
    short = standard is not None and len(plain(standard.text)) <= _LONGEST_PROMISE
    if short or not lines:
        lines = [*_promise(standard, page), *lines]
    if not lines:
        lines = [_("Veja com quem falar no fim da página %(address)s") % {"address": page}]
    lines.append(_("A Ouvidoria responde em até 30 dias. Você não precisa dizer o motivo."))
    return Part(_("Reclamar, sugerir ou elogiar"), lines)
