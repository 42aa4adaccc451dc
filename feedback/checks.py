"""A wrong setting in one sentence."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from feedback import configured


@register("conecta_feedback")
def check_contact_keys(app_configs: Sequence[AppConfig] | None = None, **_options: Any) -> list[CheckMessage]:
    """Who they are is kept encrypted or not at all."""
    keys = configured.contact_keys()
    # In another site nobody has to set anything: there no contact is asked for.
    if getattr(settings, "CONECTA_MANIFESTATIONS", False) and not keys:
        return [
            Error(
                "CONECTA_CONTACT_KEYS is not set: without a key the contact of who manifests can not be kept.",
                hint="Make one with: python -c 'from cryptography.fernet import Fernet; "
                "print(Fernet.generate_key().decode())'. Or set CONECTA_MANIFESTATIONS to off.",
                id="conecta_feedback.E001",
            )
        ]
    if not all(_is_key(key) for key in keys):
        return [
            Error(
                "CONECTA_CONTACT_KEYS holds what is no Fernet key (32 bytes, URL-safe base64).",
                id="conecta_feedback.E002",
            )
        ]
    return []


@register("conecta_feedback")
def check_ombudsman(app_configs: Sequence[AppConfig] | None = None, **_options: Any) -> list[CheckMessage]:
    """Two doors confuse."""
    if configured.offered() and configured.elsewhere():
        return [
            Caution(
                "CONECTA_OMBUDSMAN_URL and CONECTA_MANIFESTATIONS are both set: nobody is sent to the other system.",
                id="conecta_feedback.W001",
            )
        ]
    return []


def _is_key(key: str) -> bool:
    # Of every process only the one that checks the settings needs it.
    from cryptography.fernet import Fernet

    try:
        Fernet(key)
    except ValueError:
        return False
    return True
