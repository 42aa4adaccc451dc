"""What the portal and the admin show of editions: one query each, without their files' bytes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from services.models.booklet import BookletEdition, EditionFile

#: Past editions that the portal's page lists.
LISTED = 60


@dataclass(frozen=True)
class File:
    """A file as it is offered."""

    form: str
    size: int
    url: str


@dataclass(frozen=True)
class Edition:
    """An edition as it is offered."""

    code: str
    title: str
    kind: str
    body: str
    language: str
    as_of: date | None
    year: int | None
    made_at: datetime
    pages: int
    services: int
    frozen: bool
    files: list[File] = field(default_factory=list)

    @property
    def pdf(self) -> File | None:
        """Its PDF."""
        return next((file for file in self.files if file.form == "pdf"), None)


@dataclass(frozen=True)
class Shelf:
    """All that is there: the newest of the whole city and of each body, the tables of the years, and former ones."""

    newest: Edition | None
    bodies: list[Edition]
    tables: list[Edition]
    former: list[Edition]


def shelf(*, language: str, source: str) -> Shelf:
    """In a language, or else in the one that the city writes in: two queries."""
    newest: Edition | None = None
    bodies: dict[str, Edition] = {}
    tables: list[Edition] = []
    former: list[Edition] = []
    for edition in _done():
        if edition.kind == "general_table":
            tables.append(edition)
        elif edition.as_of or edition.language not in (language, source):
            former.append(edition)
        elif not edition.body:
            if newest is None:
                newest = edition
            elif newest.language != language == edition.language:
                former.append(newest)
                newest = edition
            else:
                former.append(edition)
        elif edition.body not in bodies or bodies[edition.body].language != language == edition.language:
            bodies[edition.body] = edition
        else:
            former.append(edition)
    return Shelf(
        newest=newest,
        bodies=sorted(bodies.values(), key=lambda edition: edition.title.casefold()),
        tables=sorted(tables, key=lambda edition: -(edition.year or 0)),
        former=former[:LISTED],
    )


def _done() -> Iterable[Edition]:
    """The newest first."""
    rows = BookletEdition.objects.filter(state="done").order_by("-made_at", "-pk")
    files: dict[int, list[tuple[str, int]]] = {}
    sizes = EditionFile.objects.filter(edition__state="done").order_by("-form")
    for edition_id, form, size in sizes.values_list("edition_id", "form", "size"):
        files.setdefault(edition_id, []).append((form, size))
    return [offered(row, files.get(row.pk, [])) for row in rows]


def offered(row: BookletEdition, files: Iterable[tuple[str, int]]) -> Edition:
    """A row as it is offered."""
    assert row.made_at is not None  # noqa: S101 - of an edition that is done
    return Edition(
        code=row.code,
        title=row.body_title or _("Toda a Prefeitura"),
        kind=row.kind,
        body=row.body,
        language=row.language,
        as_of=row.as_of,
        year=row.year,
        made_at=row.made_at,
        pages=row.pages,
        services=row.services,
        frozen=row.frozen,
        files=[File(form, size, address(row, form)) for form, size in files],
    )


def address(row: BookletEdition, form: str) -> str:
    """Where a file is for as long as it is kept."""
    return reverse("conecta_services:edition_file", args=[row.code, file_name(row, form)])


def file_name(row: BookletEdition, form: str) -> str:
    """``carta-de-servicos-2026-11-27.pdf``, ``quadro-geral-de-servicos-2026.csv``."""
    if row.kind == "general_table":
        return f"quadro-geral-de-servicos-{row.year}.{form}"
    day = row.as_of or timezone.localdate(row.made_at or row.asked_at)
    parts = ["carta-de-servicos", slugify(row.body_title)[:60].strip("-"), f"{day:%Y-%m-%d}"]
    if row.language != "pt-br":
        parts.append(row.language)
    return "-".join(part for part in parts if part) + f".{form}"
