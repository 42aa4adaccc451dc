"""Read the change log after a cursor: all that a follower needs to start, catch up or rebuild."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from services.models.published import LAST_SEEN, LogHead, PublishedRecord, new_epoch
from services.record import Record, from_json

_HEAD = f"SELECT epoch, sequence FROM {LogHead._meta.db_table} WHERE id = 1"  # noqa: S608 - no input in it
START = "0"
BATCH = 200
#: Seconds for which searches trust what they saw of the log: each asking it cost a tenth of their time.
RECENT = 0.25


class CursorGone(Exception):
    """The cursor is of another life of the log, or beyond its head: the follower starts again (HTTP 410)."""


@dataclass(frozen=True)
class Change:
    """The newest state of one entry in one locale; ``body`` is canonical JSON, empty for a tombstone."""

    sequence: int
    kind: str
    id: str
    source_id: str
    locale: str
    deleted: bool
    url: str
    body: str

    def record(self) -> Record:
        """The record. Only for a change that is no deletion."""
        return from_json(self.body)


def head() -> tuple[str, int]:
    """The log's epoch and the number of its last change: one query."""
    # Asked by every search and every page: written out, it costs a quarter of what the ORM's takes.
    with connection.cursor() as ask:
        ask.execute(_HEAD)
        row: tuple[str, int] | None = ask.fetchone()
    place = row or (LogHead.objects.get_or_create(pk=1)[0].epoch, 0)
    LAST_SEEN.note(place)
    return place


def recent_head() -> tuple[str, int]:
    """The head as it was at most ``RECENT`` seconds ago; this process's own changes are in it at once."""
    return LAST_SEEN.recent(RECENT) or head()


def renew_epoch() -> str:
    """Begin another life of the log, after a backup was restored: every cursor given out before is gone."""
    with LogHead.held():
        epoch = new_epoch()
        LogHead.objects.filter(pk=1).update(epoch=epoch)
    LAST_SEEN.forget()
    return epoch


def cursor(epoch: str, sequence: int) -> str:
    """The opaque form of a place in the log: ``EPOCH.SEQUENCE``, ``0`` for its start."""
    return f"{epoch}.{sequence}" if sequence else START


def sequence_of(cursor_text: str) -> int:
    """How far into its log a cursor that we made is."""
    return int(cursor_text.rpartition(".")[2])


def read(after: str, *, limit: int = BATCH) -> tuple[str, list[Change]]:
    """Up to ``limit`` changes after a cursor, in order, and the cursor behind the last of them: two queries.

    At the head, the list is empty. Raises ``ValueError`` if ``after`` is no cursor, ``CursorGone`` if it holds no more.
    """
    epoch, last = head()
    start = _position(after, epoch, last)
    found = as_changes(PublishedRecord.objects.after(start)[:limit])
    return (cursor(epoch, found[-1].sequence) if found else after), found


def as_changes(rows: QuerySet[PublishedRecord]) -> list[Change]:
    """Heads as the changes that they are: one query."""
    fields = ("sequence", "kind", "entry_id", "source_id", "locale", "deleted", "url", "body")
    return [Change(*row) for row in rows.values_list(*fields)]


def _position(cursor_text: str, epoch: str, last: int) -> int:
    """The number behind a cursor."""
    if cursor_text == START:
        return 0
    its_epoch, dot, number = cursor_text.partition(".")
    if not dot or not number.isdecimal() or len(number) > 18:
        raise ValueError(f"not a cursor: {cursor_text[:40]!r}")
    if its_epoch != epoch or int(number) > last:
        raise CursorGone(cursor_text)
    return int(number)


def follow(after: str, *, limit: int = BATCH) -> Iterator[tuple[str, list[Change]]]:
    """Batches from a cursor to the head, each with the cursor behind it."""
    while True:
        after, found = read(after, limit=limit)
        if not found:
            return
        yield after, found


@dataclass(frozen=True)
class Registered:
    """A follower that the worker keeps; both report their own failures."""

    #: Bring it to the head, waiting for its turn.
    converge: Callable[[], None]
    #: Where it is; None if it has nothing yet or can not be asked.
    cursor: Callable[[], str | None]


_followers: dict[str, Registered] = {}


def register_follower(name: str, follower: Registered) -> None:
    """Have the worker bring a follower to the head."""
    _followers[name] = follower


def converge_followers() -> None:
    """Bring every follower that this process knows to the head."""
    for follower in _followers.values():
        follower.converge()


def lags() -> dict[str, int | None]:
    """How far each follower is behind the head, in changes; None for one that has nothing yet or does not say."""
    epoch, last = head()
    return {name: _lag(follower.cursor(), epoch, last) for name, follower in _followers.items()}


def _lag(reached: str | None, epoch: str, last: int) -> int | None:
    try:
        return None if reached is None else last - _position(reached, epoch, last)
    except CursorGone:
        return None
