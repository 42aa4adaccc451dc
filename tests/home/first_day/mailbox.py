"""A mail server that is there, by the name of its module: what it is given is in ``django.core.mail.outbox``."""

from django.core.mail.backends import locmem


class EmailBackend(locmem.EmailBackend):
    """Settings name it ``tests.home.first_day.mailbox.EmailBackend``."""


BACKEND = f"{__name__}.{EmailBackend.__name__}"
