"""What posters are made of, from the log's heads: each question a query or two."""

from collections.abc import Iterable

from feedback.posters.facts import Poster, of_service, of_unit
from services.languages import current_locale
from services.models.published import RecordLink
from services.neighbours import the_city
from services.querysets import linked_from, linked_to, public_of
from services.record import Kind, Record, Service, Unit, from_json

#: How a code's and a poster's address names what it is of.
KINDS: dict[str, Kind] = {"servico": "service", "unidade": "unit"}


class NoPoster(LookupError):
    """Nothing public has that id."""


def record_of(what: str, record_id: str) -> Service | Unit:
    """The public record in the reader's language. Raises ``NoPoster``."""
    rows = public_of(KINDS[what], current_locale()).filter(entry_id=record_id)
    body = rows.values_list("body", flat=True).first()
    record = from_json(body) if body else None
    if not isinstance(record, Service | Unit):
        raise NoPoster(record_id)
    return record


def kind_of(record_id: str) -> str:
    """Whether an id is a public service's or unit's, as addresses name it. Raises ``NoPoster``."""
    for what, kind in KINDS.items():
        if public_of(kind, current_locale()).filter(entry_id=record_id).exists():
            return what
    raise NoPoster(record_id)


def services_at(unit_id: str) -> list[Service]:
    """The public services given at a unit, by title."""
    rows = linked_to(public_of("service", current_locale()), "unit", "unit", unit_id)
    return [each for each in _by_title(rows.values_list("body", flat=True)) if isinstance(each, Service)]


def poster_of(record: Service | Unit) -> Poster:
    """Its poster as things are now."""
    if isinstance(record, Unit):
        return of_unit(record, services_at(record.id), the_city())
    rows = linked_from(public_of("unit", current_locale()), "unit", "service", record.id)
    units = [each for each in _by_title(rows.values_list("body", flat=True)) if isinstance(each, Unit)]
    return of_service(record, units, the_city())


def of_body(body_id: str) -> list[Service | Unit]:
    """The public units and services of a body, units first: those of which there are posters."""
    links = RecordLink.objects.filter(relation="secretariat", target_kind="secretariat", target_id=body_id)
    found: list[Service | Unit] = []
    for kind in ("unit", "service"):
        rows = public_of(kind, current_locale()).filter(pk__in=links.values("record_id"))
        found += [each for each in _by_title(rows.values_list("body", flat=True)) if isinstance(each, Service | Unit)]
    return found


def _by_title(bodies: Iterable[str]) -> list[Record]:
    return sorted((from_json(body) for body in bodies), key=lambda record: record.title.casefold())
