"""What all said, summed up by month: the one table that every figure is read from."""

from django.db import models


class RatingSum(models.Model):
    """Of one subject in one month: all that was said of it, or a part of it told apart by one thing.

    The city, each body and each service has its own rows, so that a panel reads as many rows after a million ratings
    as after a thousand. The raw ratings hold the truth: ``manage.py recompute_figures`` makes the same table of them.
    """

    class Split(models.TextChoices):
        """By what a part is told apart; ``part`` says which."""

        WHOLE = ""
        BODY = "body"
        SERVICE = "service"
        CHANNEL = "channel"
        UNIT = "unit"
        REASON = "reason"
        #: How long it took, in minutes as ``feedback.times`` rounds them.
        TIME = "time"
        #: ``kept`` or ``late``, beside what was promised when they rated.
        PROMISE = "promise"

    # The id of a body or a service; blank is the whole city.
    subject = models.CharField(max_length=10, blank=True)
    split = models.CharField(max_length=8, choices=Split.choices, blank=True)
    part = models.CharField(max_length=16, blank=True)
    # Its first day.
    month = models.DateField()
    one = models.PositiveIntegerField(default=0)
    two = models.PositiveIntegerField(default=0)
    three = models.PositiveIntegerField(default=0)
    four = models.PositiveIntegerField(default=0)
    five = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    # Those set aside are in no other number.
    aside = models.PositiveIntegerField(default=0)
    first_day = models.DateField()
    last_day = models.DateField()
    #: What of it is not told (``feedback.counts``): bits, found anew with the sums.
    kept_back = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "split", "part", "month"], name="conecta_one_sum_per_part"),
        ]
        indexes = [models.Index(fields=["split", "month"], name="conecta_sums_of_a_split")]

    def __str__(self) -> str:
        return f"{self.subject or 'city'} {self.split} {self.part} {self.month:%Y-%m}"
