"""How often somebody may fail: a few times freely, then after a wait that doubles each time.

Counted in the database, so that all workers agree and a cache that is lost opens nothing; while the database is away
nobody signs in at all. An attempt counts as a failure before it is tried, so that many at once are as many.

Names are made of what is counted, the installation's key and a secret of the day: whoever has the tables has no
address, and after two days whoever has the key too. A count goes over midnight with its name.
"""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.signing_in.models import AttemptCount, DaySecret

#: The first wait, in seconds.
FIRST_WAIT = 30


@dataclass(frozen=True)
class Limit:
    """``free`` failures without a wait, then waits up to ``longest``; after ``forget`` without one it begins anew."""

    free: int
    longest: timedelta
    forget: timedelta

    def wait(self, failures: int) -> timedelta:
        """After so many failures."""
        if failures < self.free:
            return timedelta()
        # Beyond twenty doublings any limit is reached.
        return min(timedelta(seconds=FIRST_WAIT * 2 ** min(failures - self.free, 20)), self.longest)


#: Of one account, or of what was typed for one.
ACCOUNT = Limit(5, timedelta(minutes=15), timedelta(days=1))
#: Of one address. A whole city hall may come from one, so it is forgotten sooner.
ADDRESS = Limit(30, timedelta(minutes=15), timedelta(hours=1))
#: Of the network around it: whoever has many addresses has them side by side.
NETWORK = Limit(100, timedelta(minutes=15), timedelta(hours=1))
#: Codes of a second factor: who fails here has the password. Four hours make a million codes last.
CODE = Limit(5, timedelta(hours=4), timedelta(days=1))


@dataclass(frozen=True)
class Counted:
    """What is counted, of what kind, and how often."""

    kind: str
    who: str
    limit: Limit


@dataclass(frozen=True)
class Attempt:
    """``wait``: seconds until one may try again, 0 where one may now. ``begins``: whether a first wait follows."""

    names: tuple[str, ...]
    wait: int
    begins: bool = False


def places(purpose: str, address: str) -> list[Counted]:
    """The address that asks (of IPv6 its /64) and the network around it (IPv4 /24, IPv6 /48)."""
    if not address:
        # Nobody can tell where it comes from: all of those together.
        return [Counted(f"{purpose} network", "", NETWORK)]
    around = ipaddress.ip_network((address, 48 if ":" in address else 24), strict=False)
    return [Counted(f"{purpose} address", address, ADDRESS), Counted(f"{purpose} network", str(around), NETWORK)]


@transaction.atomic
def take(counted: Sequence[Counted], *, at: datetime) -> Attempt:
    """Count an attempt under each name, unless one of them has to wait."""
    today = at.date()
    now = _names(counted, today)
    before = dict(zip(_names(counted, today - timedelta(days=1)), now, strict=True))
    kept = {before[row.name]: row for row in AttemptCount.objects.filter(name__in=before)}
    AttemptCount.objects.bulk_create(
        (_carried(name, kept.get(name), today, at) for name in sorted(now)), ignore_conflicts=True
    )
    # In the order of their names: two attempts wait for each other and never both.
    rows = {row.name: row for row in AttemptCount.objects.select_for_update().filter(name__in=now).order_by("name")}
    until = max((row.waits_until for row in rows.values() if row.waits_until), default=at)
    if until > at:
        return Attempt(tuple(now), max(1, round((until - at).total_seconds())))
    begins = False
    for each, name in zip(counted, now, strict=True):
        row = rows[name]
        if at - row.last_at > each.limit.forget:
            row.failures = 0
        row.failures, row.last_at = row.failures + 1, at
        wait = each.limit.wait(row.failures)
        row.waits_until = at + wait if wait else None
        begins = begins or row.failures == each.limit.free
    AttemptCount.objects.bulk_update(rows.values(), ["failures", "last_at", "waits_until"])
    return Attempt(tuple(now), 0, begins)


def succeeded(attempt: Attempt) -> None:
    """It was none: the first name begins anew, the others have one less."""
    own, *others = attempt.names
    AttemptCount.objects.filter(name=own).update(failures=0, waits_until=None)
    AttemptCount.objects.filter(name__in=others, failures__gt=0).update(failures=F("failures") - 1, waits_until=None)


def forget(at: datetime) -> None:
    """Counts and secrets of the day before yesterday, and of all days before."""
    oldest = at.date() - timedelta(days=1)
    AttemptCount.objects.filter(day__lt=oldest).delete()
    DaySecret.objects.filter(day__lt=oldest).delete()


def told(seconds: int) -> str:
    """How long to wait, as a sentence."""
    if seconds < 90:
        wait = ngettext("%d segundo", "%d segundos", seconds) % seconds
    else:
        minutes = round(seconds / 60)
        wait = ngettext("%d minuto", "%d minutos", minutes) % minutes
    return _("Foram muitas tentativas. Espere %s e tente de novo.") % wait


def _carried(name: str, kept: AttemptCount | None, day: date, at: datetime) -> AttemptCount:
    if kept is None:
        return AttemptCount(name=name, day=day, last_at=at)
    return AttemptCount(name=name, day=day, last_at=kept.last_at, failures=kept.failures, waits_until=kept.waits_until)


def _names(counted: Iterable[Counted], day: date) -> list[str]:
    secret, _made = DaySecret.objects.get_or_create(day=day, defaults={"secret": secrets.token_hex(32)})
    key = f"{settings.SECRET_KEY} {secret.secret}".encode()
    return [hmac.new(key, f"{each.kind} {each.who}".encode(), hashlib.sha256).hexdigest() for each in counted]
