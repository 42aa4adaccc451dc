"""A whole booklet as plain data, in the active language: cover, rights, bodies with their services, places, index."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from services import naming, wording
from services.booklet.face import Face
from services.booklet.names import names
from services.booklet.service_part import Book, counted, service_part
from services.booklet.units_part import contacts, unit_part
from services.interchange import Charter
from services.languages import wire_tag
from services.record import City, Secretariat, Service, Unit
from services.record.values import Standards
from services.timing import election_period, timezone_of
from services.typesetting.words import paragraphs


@dataclass(frozen=True)
class Asked:
    """Of what a booklet is: the whole city or a body (by its id), at a moment, in a language of the database."""

    at: datetime
    locale: str
    body: str = ""


class NothingPublic(LookupError):
    """There is nothing of that to make a booklet of."""


@dataclass(frozen=True)
class _Found:
    city: City | None
    bodies: list[Secretariat]
    services: dict[str, list[Service]]
    units: dict[str, Unit]


def composed(charter: Charter, asked: Asked, face: Face) -> dict[str, Any]:
    """The data of ``booklet.typ``. Raises ``NothingPublic``."""
    found = _found(charter, asked)
    every = [service for services in found.services.values() for service in services]
    if not every and not found.bodies:
        raise NothingPublic(asked.body or "city")
    book = Book(
        base_url=charter.site.base_url,
        at=asked.at,
        city=found.city,
        services=frozenset(service.id for service in every),
        units=found.units,
    )
    language, _hyphen, region = wire_tag(asked.locale).partition("-")
    parts = [_body(body, found.services.get(body.id, []), book) for body in found.bodies]
    if homeless := found.services.get("", []):
        parts.append(_without_body(homeless, book))
    return {
        "language": language,
        "region": region or None,
        **_cover(asked, face, found, count=len(every)),
        "rights": _rights(found.city, book),
        "bodies": parts,
        "units": [unit_part(unit) for unit in found.units.values()],
        "names": names(every),
        "words": _words(),
    }


def _found(charter: Charter, asked: Asked) -> _Found:
    bodies = {each.id: each for each in charter.of("secretariat") if isinstance(each, Secretariat)}
    wanted = _below(bodies, asked.body) if asked.body else set(bodies)
    by_body: dict[str, list[Service]] = {}
    units_of: set[str] = set()
    for service in charter.of("service"):
        if not isinstance(service, Service):
            continue
        body = service.secretariat.id if service.secretariat and service.secretariat.id in bodies else ""
        if body in wanted or (not asked.body and not body):
            by_body.setdefault(body, []).append(service)
            units_of.update(ref.id for ref in service.units)
    units = [
        unit
        for unit in charter.of("unit")
        if isinstance(unit, Unit)
        and (unit.id in units_of or not asked.body or (unit.secretariat and unit.secretariat.id in wanted))
    ]
    city = next((each for each in charter.of("city") if isinstance(each, City)), None)
    today = asked.at.astimezone(timezone_of(city)).date()
    shown = [
        body
        for body in bodies.values()
        if body.id in wanted and (body.id in by_body or not (body.valid_until and body.valid_until < today))
    ]
    for services in by_body.values():
        services.sort(key=lambda service: _order(service.title))
    return _Found(
        city=city,
        bodies=sorted(shown, key=lambda body: _order(body.title)),
        services=by_body,
        units={unit.id: unit for unit in sorted(units, key=lambda unit: _order(unit.title))},
    )


def _below(bodies: dict[str, Secretariat], top: str) -> set[str]:
    """A body and those that stand below it."""
    wanted, before = {top} & bodies.keys(), -1
    while len(wanted) != before:
        before = len(wanted)
        wanted |= {body.id for body in bodies.values() if body.superior and body.superior.id in wanted}
    return wanted


def _cover(asked: Asked, face: Face, found: _Found, *, count: int) -> dict[str, Any]:
    city = found.city
    period = election_period(city, asked.at)
    day = wording.whole_day(asked.at.astimezone(timezone_of(city)).date())
    body = next((body.title for body in found.bodies if body.id == asked.body), "")
    return {
        "title": _("Carta de Serviços"),
        "subtitle": body or _("Todos os serviços da Prefeitura"),
        "city": face.name or (city.title if city else ""),
        "slogan": "" if period else face.slogan,
        "arms": face.arms_name,
        "colour": face.colour,
        "day": _("Situação em %(day)s") % {"day": day},
        "count": counted(count),
        "notice": paragraphs(period.message) if period else [],
        "contacts": contacts(city.contacts) if city else [],
        "intro": [
            _(
                "Esta carta diz, de cada serviço: o que é, quem pode pedir, o que levar, as etapas, o prazo, "
                "como é prestado e onde reclamar. É o que pede o artigo 7º da Lei 13.460/2017."
            ),
            _(
                "O que está impresso valia no dia que a capa mostra. Para ver como está hoje, aponte a câmera do "
                "celular para o código ao lado do serviço, ou digite o endereço que está embaixo dele."
            ),
            _("Não sabe o nome certo do serviço? No fim há um índice com os nomes que as pessoas usam."),
        ],
    }


def _rights(city: City | None, book: Book) -> dict[str, Any]:
    standards = city.standards if city else Standards()
    told = _standards(standards, "city", book)
    complain = book.text(standards.manifestation.text) if standards.manifestation else [_ombudsman()]
    if city and city.contacts:
        complain.append({"l": [[line] for line in contacts(city.contacts)]})
    told.append([_("Como reclamar, sugerir ou elogiar"), complain])
    return {"id": "city", "title": _("O que vale em toda a Prefeitura"), "parts": told}


def _ombudsman() -> str:
    return _(
        "Procure a ouvidoria da Prefeitura. Ela é obrigada a receber sua reclamação, denúncia, sugestão, elogio ou "
        "pedido e a responder em até 30 dias (Lei 13.460/2017)."
    )


def _standards(standards: Standards, origin: str, book: Book) -> list[list[Any]]:
    return [
        [name, book.text(standard.text)]
        for _field, name, standard in naming.standards(standards)
        if standard.origin == origin
    ]


def _body(body: Secretariat, services: list[Service], book: Book) -> dict[str, Any]:
    said = body.standards.manifestation
    told = _standards(body.standards, "secretariat", book)
    if said and said.origin == "secretariat":
        told.append([_("Como reclamar, sugerir ou elogiar"), book.text(said.text)])
    lines = [
        [_("Responsável:"), body.head],
        [_("Faz parte de:"), body.superior.title if body.superior else ""],
        [_("Endereço:"), wording.address(body.address)],
        [_("Atendimento:"), body.hours_text],
        [_("Contatos:"), "; ".join(contacts(body.contacts))],
    ]
    return {
        "id": f"b-{body.id}",
        "title": body.title,
        "acronym": body.acronym,
        "lead": [*paragraphs(body.summary), *book.text(body.mandate)],
        "lines": [line for line in lines if line[1]],
        "count": counted(len(services)),
        "standards": told,
        "services": [service_part(service, book) for service in services],
    }


def _without_body(services: list[Service], book: Book) -> dict[str, Any]:
    return {
        "id": "b-none",
        "title": _("Outros serviços"),
        "acronym": "",
        "lead": [],
        "lines": [],
        "count": counted(len(services)),
        "standards": [],
        "services": [service_part(service, book) for service in services],
    }


def _words() -> dict[str, str]:
    return {
        "contents": _("Sumário"),
        "about": _("Como usar esta carta"),
        "also": _("Também chamado de:"),
        "arms": _("Brasão"),
        "goes_on": _("continuação"),
        "units": _("Onde ser atendido"),
        "names": _("Índice de nomes populares"),
        "names_lead": _("Procure pelo nome que você conhece. O número é o da página."),
        "online": _("Como está hoje:"),
        "contacts": _("Fale com a Prefeitura"),
    }


def _order(title: str) -> str:
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
