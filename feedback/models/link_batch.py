"""Links that were given to people after they used a service: how many, and how many came back.

No link is kept, nor which rating came by one: who was given a link is known to who gave it, and what they said is not
to be found by it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RatingLinkBatch(models.Model):
    """Links made at once: for one service, with one time limit."""

    # In each link's address; random, so that none tells of another.
    code = models.CharField(max_length=12, unique=True, editable=False)
    service_id = models.CharField(max_length=10, db_index=True)
    unit_id = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    given = models.PositiveIntegerField(_("links entregues"))
    used = models.PositiveIntegerField(_("links usados"), default=0)
    made_at = models.DateTimeField(_("feito em"))
    expires_at = models.DateTimeField(_("vale até"))
    # The system whose key made it, or "" where a person did, who is in the log.
    made_by = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("lote de links de avaliação")
        verbose_name_plural = _("lotes de links de avaliação")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=models.F("given")), name="conecta_used_links_were_given"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.code}"
