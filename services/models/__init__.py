"""The write model, and the published read model."""

from services.models.published import LogHead, ProjectAgain, PublishedRecord, PublishedVersion, RecordLink

__all__ = ["LogHead", "ProjectAgain", "PublishedRecord", "PublishedVersion", "RecordLink"]
