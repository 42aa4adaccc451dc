"""The way from the first page to an entry's, as its page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from services.listings import BY_PATH, PATH_OF_KIND
from services.record import Record, Ref


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page on the way: what it is called and its path."""

    title: str
    url: str


def to_entry(record: Record) -> list[Crumb]:
    """Home, the entry's body or else the index of its kind, and the entry."""
    return [*_first(), *_above(record), Crumb(record.title, record.url)]


def to_page(title: str, path: str, *, above: str = "", above_url: str = "") -> list[Crumb]:
    """Home, the page above if there is one, and a page of the interface."""
    between = [Crumb(above, above_url)] if above_url else []
    return [*_first(), *between, Crumb(title, path)]


def _first() -> Iterator[Crumb]:
    yield Crumb(_("Início"), reverse("wagtail_serve", args=[""]))


def _above(record: Record) -> Iterator[Crumb]:
    body = getattr(record, "secretariat", None)
    path = PATH_OF_KIND.get(record.kind, "")
    if isinstance(body, Ref) and body.url:
        yield Crumb(body.title, body.url)
    elif path and record.kind != "service":
        yield Crumb(str(BY_PATH[path].title), reverse(f"conecta_services:{path}"))
