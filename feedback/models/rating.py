"""What people said of a service after they used it. Nobody is named, and nothing tells who it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_COMMENT = 2_000


class Rating(models.Model):
    """One person's rating of one service (Lei 13.460 art. 23)."""

    class Managed(models.TextChoices):
        """Whether they did what they came for."""

        YES = "yes", _("Sim")
        PARTLY = "partly", _("Em parte")
        NO = "no", _("Não")

    class Source(models.TextChoices):
        """The way by which it came in."""

        PORTAL = "portal", _("portal")
        API = "api", _("sistema da Prefeitura")
        QR = "qr", _("código no balcão")
        LINK = "link", _("link depois do atendimento")

    #: Of a retry, a double tap or the back button: what comes twice is counted once.
    token = models.UUIDField(unique=True)
    service_id = models.CharField(max_length=10, db_index=True)
    body_id = models.CharField(max_length=10, blank=True)
    # The ETag of the record that they had read.
    version = models.CharField(max_length=32, blank=True)
    locale = models.CharField(max_length=12)
    stars = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, blank=True)
    comment = models.TextField(max_length=LONGEST_COMMENT, blank=True)
    managed = models.CharField(max_length=8, choices=Managed.choices, blank=True)
    # One of ``feedback.channels``.
    channel = models.CharField(max_length=16, blank=True)
    # How long it took from asking to having, in minutes that went by (``feedback.elapsed``).
    took_minutes = models.PositiveIntegerField(null=True, blank=True)
    # The counter at which they were.
    unit_id = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PORTAL)
    received_at = models.DateTimeField()
    # One of a burst from one place, or filled in by a program: kept, and not counted.
    set_aside = models.BooleanField(default=False)
    # The longest that it was to take, as published when they rated (``feedback.elapsed``).
    promised_minutes = models.PositiveIntegerField(null=True, blank=True)
    #: Whether it is in the sums (``RatingSum``). Numbers are given before a transaction ends: a cursor would miss some.
    summed = models.BooleanField(default=False)

    #: Whether ``submit`` found it kept already, by an earlier sending of the same.
    was_there = False

    class Meta:
        verbose_name = _("avaliação")
        verbose_name_plural = _("avaliações")
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="conecta_one_to_five_stars"),
        ]
        indexes = [
            models.Index(fields=["service_id", "received_at"], name="conecta_rating_of_service"),
            models.Index(fields=["received_at"], condition=models.Q(summed=False), name="conecta_rating_not_summed"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.stars}"
