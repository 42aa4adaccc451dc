"""How complete each entry is as its editors left it."""

from django.db import models


class EntryScore(models.Model):
    """The score of an entry's newest revision, in the source language: what reports and lists ask for.

    Beside the entries, not a column of them: revisions carry an entry's columns, and would bring old scores back.
    What is public has a score of its own, in its record's row.
    """

    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10)
    percent = models.PositiveSmallIntegerField()
    required_gaps = models.PositiveSmallIntegerField()
    # Keys of the rules that it does not meet, each between blanks: " documents time ".
    gaps = models.TextField(blank=True)
    assessed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry_id"], name="conecta_one_score_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id} {self.percent}%"

    @property
    def rules(self) -> list[str]:
        """The keys of the rules that the entry does not meet."""
        return self.gaps.split()
