"""The figures of the day, as all of the observatory shows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptTable(models.Model):
    """A table's rows as they are told, and when they were made: pages and files read nothing else."""

    name = models.CharField(max_length=40, unique=True)
    rows = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tabela do observatório")
        verbose_name_plural = _("tabelas do observatório")

    def __str__(self) -> str:
        return self.name
