"""What the charter's templates need: wording, links that are safe to follow, rich text."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail import hooks

from services import naming, wording
from services.bringing import bringing
from services.contact_links import with_contact_links
from services.neighbours import Listed, Neighbours
from services.record import Kind, Record, Service
from services.record.service import Applicant, Channel, ChannelCase, DocumentCase, FeeCase, Step
from services.record.unit import Visit
from services.record.values import Contact, Standard
from services.timing import OpenState, Status

register = template.Library()

for _wording in (
    wording.fee,
    wording.cost,
    wording.ways,
    wording.duration,
    wording.time_estimate,
    wording.hours,
    wording.clock,
    wording.day,
    wording.whole_day,
    wording.channel_name,
    wording.login,
    wording.device,
    wording.validity,
    wording.phone,
    wording.phone_link,
    wording.whatsapp_link,
    wording.contact_name,
    wording.address,
    naming.origin,
    naming.criterion,
    naming.accessibility_feature,
    bringing,
):
    register.filter(_wording.__name__, _wording)

register.filter("standards", naming.standards)
register.filter("kind_name", naming.kind)

_FOLLOWABLE = re.compile(r"(?:https?://|mailto:|tel:|/(?!/))\S+\Z", re.IGNORECASE)


@register.filter
def rich(value: str) -> SafeString:
    """A record's rich text as HTML: the one place where text is marked safe.

    Only fields of type ``Rich`` may pass here: ``services.rich_text.clean`` has run over
    each of them, when the record was made.
    """
    return mark_safe(with_contact_links(value))  # noqa: S308


@register.filter
def linked(value: str) -> SafeString:
    """Plain text, escaped, with its addresses, phone numbers and e-mail addresses as links."""
    return mark_safe(with_contact_links(escape(str(value))))  # noqa: S308


@register.filter
def followable(url: str | None) -> str:
    """An address that is safe to follow, or ``""``: addresses in records are whatever their source wrote."""
    return url if url and _FOLLOWABLE.match(url) else ""


@register.filter
def spoken(contacts: Sequence[Contact]) -> list[Contact]:
    """The contacts that are numbers: phones and WhatsApp."""
    return [contact for contact in contacts if contact.type in ("phone", "whatsapp")]


@register.filter
def bare(url: str) -> str:
    """An address as people read it, without its scheme and last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")


@register.filter
def breakable(address: str) -> SafeString:
    """An address that a narrow screen may break where people would: after an ``@`` or a slash."""
    parts = re.split(r"(?<=[@/])(?=[^/])", address)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def told_apart(applicants: Sequence[Applicant]) -> bool:
    """Whether groups of people stand under headings: where one has requirements, the next would read as part of it."""
    return any(applicant.requirements for applicant in applicants)


@register.filter
def having(steps: Sequence[Step], part: str) -> list[dict[str, Any]]:
    """The steps that have ``documents``, ``fees`` or ``channels``, each with its number."""
    found = []
    for number, step in enumerate(steps, start=1):
        value = getattr(step, part)
        if value.default or value.cases:
            found.append({"number": number, "step": step, "part": value})
    return found


@register.filter
def waived(service: Service, rule: str) -> str:
    """Why an item of the charter does not apply to a service; empty if it does."""
    return next((each.reason for each in service.not_applicable if each.rule == rule), "")


@register.filter
def tracking(service: Service) -> list[Channel]:
    """The channels by which a request is followed on the web, each address once."""
    channels = (channel for step in service.steps for channel in step.channels.default)
    found = {channel.url: channel for channel in channels if channel.type == "web_track" and channel.url}
    return list(found.values())


@register.filter
def followed(service: Service) -> bool:
    """Whether anything is told of how a request is followed."""
    return bool(service.standards.status_lookup or service.queue or tracking(service))


@register.filter
def commitments(service: Service) -> list[tuple[str, str, Standard]]:
    """The commitments in force but for how a request is followed, which has its own place on the page."""
    return [each for each in naming.standards(service.standards) if each[0] != "status_lookup"]


@register.simple_tag
def case_text(service: Service, case: DocumentCase | FeeCase | ChannelCase) -> str:
    """When a case applies, in its own words or else in those of its question and answers."""
    if case.text or case.condition is None:
        return case.text
    wanted = case.condition
    question = next((q for q in service.questions if q.id == wanted.question.id), None)
    if question is None:
        return wanted.question.title
    answers = [answer.text for answer in question.answers if answer.key in wanted.answers]
    return f"{question.title} {wording.joined(answers)}"


@register.simple_tag
def status_sentence(status: Status, zone: tzinfo) -> str:
    """A sentence on a service's status."""
    return wording.status(status, zone)


@register.simple_tag
def open_sentence(state: OpenState, at: datetime, zone: tzinfo) -> str:
    """Whether a unit is open, and until or from when."""
    return wording.open_state(state, at, zone)


@register.simple_tag
def visit_time(visit: Visit, zone: tzinfo) -> str:
    """When a visit is."""
    return wording.span(visit.starts, visit.ends, zone)


@register.simple_tag
def visit_hours(visit: Visit, zone: tzinfo) -> str:
    """When a visit is, under a heading that names its day."""
    starts, ends = visit.starts.astimezone(zone), visit.ends.astimezone(zone)
    if starts.date() != ends.date():
        return wording.span(visit.starts, visit.ends, zone)
    return wording.times(starts.time(), ends.time())


@register.simple_tag
def day_name(day: date, today: date) -> str:
    """``hoje``, ``amanhã``, ``segunda-feira, 23/11``."""
    return wording.day_in_words(day, today=today)


@register.simple_tag
def opening_hours(opens: time, closes: time) -> str:
    """``8h às 14h``."""
    return wording.times(opens, closes)


@register.simple_tag
def days(starts: Any, ends: Any) -> str:
    """A day, or a run of days."""
    return wording.days_between(starts, ends)


@register.simple_tag
def share_address(title: str, url: str) -> str:
    """The WhatsApp address that shares a page."""
    return wording.share_link(title, url)


@register.filter
def joined(values: Sequence[str]) -> str:
    """``a, b e c``."""
    return wording.joined(values)


@register.filter
def of_kind(neighbours: Neighbours, kind: Kind) -> list[Listed]:
    """Entries of one kind that link to the page's own."""
    return neighbours.of_kind(kind)


@register.filter
def channel_text(channel: Channel) -> SafeString:
    """What a channel says, escaped, its numbers leading to where they are answered: a call, or WhatsApp."""
    leads_to = {"phone": wording.phone_link, "whatsapp": wording.whatsapp_link}.get(channel.type)
    if leads_to and leads_to(channel.text):
        return format_html('<a href="{}">{}</a>', leads_to(channel.text), wording.phone(channel.text))
    return mark_safe(with_contact_links(escape(channel.text), before=f"{wording.channel_name(channel)} "))  # noqa: S308


@register.simple_tag(takes_context=True)
def entry_sections(context: dict[str, Any], record: Record) -> SafeString:
    """What other apps draw on an entry's page that is another now and then: ``conecta_entry_section``.

    The hooks take request and record. What is of the record alone is a ``conecta_article_section``.
    """
    request: HttpRequest = context["request"]
    drawn = (hook(request, record) for hook in hooks.get_hooks("conecta_entry_section"))
    return format_html_join("\n", "{}", ((part,) for part in drawn if part))


@register.simple_tag
def filed_under(record: Any) -> list[Any]:
    """What a record is filed under: its topics, moments of life and audiences."""
    return [*record.topics, *record.life_events, *record.audiences]
