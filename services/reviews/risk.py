"""What makes a service worth looking at again, and how much: each factor says its reason in words.

A factor reads what it needs for all services at once, so that a list of thousands costs a few queries.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.languages import source_locale
from services.models import LinkUse, PublishedRecord
from services.saying import folded
from services.visits.demand import wanted

#: A review is announced, and asked for, so long before it is due.
AHEAD = timedelta(days=30)
#: Fewer opinions say little.
LEAST_RATINGS = 5
#: A mean below this, of 1 to 5 stars, is bad.
BAD_MEAN = 3.0
_MOST_QUERIES = 500
#: Shorter words of a query ("de", "da", "em") are in every name.
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class Watched:
    """A public service, as far as its risk is concerned."""

    pk: int
    record_id: str
    names: str
    due: date | None
    reviewed_on: date | None
    #: The day on which somebody last read or wrote it.
    read_on: date | None = None


@dataclass(frozen=True)
class Reason:
    """A sentence, and how much it weighs. One that is not ``alone`` only makes others more urgent."""

    points: float
    text: str
    alone: bool = True


Factor = Callable[[Sequence[Watched], datetime], Mapping[str, Reason]]


def by_age(services: Sequence[Watched], at: datetime) -> dict[str, Reason]:
    """A review that is due soon weighs up to 30, one that is overdue 40 to 80."""
    today = timezone.localdate(at)
    found = {}
    for service in services:
        if service.due is None:
            found[service.record_id] = Reason(40, _("Não tem data de revisão."))
        elif reason := age(service.due, today):
            found[service.record_id] = reason
    return found


def age(due: date, today: date) -> Reason | None:
    """What a review's day weighs, from ``AHEAD`` on."""
    left = (due - today).days
    if left > AHEAD.days:
        return None
    day = date_format(due, "SHORT_DATE_FORMAT")
    if left == 0:
        return Reason(40, _("A revisão vence hoje."))
    if left > 0:
        text = ngettext("A revisão vence amanhã, %(day)s.", "A revisão vence em %(days)d dias, em %(day)s.", left)
        return Reason(30 - 20 * left / AHEAD.days, text % {"days": left, "day": day})
    text = ngettext("A revisão venceu ontem, %(day)s.", "A revisão venceu há %(days)d dias, em %(day)s.", -left)
    return Reason(40 + 40 * min(-left, 180) / 180, text % {"days": -left, "day": day})


def by_never(services: Sequence[Watched], at: datetime) -> dict[str, Reason]:
    """Nobody has confirmed it since it was written."""
    return {
        service.record_id: Reason(5, _("Ainda não foi revisado nenhuma vez."), alone=False)
        for service in services
        if service.reviewed_on is None
    }


def by_ratings(services: Sequence[Watched], at: datetime) -> dict[str, Reason]:
    """People are not content: up to 40."""
    rows = PublishedRecord.objects.public().filter(kind="rating", locale=source_locale())
    found = {}
    for record_id, body in rows.values_list("entry_id", "body"):
        summary = json.loads(body)
        mean, count = summary.get("mean"), summary.get("count", 0)
        if mean is not None and mean < BAD_MEAN and count >= LEAST_RATINGS:
            text = _("Nota %(mean)s de 5, em %(count)d avaliações.")
            shown = {"mean": f"{mean:.1f}".replace(".", ","), "count": count}
            found[record_id] = Reason(20 * (BAD_MEAN - mean), text % shown)
    return found


def by_demand(services: Sequence[Watched], at: datetime) -> dict[str, Reason]:
    """Many look for it or read it: what is wrong in it reaches many. Up to 20.

    A search counts as one, and so does a press of the digital link; visits weigh less (``services.visits.demand``).
    """
    searches, visits = _searched(services), wanted(at)
    found = {}
    for service in services:
        asked, read = searches.get(service.record_id, 0), visits.get(service.record_id)
        number = asked + (read.as_searches if read else 0)
        if number < 1:
            continue
        if asked:
            text = _("Muito procurado: %(count)d buscas em três meses.") % {"count": asked}
        else:
            text = _("Muito lido: %(count)d visitas em três meses.") % {"count": read.reads if read else 0}
        found[service.record_id] = Reason(min(20, 5 * math.log10(number + 1)), text, alone=False)
    return found


def _searched(services: Sequence[Watched]) -> dict[str, int]:
    """How often each was looked for by its names."""
    rows = PublishedRecord.objects.public().filter(kind="demand", locale=source_locale())
    asked = [(json.loads(body).get("searches", 0), title) for title, body in rows.values_list("title", "body")]
    if not asked:
        return {}
    with_word: dict[str, set[str]] = defaultdict(set)
    for service in services:
        for word in folded(service.names).split():
            with_word[word].add(service.record_id)
    searches: dict[str, int] = defaultdict(int)
    for number, query in sorted(asked, reverse=True)[:_MOST_QUERIES]:
        for record_id in _named_by(query, with_word):
            searches[record_id] += number
    return searches


def _named_by(query: str, with_word: Mapping[str, set[str]]) -> set[str]:
    """Services of whose names a query's words are part."""
    words = folded(query).split()
    telling = [word for word in words if len(word) >= _LEAST_LETTERS] or words
    return set.intersection(*(with_word.get(word, set()) for word in telling)) if telling else set()


def by_dead_links(services: Sequence[Watched], at: datetime) -> dict[str, Reason]:
    """People are sent to what is not there: 30, and 5 for each further link up to 50."""
    uses = LinkUse.objects.filter(kind="service", link__dead_since__isnull=False)
    found = {}
    for record_id, number in uses.values_list("entry_id").annotate(number=Count("link", distinct=True)):
        text = ngettext("%(count)d link não abre.", "%(count)d links não abrem.", number) % {"count": number}
        found[record_id] = Reason(min(50, 25 + 5 * number), text)
    return found


def by_changed_laws(services: Sequence[Watched], at: datetime) -> dict[str, Reason]:
    """A law that it rests on has changed, or moved, since somebody read it: 35."""
    read_on = {service.record_id: service.read_on for service in services}
    uses = LinkUse.objects.filter(kind="service", place="law", link__changed_at__isnull=False)
    found = {}
    for record_id, changed_at in uses.values_list("entry_id").annotate(last=Max("link__changed_at")):
        day = timezone.localdate(changed_at)
        last_read = read_on.get(record_id)
        if last_read is None or day > last_read:
            text = _("A página de uma lei citada mudou em %(day)s.")
            found[record_id] = Reason(35, text % {"day": date_format(day, "SHORT_DATE_FORMAT")})
    return found


FACTORS: list[Factor] = [by_age, by_never, by_ratings, by_demand, by_dead_links, by_changed_laws]


def reasons(services: Sequence[Watched], at: datetime, factors: Iterable[Factor] = ()) -> dict[str, list[Reason]]:
    """Why each service is to be looked at, the weightiest first; those that need not be are left out."""
    found: dict[str, list[Reason]] = defaultdict(list)
    for factor in factors or FACTORS:
        for record_id, reason in factor(services, at).items():
            found[record_id].append(reason)
    known = {service.record_id for service in services}
    return {
        record_id: sorted(those, key=lambda reason: -reason.points)
        for record_id, those in found.items()
        if record_id in known and any(reason.alone for reason in those)
    }
