"""Somebody has read a public service again and found it still right."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.models.service import ServicePage


class Review(models.Model):
    """Who confirmed a service, when, and until when that holds. Rows are never changed."""

    service = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="reviews")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    reviewed_on = models.DateField()
    review_due = models.DateField()

    class Meta:
        verbose_name = _("revisão")
        verbose_name_plural = _("revisões")
        indexes = [models.Index(fields=["service", "at"], name="conecta_review_latest")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.reviewed_on:%Y-%m-%d}"


class ReminderMail(models.Model):
    """The one mail that a person gets on a day. Its row is there before it goes out, so no two workers send it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="conecta_one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day:%Y-%m-%d}"


class Reminder(models.Model):
    """What a mail reminded of: a service, the day it is due, and which time (``services.reviews.reminders``)."""

    mail = models.ForeignKey(ReminderMail, on_delete=models.CASCADE, related_name="reminders")
    service = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="+")
    due = models.DateField()
    occasion = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "due", "occasion"], name="conecta_reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.due:%Y-%m-%d} {self.occasion}"
