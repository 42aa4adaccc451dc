"""What the door keeps: counts of what failed, under names that hold for a day, and since when sessions hold."""

from django.conf import settings
from django.db import models


class DaySecret(models.Model):
    """What the names of a day are made with; thrown away two days later, and with it whose they were."""

    day = models.DateField(primary_key=True)
    secret = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}"


class AttemptCount(models.Model):
    """Failures in a row under one name. No address, no account and no word that somebody typed is in it."""

    name = models.CharField(max_length=64, primary_key=True)
    day = models.DateField(db_index=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    waits_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Door(models.Model):
    """A person's sessions that began at ``sessions_from`` or before are over."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="conecta_door"
    )
    sessions_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user}"
