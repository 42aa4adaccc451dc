"""Slugs for entries whose source has none: from the title, the same at every import."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from services.record import Entry

# Wagtail's slugs end at 255 characters; a suffix of an id takes eleven.
_MAX_LENGTH = 240


# A charter says the same few topics and audiences over and over.
@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text as people compare it: lower case, no accents, only letters and digits between single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char if char.isalnum() else " " for char in letters if not unicodedata.combining(char))
    return " ".join(bare.split())


def slugify(text: str) -> str:
    """Lower-case ASCII letters and digits joined by hyphens; ``""`` if the text has none."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text)[:_MAX_LENGTH].strip("-")


def assign_slugs(siblings: Iterable[Entry]) -> None:
    """Give each of these entries, which stand below one parent, a slug that no other of them has.

    Of several titles that give the same slug, the first entry has it bare and the others end in
    their id: callers give the entries in an order that does not hang on how they were read.
    """
    taken: set[str] = set()
    for entry in siblings:
        slug = slugify(entry.title)
        if not slug or slug in taken:
            slug = f"{slug}-{entry.id}".lstrip("-")
        taken.add(slug)
        entry.slug = slug
