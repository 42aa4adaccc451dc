"""What a booklet says of a service: Lei 13.460/2017 art. 7 §2 and §3, item by item, in plain words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services import naming, wording
from services.booklet.units_part import in_short
from services.record import City, Ref, Service, Unit
from services.record.service import (
    Applicant,
    Channel,
    ChannelCase,
    Document,
    DocumentCase,
    Fee,
    FeeCase,
    Law,
    Step,
)
from services.timing import status, timezone_of
from services.typesetting.words import paragraphs, rich

#: The other names are in the index.
_NAMES = 5
#: More places than these are told by their names, and in whole in the chapter of places.
_FEW_PLACES = 3
#: A part of a service: what it is called, and its blocks.
Part = tuple[str, list[Any]]


@dataclass(frozen=True)
class Book:
    """What a part must know of the whole: what else is in it, and where it is published."""

    base_url: str
    at: datetime
    city: City | None = None
    services: frozenset[str] = frozenset()
    units: dict[str, Unit] = field(default_factory=dict)

    def lead(self, href: str) -> str:
        """Where a link leads on paper: inside the booklet if it can, never to where nobody gets from paper."""
        if href.startswith("/s/"):
            entry = href[3:13]
            if entry in self.services or entry in self.units:
                return f"#{entry}"
        if href.startswith("/"):
            return f"{self.base_url}{href}"
        return href

    def ref(self, ref: Ref) -> list[Any]:
        """Another entry by its title."""
        href = self.lead(f"/s/{ref.id}")
        return [[ref.title, href, False, False]]

    def text(self, html: str) -> list[Any]:
        """A record's rich text as blocks."""
        return rich(html, self.lead)


def service_part(service: Service, book: Book) -> dict[str, Any]:
    """All of a service, in the active language."""
    address = f"{book.base_url}/s/{service.id}"
    parts = [(label, blocks) for label, blocks in _parts(service, book) if blocks]
    return {
        "id": service.id,
        "title": service.title,
        "language": service.locale.partition("-")[0],
        "note": _situation(service, book),
        "also": ", ".join(filter(None, [service.acronym, *service.popular_names[:_NAMES]])),
        "lead": paragraphs(service.summary),
        "facts": [[label, capfirst(text)] for label, text in _facts(service) if text],
        "parts": parts,
        "href": address,
        "address": address.partition("://")[2],
    }


def _facts(service: Service) -> Iterator[tuple[str, str]]:
    yield _("Como pedir"), wording.ways(service)
    yield _("Quanto custa"), wording.cost(service)
    yield _("Quanto demora"), wording.time_estimate(service.time)


def _parts(service: Service, book: Book) -> Iterator[Part]:
    yield _("O que é"), book.text(service.description)
    yield _("O que você recebe"), [*book.text(service.outcome), *_validity(service)]
    yield _("Quem pode pedir"), _who(service, book)
    yield _("O que você precisa ter em mãos"), _documents(service, book)
    yield _("Como fazer"), _steps(service, book)
    yield _("Quanto custa"), _fees(service)
    yield _("Quanto demora"), _time(service)
    yield _("Onde"), _places(service, book)
    yield _("Como a Prefeitura decide"), _decision(service, book)
    for _field, name, standard in naming.standards(service.standards):
        if standard.origin == "service":
            yield name, book.text(standard.text)
    yield _("Compromissos"), _elsewhere(service)
    yield _("Como reclamar"), _complaining(service, book)
    yield _("Ficou com dúvida?"), _contact(service, book)
    yield _("Leis deste serviço"), _laws(service.legislation)
    yield _("Veja também"), _related(service, book)


def _situation(service: Service, book: Book) -> list[str]:
    told = status(service, book.at)
    said = wording.status(told, timezone_of(book.city))
    notes = [said, *paragraphs(told.message)] if said else []
    if service.published_incomplete:
        notes.append(_("Este texto veio de outra base e ainda não está completo."))
    return notes


def _validity(service: Service) -> list[Any]:
    said = wording.validity(service.validity)
    if not said or service.validity is None:
        return []
    note = service.validity.note
    more = f". {note}" if note and note != said else ""
    return [f"{_('Validade:')} {said}{more}"]


def _who(service: Service, book: Book) -> list[Any]:
    apart = any(applicant.requirements for applicant in service.applicants)
    found = [block for each in service.applicants for block in _applicant(each, book, apart=apart)]
    if service.requirements:
        if service.applicants:
            found.append({"h": [_("Para todos")]})
        found += book.text(service.requirements)
    if service.area_served:
        where = wording.joined([ref.title for ref in service.area_served])
        found.append(f"{_('Só para quem mora em:')} {where}.")
    return found


def _applicant(applicant: Applicant, book: Book, *, apart: bool) -> list[Any]:
    lines = paragraphs(applicant.who)
    if not apart:
        return lines
    return [*({"h": [line]} for line in lines), *book.text(applicant.requirements)]


def _in_step(service: Service, number: int, step: Step) -> str:
    named = _("Na etapa %(number)s") % {"number": number}
    return f"{named}: {step.title}" if step.title else named


def _cases(service: Service, cases: Iterable[Any], told: Callable[[Any], list[Any]]) -> list[Any]:
    found: list[Any] = []
    for case in cases:
        items = [told(item) for item in case.items]
        if items:
            found += [{"h": [_case(service, case) or _("Em outros casos")]}, {"l": items}]
    return found


def _case(service: Service, case: DocumentCase | FeeCase | ChannelCase) -> str:
    """When a case applies, in its own words or else in those of its question and answers."""
    if case.text or case.condition is None:
        return case.text
    wanted = case.condition
    question = next((each for each in service.questions if each.id == wanted.question.id), None)
    if question is None:
        return wanted.question.title
    return f"{question.title} {wording.joined([a.text for a in question.answers if a.key in wanted.answers])}"


def _documents(service: Service, book: Book) -> list[Any]:
    having = [(n, s) for n, s in enumerate(service.steps, 1) if s.documents.default or s.documents.cases]
    if not having:
        reason = next((each.reason for each in service.not_applicable if each.rule == "documents"), "")
        return [f"{_('Nenhum documento.')} {reason}"] if reason else []
    found: list[Any] = []
    for number, step in having:
        if len(having) > 1:
            found.append({"h": [_in_step(service, number, step)]})
        if step.documents.default:
            found.append({"l": [_document(each, book) for each in step.documents.default]})
        found += _cases(service, step.documents.cases, lambda each: _document(each, book))
    return found


def _document(document: Document, book: Book) -> list[Any]:
    found: list[Any] = paragraphs(document.name)
    found += paragraphs(document.note)
    if document.where_to_get:
        found.append(f"{_('Onde conseguir:')} {' '.join(paragraphs(document.where_to_get))}")
    if document.form and document.form.title:
        found.append({"p": [f"{_('Formulário:')} ", *book.ref(document.form)]})
    if document.service and document.service.title:
        found.append({"p": [f"{_('Como tirar:')} ", *book.ref(document.service)]})
    if document.legal_basis:
        found.append(f"{_('Lei que manda pedir:')} {document.legal_basis}")
    return found


def _steps(service: Service, book: Book) -> list[Any]:
    steps = [_step(service, step, book) for step in service.steps]
    found: list[Any] = [{"l": steps, "n": 1}] if len(steps) > 1 else [block for step in steps for block in step]
    link = service.digital_link
    if link:
        needs = "; ".join(text for text in (wording.login(link), wording.device(link)) if text)
        lead = f"{_('Pela internet:')} "
        found.append({"p": [lead, [_bare(link.url), link.url, False, False], f" ({needs})" if needs else ""]})
    return found


def _step(service: Service, step: Step, book: Book) -> list[Any]:
    found: list[Any] = [{"h": [step.title or _("Etapa")]}, *book.text(step.description)]
    if step.channels.default:
        found.append({"l": [_channel(each) for each in step.channels.default]})
    found += _cases(service, step.channels.cases, _channel)
    if step.time:
        note = f". {step.time.note}" if step.time.note else ""
        found.append(f"{_('Tempo desta etapa:')} {wording.time_estimate(step.time)}{note}")
    return found


def _channel(channel: Channel) -> list[Any]:
    text = wording.phone(channel.text) if channel.type in ("phone", "whatsapp") else channel.text
    lines = paragraphs(text)
    runs: list[Any] = [[wording.channel_name(channel), "", True, False]]
    if lines:
        runs.append(f": {lines[0]}")
    if channel.url and channel.url != channel.text:
        href = channel.url if channel.url.startswith(("http://", "https://")) else ""
        runs += [" " if lines else ": ", [_bare(channel.url), href, False, False] if href else _bare(channel.url)]
    found: list[Any] = [{"p": runs}, *lines[1:]]
    if channel.waiting:
        found.append(f"{_('Tempo de espera:')} {wording.duration(channel.waiting)}")
    if channel.system_down:
        found.append(f"{_('Se o sistema estiver fora do ar:')} {' '.join(paragraphs(channel.system_down))}")
    return found


def _bare(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


def _fees(service: Service) -> list[Any]:
    having = [(n, s) for n, s in enumerate(service.steps, 1) if s.fees.default or s.fees.cases]
    found: list[Any] = []
    for number, step in having:
        if len(having) > 1:
            found.append({"h": [_in_step(service, number, step)]})
        if step.fees.default:
            found.append({"l": [_fee(each) for each in step.fees.default]})
        found += _cases(service, step.fees.cases, _fee)
    return found


def _fee(fee: Fee) -> list[Any]:
    name = " ".join(paragraphs(fee.name))
    amount = " ".join(paragraphs(wording.fee(fee)))
    more = f" ({' '.join(paragraphs(fee.varies))})" if fee.amount is not None and fee.varies else ""
    return [{"p": [f"{name}: " if name else "", [amount, "", True, False], more]}]


def _time(service: Service) -> list[Any]:
    # The time itself stands among the facts.
    return paragraphs(service.time.note) if service.time else []


def _places(service: Service, book: Book) -> list[Any]:
    known = [book.units[ref.id] for ref in service.units if ref.id in book.units]
    unknown = [ref.title for ref in service.units if ref.id not in book.units and ref.title]
    whole = len(known) <= _FEW_PLACES
    items = [in_short(unit, whole=whole) for unit in sorted(known, key=lambda unit: unit.title.casefold())]
    items += [[title] for title in unknown]
    return [{"l": items}] if items else []


def _decision(service: Service, book: Book) -> list[Any]:
    found: list[Any] = []
    for criterion in service.criteria:
        found += [{"h": [naming.criterion(criterion.basis)]}, *book.text(criterion.description)]
    if service.queue:
        found += [{"h": [_("Onde ver a fila ou o resultado")]}, *book.text(service.queue)]
    if service.appeal:
        found += [{"h": [_("Se o pedido for negado")]}, *book.text(service.appeal)]
    return found


def _elsewhere(service: Service) -> list[Any]:
    """Where the commitments stand that hold for more than this service: once, and not in each."""
    found: list[Any] = []
    for origin in ("secretariat", "city"):
        names = [name for _field, name, standard in naming.standards(service.standards) if standard.origin == origin]
        if names:
            found.append({"p": [f"{'; '.join(names)}: ", *_see(service, origin)]})
    return found


def _see(service: Service, origin: str) -> list[Any]:
    """Where to look for what holds for a whole body, or the whole city."""
    if origin == "secretariat" and service.secretariat:
        return [[_("veja o começo da parte deste órgão"), f"#b-{service.secretariat.id}", False, False], "."]
    return [[_("veja “O que vale em toda a Prefeitura”, no começo da carta"), "#city", False, False], "."]


def _complaining(service: Service, book: Book) -> list[Any]:
    said = service.standards.manifestation
    if said and said.origin == "service":
        return book.text(said.text)
    (words, *style), stop = _see(service, said.origin if said else "city")
    return [{"p": [[capfirst(words), *style], stop]}]


def _contact(service: Service, book: Book) -> list[Any]:
    found = book.text(service.contact)
    if service.sector:
        found.append(f"{_('Setor responsável:')} {service.sector}")
    return found


def _laws(laws: Sequence[Law]) -> list[Any]:
    items: list[list[Any]] = []
    for law in laws:
        title = " ".join(paragraphs(law.title)) or _bare(law.url)
        href = law.url if law.url.startswith(("http://", "https://")) else ""
        if title:
            items.append([{"p": [[title, href, False, False]]}] if href else [title])
    return [{"l": items}] if items else []


def _related(service: Service, book: Book) -> list[Any]:
    refs = [ref for ref in [*service.related, *service.forms] if ref.title]
    items: list[list[Any]] = [[{"p": book.ref(ref)}] for ref in refs]
    items += [[text] for text in service.related_texts]
    return [{"l": items}] if items else []


def counted(number: int) -> str:
    """``1 serviço``, ``103 serviços``."""
    return ngettext("%(n)s serviço", "%(n)s serviços", number) % {"n": number}
