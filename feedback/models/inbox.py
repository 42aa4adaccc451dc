"""What the inbox keeps of its own: what became of a comment, who was written to, what was taken out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.models.manifestation import BodyRequest, Manifestation
from feedback.models.rating import Rating


class CommentCare(models.Model):
    """What the city does with a rating's comment. Without a row nobody has looked at it, and it is not public."""

    rating = models.OneToOneField(Rating, on_delete=models.CASCADE, related_name="care")
    #: Whether the portal may show it.
    public = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("cuidado com um comentário")

    def __str__(self) -> str:
        return str(self.rating)


class InboxNotice(models.Model):
    """One reminder to one person: each is sent once. No ``sent_at``: a worker is at it, or was killed at it."""

    manifestation = models.ForeignKey(Manifestation, on_delete=models.CASCADE, related_name="notices")
    #: What a body owes; none where the answer to the person is meant.
    request = models.ForeignKey(BodyRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Days before: 5, 1; -1 once it is overdue.
    occasion = models.SmallIntegerField()
    due_on = models.DateField()
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["manifestation", "user", "occasion", "due_on"],
                condition=models.Q(request=None),
                name="conecta_one_notice_of_an_answer",
            ),
            models.UniqueConstraint(
                fields=["request", "user", "occasion", "due_on"],
                condition=models.Q(request__isnull=False),
                name="conecta_one_notice_of_a_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manifestation} {self.occasion}"


class InboxExport(models.Model):
    """One run of an export: who took out how many rows, and by which filters."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    filters = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("exportação da caixa de entrada")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
