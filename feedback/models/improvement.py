"""What changed because somebody said something."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.models.manifestation import Manifestation
from feedback.models.rating import Rating


class Improvement(models.Model):
    """A change of an entry that came of a manifestation or of a rating's comment (Lei 13.460 arts. 15 and 23).

    It outlives what it came of, which is deleted after its time.
    """

    manifestation = models.ForeignKey(
        Manifestation, null=True, blank=True, on_delete=models.SET_NULL, related_name="improvements"
    )
    rating = models.ForeignKey(Rating, null=True, blank=True, on_delete=models.SET_NULL, related_name="improvements")
    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10)
    #: Place in the log of the version that brought the change, and the page's revision behind it.
    sequence = models.BigIntegerField()
    revision_id = models.BigIntegerField(null=True, blank=True)
    sentence = models.CharField(_("o que mudou, em uma frase"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mudança")
        verbose_name_plural = _("mudanças")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "entry_id"], name="conecta_improvement_of")]

    def __str__(self) -> str:
        return self.sentence
