"""What a booklet says of a place of attendance: in short beside a service, in whole in its own chapter."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from services import naming, wording
from services.record import Unit
from services.record.values import Contact
from services.typesetting.words import paragraphs


def in_short(unit: Unit, *, whole: bool) -> list[Any]:
    """Its name, which leads to its own lines; where it is and when it is open, if there is room for it."""
    name: Any = [unit.title, f"#{unit.id}", True, False]
    if not whole:
        return [{"p": [name]}]
    told = [wording.address(unit.address), _hours(unit)]
    return [{"p": [name]}, *(line for line in told if line)]


def unit_part(unit: Unit) -> dict[str, Any]:
    """All of a place, in the active language."""
    lines = [
        *paragraphs(unit.summary),
        wording.address(unit.address),
        _("Distrito ou povoado: %(name)s") % {"name": unit.district.title} if unit.district else "",
        *paragraphs(unit.how_to_get_there),
        _hours(unit),
        "; ".join(contacts(unit.contacts)),
        ", ".join(naming.accessibility_feature(each) for each in unit.accessibility),
        *paragraphs(unit.accessibility_note),
    ]
    return {"id": unit.id, "title": unit.title, "kind": unit.type, "lines": [line for line in lines if line]}


def contacts(found: Iterable[Contact]) -> list[str]:
    """``Telefone: (77) 3000-0123``, ``WhatsApp: …``."""
    return [_contact(each) for each in found]


def _contact(contact: Contact) -> str:
    value = wording.phone(contact.value) if contact.type in ("phone", "whatsapp") else contact.value
    note = f" ({contact.note})" if contact.note else ""
    return f"{wording.contact_name(contact)}: {value}{note}"


def _hours(unit: Unit) -> str:
    return capfirst("; ".join(wording.hours(each) for each in unit.hours))
