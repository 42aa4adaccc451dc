"""The secret with which a manifestation is followed: letters that are read out without mistakes.

It is made of the form's token, which only the person's device has: sent twice, the same form gives the same secret,
and nothing that is kept here tells it.
"""

import hashlib
import hmac
import uuid

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: No vowels, so that no word comes of it; none that is taken for another.
SPELLING: dict[str, Promise | str] = {
    "B": _("B de bola"),
    "C": _("C de casa"),
    "D": _("D de dado"),
    "F": _("F de faca"),
    "G": _("G de gato"),
    "H": _("H de hotel"),
    "J": _("J de janela"),
    "L": _("L de lua"),
    "M": _("M de mala"),
    "N": _("N de navio"),
    "P": _("P de pato"),
    "R": _("R de rato"),
    "S": _("S de sapo"),
    "T": _("T de tatu"),
    "V": _("V de vaca"),
    "X": _("X de xícara"),
    "Z": _("Z de zebra"),
}
_LETTERS = "".join(SPELLING)
_GROUPS, _OF = 3, 4
#: So that a guesser with a copy of the table pays for each guess: some 20 ms.
_COST = {"n": 2**13, "r": 8, "p": 1, "dklen": 32}


def secret_for(token: uuid.UUID) -> str:
    """``BCDF-GHJL-MNPR``: the secret of what a form with this token brings."""
    number = int.from_bytes(salted_hmac("conecta.manifestation.secret", token.bytes, algorithm="sha256").digest())
    letters = ""
    while len(letters) < _GROUPS * _OF:
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return "-".join(letters[start : start + _OF] for start in range(0, len(letters), _OF))


def kept_token(token: uuid.UUID) -> uuid.UUID:
    """What is kept of a token: it tells the same form again, and not the secret."""
    return uuid.UUID(bytes=hashlib.sha256(b"conecta.manifestation.token" + token.bytes).digest()[:16])


def digest_of(secret: str, *, protocol: str) -> str:
    """What is kept of a secret: 64 hexadecimal characters."""
    return hashlib.scrypt(_plain(secret).encode(), salt=protocol.encode(), **_COST).hex()


def is_secret(secret: str, *, protocol: str, digest: str) -> bool:
    """Whether it is the one; as long as it takes for any other."""
    return hmac.compare_digest(digest_of(secret, protocol=protocol), digest)


def spelled(secret: str) -> list[Promise | str]:
    """As it is read out: ``B de bola``, and so on."""
    return [SPELLING[letter] for letter in secret if letter in SPELLING]


def _plain(secret: str) -> str:
    return "".join(letter for letter in secret.upper() if letter.isalnum())[:64]
