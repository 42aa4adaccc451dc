"""Where a page of a list begins: behind a record, named by its title and id, so that it holds while others publish."""

import base64
import json

from django.db.models import Q

ORDER = ("title", "entry_id")


def mark(title: str, entry_id: str) -> str:
    """The opaque cursor behind a record."""
    text = json.dumps([title, entry_id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8")).decode("ascii").rstrip("=")


def after(title: str, entry_id: str) -> Q:
    """What comes after a record in ``ORDER``."""
    return Q(title__gt=title) | Q(title=title, entry_id__gt=entry_id)


def behind(cursor: str) -> Q:
    """What comes after a cursor in ``ORDER``. Raises ``ValueError`` if it is none."""
    try:
        text = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        title, entry_id = json.loads(text.decode("utf-8"))
        # PostgreSQL takes no NUL, nor half a character: joining and encoding say whether these are texts.
        storable = b"\x00" not in "".join((title, entry_id)).encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError("not a cursor") from error
    if not storable:
        raise ValueError("not a cursor")
    return after(title, entry_id)
