"""Advice on an entry's words that somebody waved away."""

from django.conf import settings
from django.db import models


class Dismissal(models.Model):
    """One finding that is not shown as open any more. Other words in its place are another finding."""

    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10)
    # ``services.advice.Finding.id``: the rule, the field and the words.
    finding = models.CharField(max_length=16)
    #: What was advised, as it was read.
    advice = models.TextField()
    reason = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry_id", "finding"], name="conecta_dismissed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id} {self.finding}"
