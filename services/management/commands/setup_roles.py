"""Make the newsroom's roles, or mend them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from services.models import SecretariatPage
from services.roles import setup_roles
from services.workflow import setup_workflow


class Command(BaseCommand):
    """``setup_roles [--communication ACRONYM]``"""

    help = "Makes the groups of every role and the two stages of approval; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which body Comunicação is."""
        parser.add_argument("--communication", default="", help="acronym of the body that approves for the city")

    def handle(self, *_args: Any, **options: Any) -> None:
        """How many groups there are."""
        try:
            groups = setup_roles(communication=options["communication"])
        except SecretariatPage.DoesNotExist as error:
            raise CommandError(_("Não há órgão com a sigla %s.") % options["communication"]) from error
        setup_workflow()
        self.stdout.write(f"groups={groups}")
