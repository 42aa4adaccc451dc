"""Where a page of a list begins: behind a record, named by what sorts it, so that it holds while others publish."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Order:
    """An order of records in which no two have the same place. The last of ``fields`` tells them apart."""

    fields: tuple[str, ...]
    types: tuple[type, ...]
    descending: bool = False

    def by(self) -> tuple[str, ...]:
        """As ``order_by`` takes it."""
        return tuple(f"-{name}" for name in self.fields) if self.descending else self.fields

    def after(self, place: Sequence[Any]) -> Q:
        """What comes after a record whose ``fields`` hold these values."""
        beyond = "lt" if self.descending else "gt"
        found, equal = Q(), Q()
        for name, value in zip(self.fields, place, strict=True):
            found |= equal & Q(**{f"{name}__{beyond}": value})
            equal &= Q(**{name: value})
        return found


TITLES = Order(("title", "entry_id"), (str, str))
ORDERS = {
    "title": TITLES,
    "-title": Order(TITLES.fields, TITLES.types, descending=True),
    # Numbers of the log: whatever changed later has the higher one.
    "updated": Order(("sequence",), (int,)),
    "-updated": Order(("sequence",), (int,), descending=True),
}


def mark(place: Sequence[Any]) -> str:
    """The opaque cursor behind a record whose place this is."""
    text = json.dumps(list(place), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8")).decode("ascii").rstrip("=")


def behind(cursor: str, order: Order) -> Q:
    """What comes after a cursor in an order. Raises ``ValueError`` if it is none of this order's."""
    try:
        text = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        place = json.loads(text.decode("utf-8"))
        fits = [type(value) for value in place] == list(order.types)
        # PostgreSQL takes no NUL, no half a character, no number beyond 64 bits.
        words = "".join(str(value) for value in place).encode("utf-8")
        storable = b"\x00" not in words and all(abs(value) < 2**63 for value in place if isinstance(value, int))
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError("not a cursor") from error
    if not (fits and storable):
        raise ValueError("not a cursor")
    return order.after(place)
