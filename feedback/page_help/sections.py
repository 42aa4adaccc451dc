"""The parts of a page in people's words, and the field in which an editor mends each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.record import Record


@dataclass(frozen=True)
class Section:
    """A part of a page."""

    key: str
    label: Promise | str
    #: Field of the kind's model; the first that a form has stands for it.
    field: str
    #: Whether a record has that part.
    has: Callable[[Any], bool] = lambda _record: True


TITLE = Section("title", _("Nome ou resumo"), "title")
LINK = Section("link", _("Um link não abre"), "title")
OTHER = Section("other", _("Outra coisa"), "title")

_SERVICE = (
    Section("what", _("O que é"), "description", lambda r: bool(r.description or r.outcome)),
    Section("who", _("Quem pode pedir"), "requirements", lambda r: bool(r.applicants or r.requirements)),
    Section("documents", _("O que levar (documentos)"), "steps", lambda r: bool(r.steps)),
    Section("steps", _("Como fazer (etapas)"), "steps", lambda r: bool(r.steps)),
    Section("cost", _("Quanto custa"), "steps"),
    Section("time", _("Quanto demora"), "time_type"),
    Section("channels", _("Site, telefone ou outra forma de pedir"), "steps"),
    Section("units", _("Onde ir e horários"), "units", lambda r: bool(r.units)),
    Section("contact", _("Com quem falar"), "contact"),
    Section("rights", _("Seus direitos e como reclamar"), "standard_manifestation"),
)
_UNIT = (
    Section("address", _("Endereço ou como chegar"), "street"),
    Section("hours", _("Dias e horários"), "hours"),
    Section("contact", _("Telefone ou outro contato"), "contacts"),
    Section("visits", _("Visitas a distritos e povoados"), "itinerant", lambda r: bool(r.visits or r.itinerant)),
    Section("access", _("Acessibilidade"), "accessibility"),
    Section("services", _("Serviços deste lugar"), "title"),
)
_SECRETARIAT = (
    Section("what", _("O que o órgão faz"), "mandate"),
    Section("head", _("Quem dirige"), "head", lambda r: bool(r.head)),
    Section("contact", _("Telefone, e-mail ou endereço"), "contacts"),
    Section("hours", _("Dias e horários"), "hours_text", lambda r: bool(r.hours_text)),
    Section("services", _("Serviços do órgão"), "title"),
)
_PROCEDURE = (
    Section("what", _("O que é"), "description", lambda r: bool(r.description)),
    Section("steps", _("Etapas"), "steps", lambda r: bool(r.steps)),
)
_INFORMATION = (Section("what", _("O texto da página"), "body", lambda r: bool(r.body)),)
_FORM = (
    Section("file", _("O arquivo do formulário"), "versions", lambda r: bool(r.versions)),
    Section("what", _("Como preencher"), "instructions"),
)
_OF_KIND: dict[str, tuple[Section, ...]] = {
    "service": _SERVICE,
    "unit": _UNIT,
    "secretariat": _SECRETARIAT,
    "procedure": _PROCEDURE,
    "information": _INFORMATION,
    "form": _FORM,
}


def sections_of(kind: str, record: Record | None = None) -> list[Section]:
    """Those of a kind, or of one record alone."""
    own = _OF_KIND.get(kind, ())
    return [TITLE, *(each for each in own if record is None or each.has(record)), LINK, OTHER]


def section_of(kind: str, key: str) -> Section:
    """The section that a report names; ``OTHER`` for none."""
    return next((each for each in sections_of(kind) if each.key == key), OTHER)
