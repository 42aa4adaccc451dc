"""What a person's own device holds for a while: the receipt, and that protocol and secret were right.

Signed cookies of this site alone, that scripts do not read: the secret is in no address and in no table.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from feedback.manifestations.receiving import Receipt
from feedback.manifestations.secret_letters import is_secret
from feedback.models import Manifestation

#: Long enough to print and to write down; short enough for a computer that many use.
RECEIPT_SECONDS = 30 * 60
FOLLOWING_SECONDS = 30 * 60
_RECEIPT, _FOLLOWED = "conecta_receipt", "conecta_followed"


def hold_receipt(response: HttpResponseBase, receipt: Receipt) -> None:
    """Give the receipt to the device that sent it."""
    _hold(response, _RECEIPT, f"{receipt.manifestation.protocol} {receipt.secret}", RECEIPT_SECONDS)


def held_receipt(request: HttpRequest) -> Receipt | None:
    """The receipt that this device holds."""
    protocol, _space, secret = _held(request, _RECEIPT, RECEIPT_SECONDS).partition(" ")
    manifestation = _of(protocol)
    return Receipt(manifestation, secret) if manifestation else None


def hold_followed(response: HttpResponseBase, manifestation: Manifestation) -> None:
    """This device may see, say, copy and erase for a while."""
    _hold(response, _FOLLOWED, manifestation.protocol, FOLLOWING_SECONDS)


def held_followed(request: HttpRequest) -> Manifestation | None:
    """The manifestation that this device may follow."""
    return _of(_held(request, _FOLLOWED, FOLLOWING_SECONDS))


def let_go(response: HttpResponseBase) -> None:
    """Forget both."""
    for name in (_RECEIPT, _FOLLOWED):
        response.delete_cookie(name, samesite="Strict")


def proved(protocol: str, secret: str) -> Manifestation | None:
    """The manifestation whose protocol and secret these are; as long for one that is not as for one that is."""
    manifestation = _of(protocol)
    digest = manifestation.secret_digest if manifestation else "0" * 64
    right = is_secret(secret, protocol=manifestation.protocol if manifestation else "0", digest=digest)
    return manifestation if right else None


def _of(protocol: str) -> Manifestation | None:
    return Manifestation.objects.filter(protocol=protocol).first() if protocol else None


def _hold(response: HttpResponseBase, name: str, value: str, seconds: int) -> None:
    response.set_signed_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )


def _held(request: HttpRequest, name: str, seconds: int) -> str:
    return request.get_signed_cookie(name, "", max_age=seconds) or ""
