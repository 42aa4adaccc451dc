"""Give the search the thesaurus that a city begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from search.models import RulesHead, SynonymGroup
from search.starting_thesaurus import load_once


class Command(BaseCommand):
    """``load_thesaurus``"""

    help = "Loads the starting thesaurus, once: what editors changed or deleted stays so. Migrating does it too."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say how many groups were loaded."""
        self.stdout.write(f"loaded={load_once(RulesHead, SynonymGroup)}")
