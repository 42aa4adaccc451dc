"""The yearly general table of services (Lei 13.460/2017 art. 3): who does what, and to whom they answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from services import wording
from services.booklet.composing import NothingPublic
from services.interchange import Charter
from services.interchange.general_table import rows, written
from services.languages import wire_tag
from services.record import City
from services.timing import timezone_of

#: Keys of the JSON file, in the order of the columns of the CSV file.
KEYS = ("servico", "orgao", "sigla", "setor", "dirigente", "autoridade", "pagina")
_LAW = "Lei 13.460/2017, art. 3º"


@dataclass(frozen=True)
class Table:
    """A row a service, in the order of titles."""

    year: int
    day: date
    city: str
    rows: list[list[str]]


def table(charter: Charter, at: datetime, year: int) -> Table:
    """As it is at a moment. Raises ``NothingPublic``."""
    found = list(rows(charter))
    if not found:
        raise NothingPublic("general table")
    city = next((each for each in charter.of("city") if isinstance(each, City)), None)
    return Table(year, at.astimezone(timezone_of(city)).date(), city.title if city else "", found)


def as_csv(made: Table) -> bytes:
    """The file that the API gives as ``general-table``."""
    return b"".join(written(made.rows))


def as_json(made: Table) -> bytes:
    """``{"titulo", "lei", "cidade", "ano", "data", "servicos": [{…}]}``."""
    told = {
        "titulo": f"Quadro Geral de Serviços Públicos de {made.year}",
        "lei": _LAW,
        "cidade": made.city,
        "ano": made.year,
        "data": made.day.isoformat(),
        "servicos": [dict(zip(KEYS, row, strict=True)) for row in made.rows],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def as_data(made: Table, locale: str) -> dict[str, Any]:
    """What ``general_table.typ`` lays out, in the active language."""
    language, _hyphen, region = wire_tag(locale).partition("-")
    return {
        "language": language,
        "region": region or None,
        "title": _("Quadro Geral de Serviços Públicos de %(year)s") % {"year": made.year},
        "city": made.city,
        "day": _("Situação em %(day)s") % {"day": wording.whole_day(made.day)},
        "law": _("Lei 13.460/2017, art. 3º: os serviços, quem responde por eles e a quem essa pessoa é subordinada."),
        "headings": [_("Serviço"), _("Órgão responsável"), _("Dirigente"), _("Autoridade superior")],
        "rows": list(_shown(made)),
    }


def _shown(made: Table) -> Iterator[list[str]]:
    for service, body, acronym, sector, head, authority, _page in made.rows:
        responsible = f"{body} ({acronym})" if acronym else body
        yield [service, f"{responsible} · {sector}" if sector else responsible, head, authority]
