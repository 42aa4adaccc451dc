"""How often something that pages are made of was changed, where it is too much to be read each time."""

from django.db import models
from django.db.models import F


class SourceHead(models.Model):
    """A number for a thing beside the log: another one as soon as the thing is another."""

    name = models.CharField(max_length=32, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @classmethod
    def renew(cls, name: str) -> None:
        """Tell every process that it is another now. In the transaction that changes it."""
        if not cls.objects.filter(name=name).update(number=F("number") + 1):
            _row, is_new = cls.objects.get_or_create(name=name, defaults={"number": 1})
            if not is_new:
                cls.objects.filter(name=name).update(number=F("number") + 1)

    @classmethod
    def of(cls, name: str) -> int:
        """The number now, 0 for what never changed: one query."""
        found: int | None = cls.objects.filter(name=name).values_list("number", flat=True).first()
        return found or 0
