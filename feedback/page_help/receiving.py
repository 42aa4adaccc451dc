"""What a reader said of a page is kept: once, and aside if it comes as one of a flood."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from feedback.models import LONGEST_ERROR, PageError, PageHelp
from feedback.page_help.sections import sections_of
from feedback.submission import MOST_OF_ALL, MOST_OF_ONE
from services.passing_names import DAY, count_of
from services.personal_data import is_personal
from services.record import Record

#: The kind of what is no entry's page.
PAGE = "page"


@dataclass(frozen=True)
class About:
    """The page that it is about."""

    kind: str
    entry_id: str = ""
    path: str = ""
    title: str = ""
    url: str = ""
    etag: str = ""
    record: Record | None = None

    @property
    def body_id(self) -> str:
        """The body whose page it is; blank for the city's."""
        if self.kind == "secretariat":
            return self.entry_id
        body = getattr(self.record, "secretariat", None)
        return body.id if body is not None else ""


@dataclass(frozen=True)
class Said:
    """What a reader said. ``token`` is the same when the same is sent again."""

    token: uuid.UUID
    version: str
    locale: str
    helped: bool | None = None
    wrong: bool = False
    section: str = ""
    text: str = ""


class NothingSaid(ValueError):
    """Neither an answer nor a fault."""


def receive(about: About, said: Said, *, at: datetime, place: str = "", by_program: bool = False) -> None:
    """Keep an answer, a report, or both; what was kept already stays as it was. Raises ``NothingSaid``.

    ``place`` is a passing name of where it came from.
    """
    if said.helped is None and not said.wrong:
        raise NothingSaid
    if _is_kept(said.token):
        return
    common: dict[str, Any] = {
        "token": said.token,
        "kind": about.kind,
        "entry_id": about.entry_id,
        "path": about.path,
        "version": said.version,
        "locale": said.locale,
        "received_at": at,
        "set_aside": by_program or _is_burst(place, f"{about.kind}-{about.entry_id}{about.path}"),
    }
    try:
        with transaction.atomic():
            if said.helped is not None:
                PageHelp.objects.create(**common, helped=said.helped)
            if said.wrong:
                text = said.text.strip()[:LONGEST_ERROR]
                known = {each.key for each in sections_of(about.kind)}
                PageError.objects.create(
                    **common,
                    body_id=about.body_id,
                    section=said.section if said.section in known else "",
                    text=text,
                    personal=is_personal(text),
                )
    except IntegrityError:
        # The second tap was answered by another thread.
        if not _is_kept(said.token):
            raise


def _is_kept(token: uuid.UUID) -> bool:
    return PageHelp.objects.filter(token=token).exists() or PageError.objects.filter(token=token).exists()


def _is_burst(place: str, page: str) -> bool:
    if not place:
        return False
    of_one = count_of(f"page-help-{place}-{page}", seconds=DAY)
    return of_one > MOST_OF_ONE or count_of(f"page-help-{place}", seconds=DAY) > MOST_OF_ALL
