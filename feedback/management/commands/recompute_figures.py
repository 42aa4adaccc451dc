"""``manage.py recompute_figures``: every sum anew from the raw ratings."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from feedback.summing import recompute


class Command(BaseCommand):
    """What the worker sums up day by day, made again at once."""

    help = "Soma de novo todas as avaliações, a partir de cada uma."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say how many sums there are."""
        self.stdout.write(f"sums={recompute(timezone.now())}")
