"""One job: an edition that was asked for is made, in one bounded process, one at a time; or it says why not.

A failed job leaves all former editions as they are.
"""

import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from filelock import FileLock, Timeout

from services import changes
from services.booklet import general_table
from services.booklet.composing import Asked, NothingPublic, composed
from services.booklet.face import Face, the_face
from services.booklet.past import PastCharter
from services.booklet.printing import NotPrinted, Printed, printed
from services.exporting import PublishedCharter
from services.interchange import Charter
from services.models.booklet import BookletEdition, EditionFile
from services.neighbours import the_city
from services.timing import timezone_of

logger = logging.getLogger(__name__)

#: How often whoever makes one gives a sign of life; one of which nothing was heard for so long has ended.
SIGN, LOST = timedelta(seconds=10), timedelta(minutes=1)


class Busy(Exception):
    """Another booklet is being made: on this machine, or by another one on this database."""


def make(edition: BookletEdition, at: datetime) -> None:
    """Make one that was asked for: afterwards it is there, or it failed and says why. Raises ``Busy``."""
    with alone():
        make_alone(edition, at)


def make_alone(edition: BookletEdition, at: datetime) -> None:
    """The same for who is ``alone`` already. Raises ``Busy`` if another machine took it."""
    _claim(edition, at)
    with _signs_of_life(edition, at):
        _make(edition, at)


def _one_on_this_machine() -> Path:
    return Path(tempfile.gettempdir()) / f"conecta-booklet-{os.getuid()}.lock"


@contextmanager
def alone() -> Iterator[None]:
    """Of all installations on this machine one at a time: it is memory that must not run out. Raises ``Busy``."""
    lock = FileLock(getattr(settings, "CONECTA_BOOKLET_LOCK", "") or _one_on_this_machine())
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Busy from error
    try:
        yield
    finally:
        lock.release()


def end_lost(at: datetime) -> None:
    """Say of a job whose process or machine ended in the middle that it did, so that nobody waits for it.

    A sign from the future is none: it was given by a clock that has been set back since.
    """
    BookletEdition.objects.filter(state="making").exclude(started_at__range=(at - LOST, at + LOST)).update(
        state="failed", message=_("O trabalho parou no meio. Peça de novo.")
    )


@contextmanager
def _signs_of_life(edition: BookletEdition, at: datetime) -> Iterator[None]:
    """While it is made: by a thread with a connection of its own. The moments go on from ``at``."""
    began, ended = monotonic(), threading.Event()

    def give() -> None:
        try:
            while not ended.wait(SIGN.total_seconds()):
                now = at + timedelta(seconds=monotonic() - began)
                # A database that is away for a moment ends no job.
                with suppress(DatabaseError):
                    BookletEdition.objects.filter(pk=edition.pk, state="making").update(started_at=now)
        finally:
            connection.close()

    giver = threading.Thread(target=give, name="signs of life", daemon=True)
    giver.start()
    try:
        yield
    finally:
        ended.set()
        giver.join()


def _claim(edition: BookletEdition, at: datetime) -> None:
    end_lost(at)
    try:
        with transaction.atomic():
            claimed = BookletEdition.objects.filter(pk=edition.pk, state="asked").update(state="making", started_at=at)
    except IntegrityError as error:
        raise Busy from error
    if not claimed:
        raise Busy
    edition.refresh_from_db()


def _make(edition: BookletEdition, at: datetime) -> None:
    why = _("Algo deu errado. A edição anterior continua no ar. Avise quem cuida do sistema.")
    try:
        place = changes.cursor(*changes.head())
        with override(edition.language):
            files, made = _files(edition, at)
        _keep(edition, files, made, place=place, at=at)
        why = ""
    except NothingPublic:
        why = _("Não havia nada publicado nessa data ou nesse órgão.")
    except NotPrinted as error:
        logger.warning("booklet: %s: %s", edition.code, error)
        if error.exhausted:
            why = _("O livreto passou da memória ou do tempo que pode usar. A edição anterior continua no ar.")
    finally:
        if why:
            BookletEdition.objects.filter(pk=edition.pk).update(state="failed", message=why)
            edition.refresh_from_db()


def _files(edition: BookletEdition, at: datetime) -> tuple[dict[str, bytes], tuple[int, int]]:
    charter, moment = charter_of(edition.language, edition.as_of, at)
    if edition.kind == "general_table":
        table = general_table.table(charter, moment, edition.year or moment.year)
        pdf = printed("general_table.typ", general_table.as_data(table, edition.language), Face(), at=moment)
        files = {"pdf": pdf.pdf, "csv": general_table.as_csv(table), "json": general_table.as_json(table)}
        return files, (pdf.pages, len(table.rows))
    booklet, count = booklet_of(charter, Asked(moment, edition.language, edition.body))
    return {"pdf": booklet.pdf}, (booklet.pages, count)


def booklet_of(charter: Charter, asked: Asked) -> tuple[Printed, int]:
    """A booklet's PDF and how many services are in it, in the active language.

    Raises ``NothingPublic``, ``NotPrinted``.
    """
    face = the_face()
    data = composed(charter, asked, face)
    return printed("booklet", data, face, at=asked.at), sum(len(body["services"]) for body in data["bodies"])


def charter_of(locale: str, as_of: date | None, at: datetime) -> tuple[Charter, datetime]:
    """The charter now or as it was at the end of a day, and the moment at which it is told."""
    if as_of is None:
        return PublishedCharter(locale, at), at
    end = datetime.combine(as_of + timedelta(days=1), time(), tzinfo=timezone_of(the_city()))
    if end >= at:
        return PublishedCharter(locale, at), at
    return PastCharter(locale, end), end - timedelta(seconds=1)


def _keep(edition: BookletEdition, files: dict[str, bytes], made: tuple[int, int], *, place: str, at: datetime) -> None:
    edition.pages, edition.services = made
    edition.state, edition.place, edition.made_at, edition.message = "done", place, at, ""
    if edition.as_of or edition.kind == "general_table":
        edition.frozen = True
    with transaction.atomic():
        for form, data in files.items():
            EditionFile.objects.create(edition=edition, form=form, data=data)
        edition.save()


def make_asked(at: datetime) -> int:
    """Make all that was asked for, the oldest first; how many. A duty of the worker."""
    end_lost(at)
    began, done = monotonic(), 0
    with suppress(Busy):
        while edition := BookletEdition.objects.filter(state="asked").order_by("asked_at", "pk").first():
            make(edition, at + timedelta(seconds=int(monotonic() - began)))
            done += 1
    return done
