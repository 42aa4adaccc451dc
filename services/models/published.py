"""The read model, which is the change log: what is public now, and all that ever was.

``PublishedRecord`` has one row per (kind, id, locale). Each change takes the next number of
one counter, whose row is locked before any other: so numbers become visible in their order
and a reader of ``sequence > cursor`` misses nothing. Deletions leave tombstones for good.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, models, transaction
from django.db.utils import OperationalError

#: How long a publisher waits for its turn before it is told to try again.
LOCK_WAIT = "5s"


class PublishingBusy(Exception):
    """Somebody else is publishing, and has been for longer than ``LOCK_WAIT``."""


def new_epoch() -> str:
    """A random name for one life of the log: renewed when a backup is restored."""
    return secrets.token_hex(4)


_held: ContextVar[bool] = ContextVar("conecta_log_held", default=False)


@contextmanager
def _told_when_busy() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        cause = error.__cause__
        # PostgreSQL's lock_not_available; SQLite's busy database.
        if getattr(cause, "sqlstate", "") == "55P03" or getattr(cause, "sqlite_errorname", "") == "SQLITE_BUSY":
            raise PublishingBusy from error
        raise


class LastSeen:
    """The log's place as this process last read it: forgotten as soon as the process itself writes to the log."""

    def __init__(self) -> None:
        self._seen: tuple[float, tuple[str, int]] | None = None

    def note(self, place: tuple[str, int]) -> None:
        """Whoever reads it tells: what a search server's follower has seen, this machine's index must not be behind."""
        self._seen = time.monotonic(), place

    def recent(self, seconds: float) -> tuple[str, int] | None:
        """What was read at most so many seconds ago."""
        seen = self._seen
        return seen[1] if seen is not None and time.monotonic() - seen[0] <= seconds else None

    def forget(self) -> None:
        """Read anew next time."""
        self._seen = None


LAST_SEEN = LastSeen()


class LogHead(models.Model):
    """The one row that every publishing transaction locks first."""

    sequence = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=16, default=new_epoch)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="conecta_one_log_head")]

    def __str__(self) -> str:
        return f"{self.epoch}.{self.sequence}"

    @classmethod
    @contextmanager
    def held(cls) -> Iterator[None]:
        """A transaction that owns the log's row from its beginning; one inside another joins it.

        Raises ``PublishingBusy``.
        """
        if _held.get():
            with transaction.atomic(savepoint=False):
                yield
            return
        with ExitStack() as stack:
            with _told_when_busy():
                stack.enter_context(transaction.atomic())
                cls.lock()
            token = _held.set(True)
            try:
                yield
            finally:
                _held.reset(token)

    @classmethod
    def lock(cls) -> None:
        """Take the log's row until the transaction ends. Inside ``atomic``; raises ``PublishingBusy``.

        SQLite needs no row lock: its transactions begin IMMEDIATE.
        """
        if _held.get():
            return
        if connection.vendor != "postgresql":
            cls.objects.get_or_create(pk=1)
            return
        with connection.cursor() as cursor, _told_when_busy():
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_WAIT])
            if not cls.objects.select_for_update().filter(pk=1).exists():
                cls.objects.get_or_create(pk=1)
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")

    @classmethod
    def take(cls, count: int) -> int:
        """The first of ``count`` new numbers. The row must be locked."""
        LAST_SEEN.forget()
        transaction.on_commit(LAST_SEEN.forget)
        cls.objects.filter(pk=1).update(sequence=models.F("sequence") + count)
        last: int = cls.objects.values_list("sequence", flat=True).get(pk=1)
        return last - count + 1


class PublishedRecordQuerySet(models.QuerySet["PublishedRecord"]):
    """Questions about what is public."""

    def public(self) -> "PublishedRecordQuerySet":
        """Records that are public now: no tombstones."""
        return self.filter(deleted=False)

    def after(self, sequence: int) -> "PublishedRecordQuerySet":
        """What changed after a place in the log, in its order."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def linking_to(self, kind: str, record_id: str, *, relation: str | None = None) -> "PublishedRecordQuerySet":
        """Records with a link to an entry, by any relation or by one."""
        links = RecordLink.objects.filter(target_kind=kind, target_id=record_id)
        if relation is not None:
            links = links.filter(relation=relation)
        return self.filter(pk__in=links.values("record_id"))


class PublishedRecord(models.Model):
    """The head of an entry in one locale: its public record, or the tombstone of one."""

    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10)
    locale = models.CharField(max_length=12)
    sequence = models.BigIntegerField(unique=True)
    deleted = models.BooleanField(default=False)
    etag = models.CharField(max_length=32, blank=True)
    schema = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=255, blank=True)
    source_id = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=255, blank=True)
    slug = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=1024, blank=True)
    # How complete the record is; unknown of rows that were written before it was counted.
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    # Canonical JSON as text: lists are sent by joining it, without parsing.
    body = models.TextField(blank=True)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = PublishedRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry_id", "locale"], name="conecta_one_head_per_entry"),
        ]
        indexes = [
            models.Index(fields=["url"], name="conecta_record_url"),
            models.Index(fields=["kind", "locale", "deleted", "title", "entry_id"], name="conecta_record_list"),
            models.Index(fields=["source", "source_id"], name="conecta_record_source"),
            models.Index(fields=["entry_id"], name="conecta_record_id"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id} {self.locale} #{self.sequence}"


class PublishedVersion(models.Model):
    """A version that was public: append-only, the tombstones among them."""

    record = models.ForeignKey(PublishedRecord, on_delete=models.CASCADE, related_name="versions")
    sequence = models.BigIntegerField(unique=True)
    deleted = models.BooleanField(default=False)
    etag = models.CharField(max_length=32, blank=True)
    body = models.TextField(blank=True)
    published_at = models.DateTimeField()
    revision_id = models.BigIntegerField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.record_id} #{self.sequence}"


class RecordLink(models.Model):
    """The one index of what points to what, whether or not the target is public.

    Behind API filters, "offered here", and what is to be projected again.
    """

    record = models.ForeignKey(PublishedRecord, on_delete=models.CASCADE, related_name="links")
    relation = models.CharField(max_length=32)
    target_kind = models.CharField(max_length=16)
    target_id = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "relation", "target_kind", "target_id"], name="conecta_one_link_per_relation"
            ),
        ]
        indexes = [models.Index(fields=["target_kind", "target_id", "relation"], name="conecta_link_target")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.relation} {self.target_kind} {self.target_id}"


class ProjectAgain(models.Model):
    """A durable duty of the worker: project this entry again, because what it embeds changed."""

    kind = models.CharField(max_length=16)
    entry_id = models.CharField(max_length=10)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry_id"], name="conecta_one_duty_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}"
