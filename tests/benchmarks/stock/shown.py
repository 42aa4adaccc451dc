"""What the template of a service asks for, from the fields of a plain page: no query but for what it links to."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.blocks import StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import RichText

from services.articles.drawing import draw
from services.languages import source_locale, wire_tag
from services.listings import BY_PATH, PATH_OF_KIND
from services.models.fields import lines
from services.models.standards import STANDARDS
from services.neighbours import Neighbours
from services.record import Service
from services.record.identity import id_of
from services.timing import Status, timezone_of

_RICH = ("description", "outcome", "requirements", "queue", "appeal", "contact")
_PLAIN = ("title", "kind", "summary", "sector", "acronym", "free", "online", "source", "published_incomplete")
_DATES = ("reviewed_on", "review_due")
_LISTS = ("applicants", "criteria", "steps", "legislation", "seasons", "not_applicable")
#: Without one of these a group of fields says nothing.
_NEEDED = ("type", "quantity", "question")


def context_of(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The template's context. This city has no alerts and no units, so a stock site would ask for none."""
    at = timezone.now()
    listing = BY_PATH["servicos"]
    record = _record(page)
    return {
        "record": record,
        "article": draw(record, None),
        "neighbours": Neighbours(),
        "alerts": [],
        "at": at,
        "zone": timezone_of(None),
        "city": None,
        "listing": listing,
        "listing_url": f"conecta_services:{listing.path}",
        "share_url": request.build_absolute_uri(page.url),
        "preview": False,
        "status": Status("normal"),
        "places": [],
        "other_places": [],
    }


def _record(page: Any) -> Service:
    """Of the type that the portal's parts ask for, unchecked: its values are the page's own."""
    body = page.get_parent()
    return Service.model_construct(
        **{name: getattr(page, name) for name in (*_PLAIN, *_DATES, *_RICH)},
        **{name: _shown(getattr(page, name)) for name in _LISTS},
        # The parts of the portal that stand around an entry are there where it has an address.
        url=page.url,
        id=id_of(page.translation_key),
        locale=wire_tag(source_locale()),
        secretariat=_ref(body, body.url),
        popular_names=lines(page.popular_names),
        related_texts=lines(page.related_texts),
        related=[block.value for block in page.related],
        forms=[block.value for block in page.forms],
        topics=_filed(page.topics, "topic"),
        audiences=_filed(page.audiences, "audience"),
        life_events=_filed(page.life_events, "life_event"),
        area_served=_filed(page.area_served, "district"),
        questions=[],
        time=_columns(page, "time_", "type", "min", "max", "unit", "note"),
        validity=_columns(page, "validity_", "type", "quantity", "unit", "note"),
        digital_link=_columns(page, "digital_", "url", "login", "device"),
        standards=SimpleNamespace(**{name: _standard(page, name) for name in STANDARDS}),
    )


def _filed(manager: Any, kind: Any) -> list[SimpleNamespace]:
    return [_ref(entry, f"/{PATH_OF_KIND[kind]}/{entry.slug}/") for entry in manager.all()]


def _ref(entry: Any, url: str) -> SimpleNamespace:
    return SimpleNamespace(id=id_of(entry.translation_key), title=entry.title, url=url)


def _columns(page: Any, prefix: str, key: str, *others: str) -> SimpleNamespace | None:
    if not getattr(page, prefix + key):
        return None
    return SimpleNamespace(**{name: getattr(page, prefix + name) or None for name in (key, *others)})


def _standard(page: Any, name: str) -> SimpleNamespace | None:
    text = getattr(page, f"standard_{name}")
    return SimpleNamespace(text=text, origin="service") if text else None


def _shown(value: Any) -> Any:
    """A block's value with attributes for keys."""
    if isinstance(value, StructValue):
        if any(value[name] in (None, "") for name in _NEEDED if name in value):
            return None
        return SimpleNamespace(**{name: _shown(part) for name, part in value.items()})
    if isinstance(value, StreamValue):
        return [_shown(block.value) for block in value]
    if isinstance(value, ListValue):
        return [_shown(item) for item in value]
    return value.source if isinstance(value, RichText) else value
