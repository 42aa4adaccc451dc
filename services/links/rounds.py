"""The links of the charter are followed in rounds: each once a week, and a day after it failed.

A link is dead when it has failed twice, a day apart; what opens again is alive at once.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from wagtail.admin.utils import get_admin_base_url

from services.link_check import Checked, Checker, Turns
from services.links.uses import gather
from services.models import Link, LinkUse

A_WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)
#: In one round, and of one host: a city's laws are nearly all on one.
MOST_LINKS = 60
MOST_OF_A_HOST = 10
_AT_ONCE = 4
#: What a worker took that is no more is taken again.
_TAKEN_FOR = timedelta(hours=1)


def agent() -> str:
    """Who asks, and where to read about it."""
    return f"Mozilla/5.0 (compatible; Conecta; verifica links; +{get_admin_base_url() or 'https://conecta.invalid'})"


def check_links(at: datetime, *, checker: Checker | None = None, most: int = MOST_LINKS) -> int:
    """Follow the links whose time has come, and note what became of them; how many."""
    gather(at)
    checker = checker or Checker(agent=agent(), turns=Turns())
    taken = take(at, most)
    # Only the questions are asked in other threads: the database is this one's.
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for link, found in zip(taken, threads.map(lambda link: checker.check(link.url), taken), strict=True):
            note(link, found, at=at)
    return len(taken)


def take(at: datetime, most: int) -> list[Link]:
    """Links that no other worker has; those that have waited longest first, and not too many of one host."""
    used = LinkUse.objects.filter(link=OuterRef("pk"))
    due = Link.objects.filter(Exists(used), next_at__lte=at).order_by("next_at", "pk")
    found = list(_few_of_each_host(due.iterator(), most))
    return [
        link for link in found if Link.objects.filter(pk=link.pk, next_at=link.next_at).update(next_at=at + _TAKEN_FOR)
    ]


def _few_of_each_host(links: Iterable[Link], most: int) -> Iterable[Link]:
    counted: dict[str, int] = {}
    left = most
    for link in links:
        if not left:
            return
        counted[link.host] = counted.get(link.host, 0) + 1
        if counted[link.host] <= MOST_OF_A_HOST:
            left -= 1
            yield link


def note(link: Link, found: Checked, *, at: datetime) -> None:
    """Write down what became of a link at a moment."""
    link.checked_at, link.status, link.problem = at, found.status, found.problem
    if found.problem:
        link.failing_since = link.failing_since or at
        if at - link.failing_since >= A_DAY and link.dead_since is None:
            link.dead_since = at
        link.next_at = at + (A_WEEK if link.dead_since else A_DAY)
    else:
        if link.dead_since is not None:
            # Should it die again, who looks after it is told again.
            link.uses.update(told_at=None)
        link.failing_since = link.dead_since = None
        link.next_at = at + A_WEEK
        if _says_something_else(link, found):
            link.changed_at = at
        link.final_url, link.last_modified = found.final_url, found.last_modified
    link.save()


def _says_something_else(link: Link, found: Checked) -> bool:
    """Whether its server says that it was changed, or that it is elsewhere for good, and did not say so before."""
    changed = bool(link.last_modified and found.last_modified) and link.last_modified != found.last_modified
    moved = bool(link.final_url) and found.moved and link.final_url != found.final_url
    return changed or moved
