"""Encrypt every contact with the first of ``CONECTA_CONTACT_KEYS``: then the others may be taken away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feedback.manifestations import contacts


class Command(BaseCommand):
    """Safe to run again, and while people write."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say how many; fail if one is left that no key opens."""
        if not contacts.can_be_kept():
            raise CommandError("CONECTA_CONTACT_KEYS is not set.")
        rotated = contacts.rotate()
        self.stdout.write(f"rotated={rotated.done} shut={rotated.shut}")
        if rotated.shut:
            raise CommandError("Some contacts are opened by none of CONECTA_CONTACT_KEYS: keep the key that they need.")
