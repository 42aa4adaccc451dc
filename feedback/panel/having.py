"""Which services have figures: asked once in five minutes, for every page of a service tells it."""

from django.core.cache import cache

from services.languages import source_locale
from services.models.published import PublishedRecord

_SECONDS = 300


def have_figures() -> frozenset[str]:
    """The ids of the services of which enough is said to be told."""

    def read() -> frozenset[str]:
        rows = PublishedRecord.objects.public().filter(kind="rating", locale=source_locale())
        return frozenset(rows.values_list("entry_id", flat=True))

    found: frozenset[str] = cache.get_or_set("conecta-services-with-figures", read, _SECONDS) or frozenset()
    return found
