"""In which language, and what of it may be told at a moment."""

from datetime import datetime

from django.utils.translation import gettext as _
from ninja.errors import HttpError

from services import languages
from services.neighbours import the_city
from services.querysets import Records
from services.record import City, Kind
from services.timing import election_period


def locale_asked(lang: str | None) -> str:
    """The language that ``lang=`` names, the source's without it. Raises ``HttpError``."""
    if lang is None:
        return languages.source_locale()
    locale = languages.locale_of(lang)
    if locale is None:
        raise HttpError(422, _("lang: este site publica em %s.") % ", ".join(languages.spoken()))
    return locale


def told(records: Records, kind: Kind, at: datetime) -> tuple[Records, list[City]]:
    """Those that may be told at a moment, and what was read to know it.

    In an election period no alert promotes the city.
    """
    if kind != "alert":
        return records, []
    city = the_city()
    if election_period(city, at):
        # Stored as canonical JSON.
        records = records.exclude(body__contains='"level":"promotion"')
    return records, [city] if city else []
