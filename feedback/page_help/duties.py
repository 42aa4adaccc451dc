"""What the app adds when it is ready: whose the errors on pages are, and the mail about them."""

from datetime import timedelta

from feedback.page_help.mails import tell_of_page_errors
from services.duties import register_duty
from services.roles import grant

#: Those who write a body's pages and those who look after all of them.
_ROLES = ("redacao", "revisao", "comunicacao")


def register() -> None:
    """Called when the app is ready."""
    for role in _ROLES:
        grant(role, "conecta_feedback.change_pageerror")
    register_duty("tell of page errors", tell_of_page_errors, every=timedelta(minutes=30), apart=True)
