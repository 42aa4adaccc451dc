"""Articles as they were drawn, beside the records that they say."""

from django.db import models

from services.models.published import PublishedRecord


class Article(models.Model):
    """The parts of a public record's page that no moment and no other entry changes: ``services.articles``.

    A copy that may be lost: what is not here, or was made of something else, is drawn for the page that needs it.
    """

    record = models.OneToOneField(PublishedRecord, on_delete=models.CASCADE, primary_key=True, related_name="article")
    etag = models.CharField(max_length=32)
    # Of what it was made beside the record, as one word.
    base = models.CharField(max_length=32)
    # A JSON object of HTML by the part's name.
    parts = models.TextField()

    def __str__(self) -> str:
        return f"{self.record_id} {self.etag}"
