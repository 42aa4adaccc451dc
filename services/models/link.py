"""Addresses outside the charter that it sends people to: where they stand, and whether they open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Link(models.Model):
    """An address, and what became of it when it was last followed (``services.links.rounds``)."""

    url = models.CharField(max_length=2048, unique=True)
    host = models.CharField(max_length=255)
    #: Not to be followed before.
    next_at = models.DateTimeField(db_index=True)
    checked_at = models.DateTimeField(null=True)
    #: The first failure of those that nothing has interrupted, and since when it counts as dead.
    failing_since = models.DateTimeField(null=True)
    dead_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=16, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    #: Where it leads; and what its server says of when that was last changed.
    final_url = models.CharField(max_length=2048, blank=True)
    last_modified = models.CharField(max_length=64, blank=True)
    #: When it was first seen to say something else, or to have moved for good.
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [
            models.Index(fields=["dead_since"], name="conecta_dead_links", condition=Q(dead_since__isnull=False))
        ]

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """Where a link stands in the public charter."""

    PLACES = [
        ("digital", _("link do serviço digital")),
        ("law", _("leis e normas")),
        ("channel", _("canal de atendimento")),
        ("text", _("texto")),
    ]

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10)
    place = models.CharField(max_length=8, choices=PLACES)
    #: When who looks after the entry was told that it is dead.
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "kind", "entry_id", "place"], name="conecta_link_stands_once"),
        ]
        indexes = [models.Index(fields=["kind", "entry_id"], name="conecta_links_of_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}: {self.link_id}"


class ReadUpTo(models.Model):
    """How far into the change log somebody has read who keeps what was read in this database."""

    reader = models.CharField(max_length=32, unique=True)
    cursor = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.reader} {self.cursor}"
