"""What phones tell of kept entries that were read without a network: how often, of nobody in particular."""

import json
from collections.abc import Iterator
from datetime import date

from services.languages import locale_of
from services.models.published import PublishedRecord
from services.models.visit_count import Visited
from services.record.identity import is_id

#: Entries that one phone tells of at once, and how often each is believed to have been read.
MOST_ENTRIES, MOST_TIMES = 100, 20
#: Bytes of what it sends.
MOST_BYTES = 8_000
CHANNEL = "offline"


def reads_in(body: bytes, day: date) -> dict[Visited, int]:
    """Counts of entries that are public, on the day on which they are told. One query.

    Raises ``ValueError`` for what no phone of ours sends.
    """
    told = dict(_told(body, day))
    ids = {visited.entry_id for visited in told}
    rows = PublishedRecord.objects.public().filter(entry_id__in=ids).values_list("kind", "entry_id")
    public = set(rows.distinct())
    return {visited: times for visited, times in told.items() if (visited.kind, visited.entry_id) in public}


def _told(body: bytes, day: date) -> Iterator[tuple[Visited, int]]:
    """``{"pt-br/service/ID": times}``."""
    if len(body) > MOST_BYTES:
        raise ValueError("too long")
    reads = json.loads(body)
    if not isinstance(reads, dict) or len(reads) > MOST_ENTRIES:
        raise ValueError("no counts of a phone")
    for name, times in reads.items():
        parts = str(name).split("/")
        if len(parts) != 3:
            raise ValueError(name)
        tag, kind, entry_id = parts
        locale = locale_of(tag)
        if locale is None or not is_id(entry_id) or type(times) is not int or times < 1:
            raise ValueError(name)
        yield Visited(day, kind, entry_id, locale, CHANNEL), min(times, MOST_TIMES)
