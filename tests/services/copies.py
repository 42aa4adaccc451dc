"""Copies of what is public: of another system that follows the log, and of a backup of the database."""

from typing import Any

from django.core import serializers
from django.test import Client

from services import changes
from services.models import LogHead, PublishedRecord, PublishedVersion, RecordLink

LOG = (LogHead, PublishedRecord, PublishedVersion, RecordLink)


class Copy:
    """Another system's copy of all that is public."""

    def __init__(self) -> None:
        self.cursor = changes.START
        self.held: dict[tuple[str, str, str], str] = {}

    def follow(self) -> None:
        """Take in what is new, or start again."""
        try:
            found = list(changes.follow(self.cursor, limit=2))
        except changes.CursorGone:
            self.cursor, self.held = changes.START, {}
            found = list(changes.follow(self.cursor, limit=2))
        for cursor, batch in found:
            self.cursor = cursor
            for change in batch:
                key = (change.kind, change.id, change.locale)
                if change.deleted:
                    self.held.pop(key, None)
                else:
                    self.held[key] = change.body


def public() -> dict[tuple[str, str, str], str]:
    """What is public now."""
    rows = PublishedRecord.objects.public().values_list("kind", "entry_id", "locale", "body")
    return {(kind, entry_id, locale): body for kind, entry_id, locale, body in rows}


def backup() -> list[Any]:
    """All of the log, as a backup of the database holds it."""
    return [serializers.serialize("json", model.objects.all()) for model in LOG]


def restore(saved: list[Any]) -> None:
    """The log as it was, in another life."""
    for model in reversed(LOG):
        model.objects.all().delete()
    for text in saved:
        for row in serializers.deserialize("json", text):
            row.save()
    changes.renew_epoch()


class Mirror:
    """As ``Copy``, of one who knows the API alone: what it holds is by kind, id and language."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.cursor = "0"
        self.held: dict[tuple[str, str, str], Any] = {}

    def follow(self, *, batches: int | None = None) -> None:
        """Take in what is new, as far as the head or so many answers; or start again."""
        while batches is None or batches > 0:
            answer = self._client.get("/api/v1/changes", {"after": self.cursor, "limit": 2})
            if answer.status_code == 410:
                self.cursor, self.held = "0", {}
                continue
            told = answer.json()
            if not told["changes"]:
                return
            self.cursor = told["cursor"]
            for change in told["changes"]:
                key = (change["kind"], change["id"], change["locale"])
                if change["deleted"]:
                    self.held.pop(key, None)
                else:
                    self.held[key] = change["record"]
            batches = None if batches is None else batches - 1
