"""Page → record and record → page, side by side.

The record made here is the entry's own: references carry only kind and id, nothing is
inherited, there is no address. ``services.publishing`` completes it for the public.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import TranslatableMixin

from services.correspondence import (
    Body,
    Chosen,
    Columns,
    Field,
    LinesOf,
    Many,
    Merged,
    One,
    OwnStandards,
    Plain,
    RichOf,
    Stream,
    Versions,
)
from services.keys import DatabaseKeys
from services.languages import source_locale, wire_tag
from services.models import ENTRY_MODELS, PublishedPage, Sourced
from services.record import RECORD_TYPES, City, Entry, Ref, Secretariat, Service
from services.record.city import ElectionPeriod, Holiday
from services.record.form import FormVersion
from services.record.identity import id_of
from services.record.procedure import ProcedureStep
from services.record.service import (
    Applicant,
    Criterion,
    DigitalLink,
    Law,
    NotApplicable,
    QuestionAnswer,
    Season,
    Step,
    Validity,
)
from services.record.unit import Hours
from services.record.values import Address, Contact, Coordinates, TimeEstimate

_FILED = (Many("audiences", "audience"), Many("topics", "topic"), Many("life_events", "life_event"))
_ADDRESS = Columns("address", Address, "", tuple(Address.model_fields))
_POINT = Columns("coordinates", Coordinates, "", ("latitude",))

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "service": (
        Body(),
        Plain("sector", "acronym", "summary", "free", "online", "reviewed_on", "review_due", "published_incomplete"),
        LinesOf("popular_names", "keywords", "related_texts"),
        RichOf("description", "outcome", "requirements", "queue", "appeal", "contact"),
        Stream("applicants", Applicant, "applicant"),
        Stream("criteria", Criterion, "criterion"),
        Stream("steps", Step, "step"),
        Stream("legislation", Law, "law"),
        Stream("not_applicable", NotApplicable, "waiver"),
        Stream("seasons", Season, "season"),
        Columns("time", TimeEstimate, "time_", ("type",)),
        Columns("validity", Validity, "validity_", ("type",)),
        Columns("digital_link", DigitalLink, "digital_", ("url",)),
        *_FILED,
        Chosen("related", "service"),
        Chosen("forms", "form"),
        Many("units", "unit"),
        Many("area_served", "district"),
        OwnStandards(),
        Merged("suspensions"),
    ),
    "secretariat": (
        Plain("acronym", "head", "summary", "hours_text", "valid_from", "valid_until"),
        LinesOf("other_names"),
        RichOf("mandate"),
        Stream("contacts", Contact, "contact"),
        One("superior", "secretariat"),
        Many("predecessors", "secretariat"),
        _ADDRESS,
        OwnStandards(),
    ),
    "procedure": (
        Body(),
        Plain("summary", "published_incomplete"),
        LinesOf("popular_names", "keywords"),
        RichOf("description"),
        Stream("steps", ProcedureStep, "step"),
        *_FILED,
    ),
    "information": (
        Body(),
        Plain("type", "summary", "published_incomplete"),
        LinesOf("popular_names", "keywords"),
        RichOf("body"),
        Chosen("services", "service"),
        *_FILED,
    ),
    "unit": (
        One("secretariat", "secretariat"),
        One("district", "district"),
        Plain("type", "acronym", "summary", "how_to_get_there", "open_on_holidays", "itinerant", "accessibility_note"),
        Plain("published_incomplete"),
        LinesOf("accessibility"),
        Stream("contacts", Contact, "contact"),
        Stream("hours", Hours, "hours"),
        _ADDRESS,
        _POINT,
        Merged("hours_exceptions"),
        Merged("visits"),
    ),
    "form": (
        One("secretariat", "secretariat"),
        Plain("code", "summary", "instructions", "published_incomplete"),
        LinesOf("popular_names"),
        Versions("versions", FormVersion, "version"),
        Many("topics", "topic"),
    ),
    "topic": (Plain("summary", "icon", "order"), LinesOf("keywords")),
    "audience": (Plain("summary", "order"),),
    "life_event": (Plain("summary", "icon", "order"), LinesOf("keywords")),
    "district": (One("parent", "district"), Plain("type", "summary"), _POINT),
    "question": (Plain("help"), Stream("answers", QuestionAnswer, "answer")),
    "alert": (
        Plain("level", "starts", "ends"),
        RichOf("message"),
        Many("districts", "district"),
        Many("services", "service"),
    ),
    "city": (
        Plain("state", "ibge_code", "timezone"),
        Stream("contacts", Contact, "contact"),
        Stream("calendar", Holiday, "holiday"),
        Columns("election_period", ElectionPeriod, "election_", ("starts", "ends")),
        OwnStandards(),
    ),
}


def locale_of(entry: Any) -> str:
    """The language of an entry as the database names it; one that has none, or none yet, is in the source's."""
    if not isinstance(entry, TranslatableMixin) or entry.locale_id is None:
        return source_locale()
    return str(entry.locale.language_code)


def own_record(entry: Sourced, keys: DatabaseKeys | None = None) -> Entry:
    """The entry's own record. A draft may lack anything: what is not there keeps its default."""
    keys = keys or DatabaseKeys()
    fields = FIELDS[entry.kind]
    keys.load_ids(pair for field in fields for pair in field.chosen(entry))
    identity: dict[str, Any] = {
        "kind": entry.kind,
        "id": entry.record_id or id_of(entry.translation_key),  # type: ignore[attr-defined]
        "key": entry.translation_key,  # type: ignore[attr-defined]
        "locale": wire_tag(locale_of(entry)),
        "source": entry.source,
        "source_id": entry.source_id,
        "title": entry.title,  # type: ignore[attr-defined]
        "slug": getattr(entry, "slug", ""),
    }
    content = {name: value for field in fields for name, value in field.read(entry, keys).items()}
    return RECORD_TYPES[entry.kind](**identity, **content)


def misfits(record: Entry) -> Iterator[str]:
    """What of a record its entry cannot hold, in Portuguese: a foreign text may be longer than a column."""
    for name, faults in misfitting(record):
        yield _("campo %(name)s: %(faults)s") % {"name": name, "faults": faults}


def misfitting(record: Entry) -> Iterator[tuple[str, str]]:
    """The names of the columns that cannot hold what the record says, and why in the language of who reads."""
    model: Any = ENTRY_MODELS[record.kind]
    for field in FIELDS[record.kind]:
        if isinstance(field, Plain | Columns):
            for name, value in field.columns(record).items():
                try:
                    model._meta.get_field(name).run_validators(value)
                except ValidationError as error:
                    yield name, " ".join(error.messages)


def related_objects(record: Entry) -> Iterator[Ref]:
    """What a record points to that writing its entry takes whole, not by its number alone."""
    for field in FIELDS[record.kind]:
        if isinstance(field, Many):
            yield from getattr(record, field.name)


def as_own(record: Entry) -> Entry:
    """What an entry written from this record says itself: without what a complete record has from others."""
    changed: dict[str, object] = {}
    if isinstance(record, Service | Secretariat | City):
        standards = record.standards
        changed["standards"] = standards.model_copy(
            update={name: None for name, held in standards if held and held.origin != record.kind}
        )
    if isinstance(record, Service):
        changed["questions"] = []
    return record.model_copy(update=changed) if changed else record


def write_entry(entry: Any, record: Entry, keys: DatabaseKeys) -> None:
    """Set an entry's fields from a record. Its place, its state and what goes live at once are the caller's.

    References to what is not here are left out: write again when it is.
    """
    entry.translation_key = record.key
    entry.record_id = record.id
    entry.source = record.source
    entry.source_id = record.source_id
    entry.title = record.title
    if isinstance(entry, PublishedPage):
        entry.draft_title = record.title
    if hasattr(entry, "slug"):
        entry.slug = record.slug
    for field in FIELDS[record.kind]:
        field.write(entry, record, keys)
