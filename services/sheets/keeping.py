"""Uploaded files, kept for their owner between the look and the act."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.models import UploadedSheet

#: How long one may look at what a file would change.
KEPT = timedelta(hours=2)


def keep(user: Any, *, name: str, data: bytes, at: datetime) -> UploadedSheet:
    """Keep a file in the place of those that its owner uploaded before."""
    forget_old(at)
    UploadedSheet.objects.filter(user=user).delete()
    return UploadedSheet.objects.create(user=user, name=name[-255:], data=data, created_at=at)


def kept(user: Any, sheet: UUID, at: datetime) -> UploadedSheet | None:
    """A person's own file, unless it is too old."""
    return UploadedSheet.objects.filter(user=user, pk=sheet, created_at__gt=at - KEPT).first()


def keep_longer(sheet: UploadedSheet, at: datetime) -> None:
    """For the parts that its owner has still to look at."""
    sheet.created_at = at
    sheet.save(update_fields=["created_at"])


def forget_old(at: datetime) -> int:
    """Delete what is too old; a duty of the worker."""
    return UploadedSheet.objects.filter(created_at__lte=at - KEPT).delete()[0]
