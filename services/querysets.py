"""Questions about published records that reach over their links. Each returns a subquery's worth: no query is run."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.languages import source_locale
from services.models.published import PublishedRecord, RecordLink
from services.record import DERIVED, Kind

Records = QuerySet[PublishedRecord]


def public_of(kind: Kind, locale: str) -> Records:
    """The public records of a kind, each in a language or else in the source's."""
    records = PublishedRecord.objects.public().filter(kind=kind)
    if kind in DERIVED:
        # What was counted in one language translates nothing that was counted in another.
        return records.filter(locale=locale)
    return readable_in(records, locale, source=source_locale())


def readable_in(records: Records, locale: str, *, source: str) -> Records:
    """Of each entry the row in ``locale``, or else the one in the ``source`` language."""
    return records.filter(is_readable_in(locale, source=source))


def is_readable_in(locale: str, *, source: str) -> Q:
    """The condition of ``readable_in``, to be joined with others."""
    if locale == source:
        return Q(locale=source)
    translated = PublishedRecord.objects.public().filter(
        kind=OuterRef("kind"), entry_id=OuterRef("entry_id"), locale=locale
    )
    return Q(locale=locale) | Q(~Exists(translated), locale=source)


def linked_to(records: Records, relation: str, kind: str, name: str) -> Records:
    """Those that point by ``relation`` to the entry of ``kind`` whose id or slug is ``name``."""
    return records.filter(pk__in=_links(relation, kind, name).values("record_id"))


def linked_from(records: Records, relation: str, kind: str, name: str) -> Records:
    """Those to which the entry of ``kind`` whose id or slug is ``name`` points by ``relation``."""
    named = PublishedRecord.objects.public().filter(Q(entry_id=name) | Q(slug=name), kind=kind)
    links = RecordLink.objects.filter(relation=relation, record__in=named.values("pk"))
    return records.filter(entry_id__in=links.values("target_id"))


def pointed_to(shown: Collection[int], relations: Collection[str], locale: str, *, source: str) -> Records:
    """What these records, named by their rows' keys, point to by some relations: each once, readable in a language."""
    links = RecordLink.objects.filter(
        record_id__in=shown, relation__in=relations, target_kind=OuterRef("kind"), target_id=OuterRef("entry_id")
    )
    found = readable_in(PublishedRecord.objects.public(), locale, source=source)
    return found.filter(Exists(links)).order_by("kind", "title", "entry_id")


def in_district(records: Records, name: str) -> Records:
    """Those that name the district (id or slug) themselves, or are given at a unit that stands there or visits it."""
    links = _links("district", "district", name)
    units = links.filter(record__kind="unit", record__deleted=False).values("record__entry_id")
    given_there = RecordLink.objects.filter(relation="unit", target_kind="unit", target_id__in=units)
    return records.filter(Q(pk__in=links.values("record_id")) | Q(pk__in=given_there.values("record_id")))


def _links(relation: str, kind: str, name: str) -> QuerySet[RecordLink]:
    # Ten letters may be an id and a slug as well ("transporte"), so both are asked.
    by_slug = PublishedRecord.objects.public().filter(kind=kind, slug=name).values("entry_id")
    return RecordLink.objects.filter(Q(target_id=name) | Q(target_id__in=by_slug), relation=relation, target_kind=kind)
