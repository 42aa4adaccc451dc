"""Who brought a manifestation, if they said so: encrypted, in a table of its own."""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from feedback import configured
from feedback.models import Contact, Manifestation

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


@dataclass(frozen=True)
class Who:
    """What a person said of themself; any part of it may be missing."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


NOBODY = Who()
#: What a name, an address and the like never reach.
LONGEST = 500


def can_be_kept() -> bool:
    """Whether there is a key: without one no contact is asked for."""
    return bool(configured.contact_keys())


def seal(manifestation: Manifestation, who: Who) -> bool:
    """Keep who it was; whether there was a key to do so."""
    if not can_be_kept():
        return False
    said = {name: value.replace("\x00", "").strip()[:LONGEST] for name, value in asdict(who).items()}
    token = _locks().encrypt(json.dumps(said, ensure_ascii=False).encode()).decode()
    Contact.objects.update_or_create(manifestation=manifestation, defaults={"sealed": token})
    return True


def opened(manifestation: Manifestation) -> Who | None:
    """Who brought it; ``None`` for nobody, or where no key that is left opens it."""
    contact = Contact.objects.filter(manifestation=manifestation).first()
    if contact is None or not can_be_kept():
        return None
    from cryptography.fernet import InvalidToken

    try:
        said = json.loads(_locks().decrypt(contact.sealed.encode()))
    except InvalidToken:
        return None
    return Who(**said)


def open_contact(manifestation: Manifestation) -> dict[str, str]:
    """The parts that they said, by name; who asks, the caller has checked and noted."""
    who = opened(manifestation) or NOBODY
    return {name: value for name, value in asdict(who).items() if value}


@dataclass
class Rotated:
    """How many contacts were encrypted anew, and how many no key opens."""

    done: int = 0
    shut: int = 0


def rotate() -> Rotated:
    """Encrypt every contact with the first key: afterwards the others may be taken away."""
    from cryptography.fernet import InvalidToken

    counted, locks = Rotated(), _locks()
    for contact in Contact.objects.order_by("pk").iterator():
        try:
            anew = locks.rotate(contact.sealed.encode()).decode()
        except InvalidToken:
            counted.shut += 1
            continue
        # What its owner erased or changed meanwhile stays so.
        counted.done += Contact.objects.filter(pk=contact.pk, sealed=contact.sealed).update(sealed=anew)
    return counted


def _locks() -> "MultiFernet":
    # cryptography takes six MiB, and most processes never open a contact: it is loaded by those that do.
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in configured.contact_keys()])
