"""The two forms of the door: to sign in, and to ask for a new password."""

import logging
import unicodedata
from datetime import datetime
from smtplib import SMTPException
from threading import Thread
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template import loader
from wagtail.admin.forms import auth

from home.signing_in import attempts, known_browsers
from home.signing_in.log_actions import SLOWED, note, warn
from services.client_address import client_of

logger = logging.getLogger(__name__)

#: New passwords asked for one address, and from one place.
_ASKED = attempts.Limit(3, attempts.ACCOUNT.longest, attempts.ACCOUNT.forget)


def typed(name: str) -> str:
    """A login or an address as it is counted: small differences in writing are none."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


class LoginForm(auth.LoginForm):
    """Says the same, in about the same time, whether there is such an account or not. ``at``: when it is tried."""

    #: Seconds that one has to wait, if any.
    wait = 0

    def __init__(self, request: HttpRequest, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.at = at

    def clean(self) -> Any:
        """Raises ``ValidationError``: it was wrong, or it is too early to try."""
        if not self.cleaned_data.get("username") or not self.cleaned_data.get("password"):
            return super().clean()
        attempt = attempts.take(self._counted(), at=self.at)
        if attempt.wait:
            self.wait = attempt.wait
            raise forms.ValidationError(attempts.told(attempt.wait))
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            if attempt.begins:
                self._note()
            raise
        attempts.succeeded(attempt)
        return cleaned

    def _counted(self) -> list[attempts.Counted]:
        name = typed(self.cleaned_data["username"])
        mark = known_browsers.mark(self.request, name)
        own = attempts.Counted("sign-in account", f"{mark} {name}", attempts.ACCOUNT)
        return [own, *attempts.places("sign-in", client_of(self.request))]

    def _note(self) -> None:
        user = get_user_model()._default_manager.filter(username=self.cleaned_data["username"]).first()
        if user is None:
            warn(SLOWED)
        else:
            note(SLOWED, about=user)


class PasswordResetForm(auth.PasswordResetForm):
    """Says the same whether there is such an account or not, and does not wait for the mail to go."""

    wait = 0

    def __init__(self, *args: Any, request: HttpRequest, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.at = request, at

    def clean(self) -> Any:
        """Raises ``ValidationError`` if it was asked for too often."""
        if address := self.cleaned_data.get("email"):
            own = attempts.Counted("reset account", typed(address), _ASKED)
            attempt = attempts.take([own, *attempts.places("reset", client_of(self.request))], at=self.at)
            if attempt.wait:
                self.wait = attempt.wait
                raise forms.ValidationError(attempts.told(attempt.wait))
        return super().clean()

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: Any,
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Beside the answer: a mail server takes a second, by which one would know that there is an account."""
        subject = " ".join(loader.render_to_string(subject_template_name, context).split())
        text = loader.render_to_string(email_template_name, context)
        Thread(target=_send, args=(EmailMessage(subject, text, from_email, [to_email]),)).start()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException):
        # To whom, it does not say.
        logger.exception("mail: a link to set a password did not go out")
