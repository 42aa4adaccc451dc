"""The general table of services that Lei 13.460/2017 art. 3 asks for each year: who is responsible, and to whom."""

from collections.abc import Iterable, Iterator

from services.interchange.base import Charter, Format
from services.interchange.planilha.lines import marked
from services.record import Secretariat, Service
from services.spreadsheet import csv_pieces

HEADINGS = (
    "Serviço",
    "Órgão ou entidade responsável",
    "Sigla",
    "Setor",
    "Dirigente do órgão",
    "Autoridade a quem o órgão é subordinado ou vinculado",
    "Página",
)
#: To whom a body answers that stands below no other.
TOP = "Chefe do Poder Executivo municipal"


def write(charter: Charter) -> Iterator[bytes]:
    """CSV, a row for each service in the order of their titles."""
    return written(rows(charter))


def written(told: Iterable[list[str]]) -> Iterator[bytes]:
    """Rows as the format writes them."""
    return csv_pieces(HEADINGS, ([marked(text, runs=False) for text in row] for row in told))


def rows(charter: Charter) -> Iterator[list[str]]:
    """What stands in the columns, a row for each service in the order of their titles."""
    bodies = {entry.id: entry for entry in charter.of("secretariat") if isinstance(entry, Secretariat)}
    for service in charter.of("service"):
        if not isinstance(service, Service):
            continue
        ref = service.secretariat
        body = bodies.get(ref.id) if ref else None
        name = body.title if body else ref.title if ref else ""
        told = [body.acronym, service.sector, body.head] if body else ["", service.sector, ""]
        page = charter.site.address(service.url)
        yield [service.title, name, *told, _authority(body, bodies), page]


def _authority(body: Secretariat | None, bodies: dict[str, Secretariat]) -> str:
    if body is None:
        return ""
    if body.superior is None:
        return TOP
    superior = bodies.get(body.superior.id)
    if superior is None:
        return body.superior.title or TOP
    return f"{superior.title} ({superior.head})" if superior.head else superior.title


FORMAT = Format(
    name="general-table",
    media_type="text/csv; charset=utf-8",
    write=write,
    suffix=".csv",
)
