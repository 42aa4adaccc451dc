"""A spreadsheet between the look at what it would change and the change itself."""

import uuid

from django.conf import settings
from django.db import models


class UploadedSheet(models.Model):
    """A file that one person uploaded and nobody else sees; it goes when it is used, replaced or too old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    #: In the database: media files have public addresses, and the next request may come to another machine.
    data = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
