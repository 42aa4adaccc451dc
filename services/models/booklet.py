"""Editions of the booklet and of the yearly general table, and their files, which nobody changes."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def new_code() -> str:
    """What an edition is known by outside."""
    return secrets.token_hex(5)


class EditionIsKept(Exception):
    """Somebody tried to change a file of an edition, or to delete one that is kept for good."""


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **_kwargs: Any) -> int:
        """Raises ``EditionIsKept``."""
        raise EditionIsKept

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> int:
        """Raises ``EditionIsKept``."""
        raise EditionIsKept


class BookletEdition(models.Model):
    """A booklet, or a year's general table: asked for, being made, there, or failed."""

    KINDS = (
        ("booklet", gettext_lazy("Livreto")),
        ("general_table", gettext_lazy("Quadro Geral de Serviços Públicos")),
    )
    STATES = (
        ("asked", gettext_lazy("na fila")),
        ("making", gettext_lazy("sendo feito")),
        ("done", gettext_lazy("pronto")),
        ("failed", gettext_lazy("não deu certo")),
    )

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=16, choices=KINDS, default="booklet")
    #: The id of a body's record; empty for the whole city.
    body = models.CharField(max_length=10, blank=True)
    body_title = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=12)
    #: The day that it shows, if that was past when it was asked for.
    as_of = models.DateField(null=True, blank=True)
    #: Of a general table.
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="asked")
    #: Kept for good.
    frozen = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: When whoever makes it began, and then last gave a sign of life.
    started_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    #: Where the log was when it was made.
    place = models.CharField(max_length=40, blank=True)
    pages = models.PositiveIntegerField(default=0)
    services = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = gettext_lazy("edição da carta em PDF")
        verbose_name_plural = gettext_lazy("edições da carta em PDF")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="making"), name="conecta_one_booklet_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(kind="general_table", state__in=["asked", "making", "done"]),
                name="conecta_one_general_table_a_year",
            ),
        ]
        indexes = [models.Index(fields=["kind", "state", "body", "language"], name="conecta_edition_of")]

    def __str__(self) -> str:
        if self.kind == "general_table":
            return _("Quadro Geral de Serviços Públicos de %(year)s") % {"year": self.year}
        name = self.body_title or _("Carta de Serviços")
        return f"{name} ({self.as_of:%d/%m/%Y})" if self.as_of else name


class EditionFile(models.Model):
    """A file of an edition: written once. In the database, so that every machine has it and nobody exchanges it."""

    TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}

    edition = models.ForeignKey(BookletEdition, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(max_length=4)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    #: SHA-256, hexadecimal.
    digest = models.CharField(max_length=64)

    objects = KeptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "form"], name="conecta_one_file_per_form")]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.form}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. Raises ``EditionIsKept``."""
        if self.pk is not None:
            raise EditionIsKept(str(self))
        self.size, self.digest = len(self.data), hashlib.sha256(self.data).hexdigest()
        super().save(*args, **kwargs)


@receiver(pre_delete, sender=BookletEdition)
@receiver(pre_delete, sender=EditionFile)
def keep_for_good(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """By whatever way it would go. Raises ``EditionIsKept``."""
    edition = instance if isinstance(instance, BookletEdition) else instance.edition
    if edition.frozen:
        raise EditionIsKept(str(edition))
