"""When those were last seen at work on whom nobody waits: the worker, the backup."""

from datetime import datetime

from django.db import models

WORKER = "worker"
BACKUP = "backup"


class SignOfLife(models.Model):
    """The last time that one of them said that it had done its work."""

    name = models.CharField(max_length=32, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at.isoformat()}"

    @classmethod
    def give(cls, name: str, at: datetime) -> None:
        """Say it."""
        cls.objects.update_or_create(name=name, defaults={"seen_at": at})

    @classmethod
    def last(cls, name: str) -> datetime | None:
        """When it was said; ``None``: never."""
        found: datetime | None = cls.objects.filter(name=name).values_list("seen_at", flat=True).first()
        return found
