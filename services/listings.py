"""The index pages: every entry of a kind, from A to Z."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, Q, TextField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.neighbours import Listed, listed, readable
from services.record import City, Kind, from_json

#: Beyond this many lines an index shows one letter at a time: a page must stay light on a thin connection.
LONG = 150


@dataclass(frozen=True)
class Listing:
    """An index page: its path, what it lists, its heading, a sentence under it, and whether lines have summaries."""

    path: str
    kinds: tuple[Kind, ...]
    title: str | Promise
    lead: str | Promise
    summaries: bool = True
    letters: bool = False


LISTINGS: tuple[Listing, ...] = (
    Listing(
        "servicos",
        ("service",),
        _("Serviços de A a Z"),
        _("Todos os serviços que a Prefeitura oferece."),
        summaries=False,
        letters=True,
    ),
    Listing(
        "orgaos", ("secretariat",), _("Órgãos"), _("Secretarias e outros órgãos: o que fazem e como falar com cada um.")
    ),
    Listing("temas", ("topic",), _("Temas"), _("Serviços agrupados por assunto.")),
    Listing("publicos", ("audience",), _("Públicos"), _("Serviços para cada grupo de pessoas e organizações.")),
    Listing("momentos", ("life_event",), _("Momentos da vida"), _("O que fazer em cada fase da vida.")),
    Listing("unidades", ("unit",), _("Onde ser atendido"), _("Endereços, telefones e horários de atendimento.")),
    Listing("distritos", ("district",), _("Distritos e povoados"), _("O que há perto de onde você mora.")),
    Listing("formularios", ("form",), _("Formulários"), _("Modelos para baixar, preencher e entregar.")),
    Listing(
        "passo-a-passo", ("procedure",), _("Passo a passo"), _("Caminhos que passam por mais de um serviço, em ordem.")
    ),
    Listing("informacoes", ("information",), _("Informações"), _("Orientações, programas e perguntas frequentes.")),
)

BY_PATH = {listing.path: listing for listing in LISTINGS}
PATH_OF_KIND: dict[Kind, str] = {kind: listing.path for listing in LISTINGS for kind in listing.kinds}


@dataclass(frozen=True)
class Letter:
    """A letter and the entries that begin with it."""

    letter: str
    entries: Sequence[Listed]


def entries(listing: Listing, *, language: str) -> tuple[list[Listed], City | None]:
    """The lines of an index by title, accents and capitals ignored, and the city's record: one query."""
    rows = readable(language).filter(Q(kind__in=listing.kinds) & ~Q(url="") | Q(kind="city"))
    found: list[Listed] = []
    city = None
    if listing.summaries:
        for row in rows:
            if row.kind == "city":
                city = from_json(row.body)
            else:
                found.append(listed(row))
    else:
        # Bodies are most of what would be read; here only the city's is wanted.
        body = Case(When(kind="city", then=F("body")), default=Value(""), output_field=TextField())
        for kind, entry_id, title, url, whole in rows.values_list("kind", "entry_id", "title", "url", body):
            if kind == "city":
                city = from_json(whole)
            else:
                found.append(Listed(kind, entry_id, title, url))
    lines = sorted(found, key=lambda entry: (plain(entry.title), entry.id))
    return lines, city if isinstance(city, City) else None


def by_letter(lines: Sequence[Listed]) -> list[Letter]:
    """Lines under their first letter; what begins with none stands under ``#``."""
    letters: dict[str, list[Listed]] = {}
    for line in lines:
        first = plain(line.title)[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(line)
    return [Letter(letter, those) for letter, those in sorted(letters.items())]


def plain(text: str) -> str:
    """Without accents and capitals: what names are ordered and compared by."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
