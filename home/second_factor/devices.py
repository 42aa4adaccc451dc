"""What somebody shows beside the password: the telephone's code, or one of ten that were written down.

How often a code may be wrong is counted as at the door (``attempts.CODE``), in place of the library's own count,
which doubles without an end: whoever has a password only would shut its owner out for weeks.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from home.second_factor.models import Authenticator
from home.second_factor.sealing import fingerprint
from home.signing_in import attempts, log_actions
from home.signing_in.sessions import end_sessions
from services.telling import tell

CODES = 10
#: Without what is read as something else.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10


@dataclass(frozen=True)
class Shown:
    """Whether a code was right; if one has to wait, how many seconds."""

    right: bool
    wait: int = 0


def telephone(user: Any) -> Authenticator | None:
    """The one that is linked."""
    found: Authenticator | None = Authenticator.objects.filter(user=user, confirmed=True).order_by("pk").first()
    return found


def codes_left(user: Any) -> int:
    """Recovery codes that were not used."""
    return int(StaticToken.objects.filter(device__user=user).count())


def show(user: Any, code: str, *, at: datetime) -> Shown:
    """Try a code of the telephone."""
    device = telephone(user)
    return _tried(user, at, lambda: device is not None and _verified(user, device, code))


def show_recovery(user: Any, code: str, *, at: datetime) -> Shown:
    """Try one of the codes that were written down, which is gone then."""
    plain = "".join(letter for letter in code.lower() if letter in _LETTERS)
    device = StaticDevice.objects.filter(user=user).order_by("pk").first()
    kept = fingerprint(plain, user_id=user.pk)
    shown = _tried(user, at, lambda: device is not None and bool(verify_token(user, device.persistent_id, kept)))
    if shown.right:
        left = codes_left(user)
        log_actions.note(log_actions.CODE_USED, about=user, by=user, left=left)
        _mail(user, lambda: (_("Alguém entrou com um código de recuperação seu"), _left(left)), at)
    return shown


def link(user: Any, code: str, *, at: datetime) -> Shown:
    """Link the telephone that was begun, if it shows the right code; what was linked before no longer counts."""
    device = Authenticator.begin(user)

    def confirmed() -> bool:
        with transaction.atomic():
            if not _verified(user, device, code):
                return False
            Authenticator.objects.filter(user=user, confirmed=True).delete()
            Authenticator.objects.filter(pk=device.pk).update(confirmed=True)
            return True

    shown = _tried(user, at, confirmed)
    if shown.right:
        log_actions.note(log_actions.ENROLLED, about=user, by=user)
        _mail(user, _of_linking, at)
    return shown


@transaction.atomic
def new_codes(user: Any) -> list[str]:
    """Ten codes in place of those before: only here they can be read."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="papel")
    codes = ["".join(secrets.choice(_LETTERS) for _place in range(_LENGTH)) for _number in range(CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=fingerprint(code, user_id=user.pk)) for code in codes
    )
    return [f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}" for code in codes]


def note_new_codes(user: Any) -> None:
    """Made anew by their owner."""
    log_actions.note(log_actions.NEW_CODES, about=user, by=user)


def turn_off(user: Any, *, at: datetime) -> None:
    """By its owner, where it is not asked for."""
    _drop(user)
    log_actions.note(log_actions.TURNED_OFF, about=user, by=user)
    _mail(user, lambda: (_("O segundo fator da sua conta foi desligado"), _("A conta pede só a senha.")), at)


def reset(user: Any, *, by: Any, at: datetime) -> None:
    """For who lost the telephone and the codes: they sign in with the password and link another. ``by``: a person."""
    _drop(user)
    end_sessions(user.pk)
    log_actions.note(log_actions.RESET, about=user, by=by)
    _mail(user, lambda: _of_reset(by), at)


def _verified(user: Any, device: Any, code: str) -> bool:
    digits = "".join(letter for letter in code if letter.isascii() and letter.isdigit())
    return len(digits) == device.digits and bool(verify_token(user, device.persistent_id, digits))


def _tried(user: Any, at: datetime, verify: Callable[[], bool]) -> Shown:
    attempt = attempts.take([attempts.Counted("code", str(user.pk), attempts.CODE)], at=at)
    if attempt.wait:
        return Shown(False, attempt.wait)
    if verify():
        attempts.succeeded(attempt)
        return Shown(True)
    if attempt.begins:
        log_actions.note(log_actions.CODE_SLOWED, about=user)
        _mail(user, _of_guessing, at)
    return Shown(False)


def _drop(user: Any) -> None:
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def _left(count: int) -> str:
    return ngettext("Resta %d código.", "Restam %d códigos.", count) % count


def _of_linking() -> tuple[str, str]:
    return _("Um celular foi ligado à sua conta"), _("Agora a sua conta pede um código dele ao entrar.")


def _of_guessing() -> tuple[str, str]:
    text = _("Quem tentou sabe a sua senha. Se não foi você, troque-a agora, em “Esqueci a senha”.")
    return _("Muitos códigos errados na sua conta"), text


def _of_reset(by: Any) -> tuple[str, str]:
    who = by.get_full_name() or by.get_username() if by else _("a equipe de informática, no servidor")
    text = _("Foi feito por: %s. Ao entrar, a sua conta pede que você ligue um celular.") % who
    return _("O segundo fator da sua conta foi zerado"), text


def _mail(user: Any, compose: Callable[[], tuple[str, str]], at: datetime) -> None:
    """Subject and text, in the language of who gets it; a mail that does not go out holds nothing up."""
    if not user.email:
        return

    def whole() -> tuple[str, str]:
        subject, text = compose()
        return subject, f"{text}\n\n{_('Se não foi você, avise agora a Administração do sistema.')}\n"

    tell(user, whole, reference=f"second-factor-{user.pk}-{at.timestamp():.0f}")
