"""What the bodies and services that people speak of are called now."""

from collections.abc import Iterable

from services.languages import source_locale
from services.models.published import PublishedRecord


def titles_of(ids: Iterable[str], *kinds: str) -> dict[str, str]:
    """Id → title, of those that are public: one query; ``kinds``, where only some may be meant."""
    wanted = {entry_id for entry_id in ids if entry_id}
    if not wanted:
        return {}
    rows = PublishedRecord.objects.public().filter(entry_id__in=wanted, locale=source_locale())
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return dict(rows.values_list("entry_id", "title"))


def bodies() -> list[tuple[str, str]]:
    """Id and title of each body, from A to Z: one query."""
    rows = PublishedRecord.objects.public().filter(kind="secretariat", locale=source_locale())
    return list(rows.order_by("title", "entry_id").values_list("entry_id", "title"))


def services_of(body_id: str) -> list[tuple[str, str]]:
    """Id and title of each service of a body, from A to Z: one query."""
    rows = PublishedRecord.objects.public().linking_to("secretariat", body_id, relation="secretariat")
    rows = rows.filter(kind="service", locale=source_locale())
    return list(rows.order_by("title", "entry_id").values_list("entry_id", "title"))
