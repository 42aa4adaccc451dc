"""What a schedule could not do: told to whoever looks after it, and tried again."""

from django.db import models


class ScheduleFailure(models.Model):
    """One thing that was due and failed. Its row goes when it is done, or is not due any more."""

    key = models.CharField(max_length=120, unique=True)
    first_at = models.DateTimeField()
    #: Not to be tried again before.
    next_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key
