"""What an installation chose about manifestations; a site that has Conecta as a plugin need not say any of it."""

from django.conf import settings


def elsewhere() -> str:
    """The address of another ombudsman system that the city uses, or ``""``."""
    return str(getattr(settings, "CONECTA_OMBUDSMAN_URL", ""))


def offered() -> bool:
    """Whether manifestations are received here; those received before are followed either way."""
    return bool(getattr(settings, "CONECTA_MANIFESTATIONS", not elsewhere()))


def next_working_day() -> bool:
    """Whether a last day on which the city hall does not work moves on (Lei 9.784 art. 66 §1)."""
    return bool(getattr(settings, "CONECTA_DEADLINE_NEXT_WORKING_DAY", True))


def months_kept() -> int:
    """For how many months after the end contacts and files are kept (LGPD art. 16)."""
    return int(getattr(settings, "CONECTA_CONTACT_MONTHS", 24))


def contact_keys() -> list[str]:
    """Fernet keys: the first encrypts, all decrypt."""
    return list(getattr(settings, "CONECTA_CONTACT_KEYS", []))
