"""From the server's shell: another beginning for who lost the telephone, where nobody of Administração can give it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.second_factor import devices


class Command(BaseCommand):
    """``reset_second_factor LOGIN [LOGIN ...]``"""

    help = "Takes the second factor of accounts away: they sign in with the password and link another telephone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("login", nargs="+", help="login of an account")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Nothing is done if one of them is not there."""
        users = []
        for login in options["login"]:
            user = get_user_model()._default_manager.filter(username=login).first()
            if user is None:
                raise CommandError(f"there is no account {login!r}")
            users.append(user)
        for user in users:
            devices.reset(user, by=None, at=timezone.now())
            self.stdout.write(f"{user.get_username()}: links a telephone at the next sign-in")
