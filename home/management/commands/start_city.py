"""Make an empty installation a city's."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from home.first_day.beginning import Beginning, begin, faults_of
from home.first_day.invitation_mails import mail_results
from home.first_day.inviting import ends_at, link_of


class Command(BaseCommand):
    """``start_city --name NAME --host HOST --admin-email ADDRESS [--locale CODE]``"""

    help = "Begins a city: site, first page, settings, roles, thesaurus, and its first person. Again: changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """What cannot be known."""
        parser.add_argument("--name", required=True, help="the city's name: Vitória da Conquista")
        parser.add_argument("--host", required=True, help="the site's: servicos.cidade.ba.gov.br")
        parser.add_argument("--admin-email", required=True, help="of the first person of Administração")
        parser.add_argument(
            "--locale", action="append", default=[], metavar="CODE", help="a language to translate into: es, en"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """The link by which the first person chooses a password, and whether a mail brought it."""
        beginning = Beginning(options["name"], options["host"], options["admin_email"], options["locale"])
        if faults := faults_of(beginning):
            raise CommandError("\n".join(faults))
        result = begin(beginning, at=timezone.now())
        self.stdout.write(f"city={beginning.name.strip()} host={beginning.host.strip().lower()}")
        if result.outcome in ("several", "inactive", "superuser"):
            raise CommandError(_("A conta de %s está desativada, ou há mais de uma.") % result.email)
        if result.invitation is None:
            self.stdout.write(_("%s tem conta, e é da Administração: entre no site.") % result.email)
            return
        told = _("Administração: %(email)s escolhe a senha em (vale até %(moment)s):") % {
            "email": result.email,
            "moment": f"{timezone.localtime(ends_at(result.invitation)):%d/%m/%Y %H:%M}",
        }
        self.stdout.write(told)
        self.stdout.write(link_of(result.invitation))
        if result.invitation.mailed or not mail_results([result], by=None):
            self.stdout.write(_("O link foi também por e-mail."))
        else:
            self.stdout.write(_("O e-mail não saiu: entregue o link você mesmo."))
