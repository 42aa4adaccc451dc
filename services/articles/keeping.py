"""Articles beside their records: drawn by the worker once what they are made of has changed, given out until it has.

An article that is not there, or was made of something else, is drawn for the page that needs it: nothing waits for the
worker, and nothing old is shown. A site keeps none without ``CONECTA_CODE_VERSION``, the path of a function whose
answer is another whenever programs, templates or words are; ours is ``conecta_site.code_version``.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import F, Q
from django.urls import get_script_prefix
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override
from wagtail.admin.utils import get_admin_base_url

from services import changes, page_sources
from services.articles.drawing import Parts, draw, written
from services.kept_pages import FACE
from services.models.article import Article
from services.models.published import PublishedRecord
from services.neighbours import the_city
from services.record import City, from_json

logger = logging.getLogger(__name__)

#: Articles that are drawn and written at once.
BATCH = 50
_KINDS = ("service",)

_readers: list[Callable[[], object]] = []
#: When this process last saw that all were drawn: the log's place, and what they were made of.
_done: list[tuple[tuple[str, int], str]] = []


def varies_by(reader: Callable[[], object]) -> None:
    """Have articles depend on something that costs nothing to read, such as a setting."""
    _readers.append(reader)


def kept_parts(row: PublishedRecord) -> Parts | None:
    """The article that ``rows_at`` read with a row; ``None``: there is none that says what would be drawn now."""
    etag, base, parts = (getattr(row, f"article_{name}", None) for name in ("etag", "base", "parts"))
    if not parts or etag != row.etag or get_language() != row.locale or base != _base():
        return None
    return {name: written(html) for name, html in json.loads(parts).items()}


def draw_due(_at: datetime) -> int:
    """Draw what is not there, or was made of something else; how many were. A duty of the worker."""
    base = _base()
    state = changes.head(), base
    if not base or _done == [state]:
        return 0
    Article.objects.filter(record__deleted=True).delete()
    drawn = sum(_draw_all(rows, base) for rows in _due(base))
    _done[:] = [state]
    return drawn


def _base() -> str:
    """What all articles are made of beside their records, as one word; blank where none can be kept."""
    version = getattr(settings, "CONECTA_CODE_VERSION", "")
    try:
        face = page_sources.now(FACE)
    except page_sources.Unreadable:
        return ""
    if not version:
        return ""
    parts = (import_string(version)(), get_admin_base_url(), get_script_prefix(), face, *(read() for read in _readers))
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _due(base: str) -> Iterator[list[PublishedRecord]]:
    """What is to be drawn, the latest changes first: these are looked for."""
    public = PublishedRecord.objects.public().filter(kind__in=_KINDS).exclude(url="")
    other = Q(article=None) | ~Q(article__base=base) | ~Q(article__etag=F("etag"))
    numbers = list(public.filter(other).order_by("-sequence").values_list("pk", flat=True))
    for first in range(0, len(numbers), BATCH):
        yield list(public.filter(pk__in=numbers[first : first + BATCH]))


def _draw_all(rows: list[PublishedRecord], base: str) -> int:
    city = the_city()
    articles = [article for row in rows if (article := _drawn(row, base, city)) is not None]
    Article.objects.bulk_create(
        articles, update_conflicts=True, unique_fields=["record"], update_fields=["etag", "base", "parts"]
    )
    return len(articles)


def _drawn(row: PublishedRecord, base: str, city: City | None) -> Article | None:
    try:
        with override(row.locale):
            parts = draw(from_json(row.body), city)
    except Exception:
        # Its page tells the same to whoever asks for it; the others are drawn.
        logger.exception("article %s %s could not be drawn", row.kind, row.entry_id)
        return None
    return Article(record=row, etag=row.etag, base=base, parts=json.dumps(parts))
