"""Old addresses lead to where things are now."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from services.models import PublishedRecord

#: The column's.
_LONGEST = 255


def public_addresses(pages: Iterable[Page]) -> dict[int, str]:
    """The address of each page that is public, by its number; one query for each thousand."""
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    by_entry = {(page.record_id, languages[page.locale_id]): page.pk for page in pages}
    ids = sorted({entry_id for entry_id, _locale in by_entry})
    found: dict[int, str] = {}
    for start in range(0, len(ids), 1000):
        rows = PublishedRecord.objects.public().filter(entry_id__in=ids[start : start + 1000]).exclude(url="")
        for entry_id, locale, url in rows.values_list("entry_id", "locale", "url"):
            if (entry_id, locale) in by_entry:
                found[by_entry[entry_id, locale]] = url
    return found


def lead_on(addresses: Mapping[int, str]) -> int:
    """Redirect old addresses to the pages that had them; how many. What led elsewhere from there does so no more."""
    site = Site.objects.get(is_default_site=True)
    wanted: dict[str, Any] = {Redirect.normalise_path(uri_to_iri(url)): pk for pk, url in addresses.items()}
    wanted = {path: pk for path, pk in wanted.items() if len(path) <= _LONGEST}
    paths = list(wanted)
    for start in range(0, len(paths), 500):
        Redirect.objects.filter(old_path__in=paths[start : start + 500]).delete()
    Redirect.objects.bulk_create(
        [
            # As Wagtail makes its own, which may then take their place.
            Redirect(old_path=path, site=site, redirect_page_id=pk, automatically_created=True)
            for path, pk in wanted.items()
        ],
        batch_size=500,
    )
    return len(wanted)
