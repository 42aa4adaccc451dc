"""Mail: to the city's own people in the language of their admin, and to who left an address."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMessage
from django.utils import translation
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

logger = logging.getLogger(__name__)


def admin_address(path: str) -> str:
    """A whole address of the admin, for a mail."""
    return f"{get_admin_base_url() or ''}{path}"


def tell(user: Any, compose: Callable[[], tuple[str, str]], *, reference: str) -> bool:
    """Send one mail; whether it went out. ``compose`` gives subject and text, in the user's language.

    The same ``reference`` gives the same Message-ID: who gets a mail twice is shown it once.
    """
    with translation.override(UserProfile.get_for_user(user).get_preferred_language()):
        subject, text = compose()
    return send(user.email, subject, text, reference=reference)


def send(address: str, subject: str, text: str, *, reference: str) -> bool:
    """Send one mail to an address; whether it went out. The same ``reference`` gives the same Message-ID."""
    host = urlsplit(get_admin_base_url() or "").hostname or "localhost"
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<{reference}@{host}>"}
    # A subject is one line.
    mail = EmailMessage(" ".join(subject.split()), text, to=[address], headers=headers)
    try:
        return bool(mail.send())
    except (OSError, SMTPException):
        logger.exception("mail: %s did not go out", reference)
        return False
