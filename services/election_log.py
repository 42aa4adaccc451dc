"""An election period leaves its trace: who set its days, and that it began and ended.

It holds by its dates alone (``services.timing.election_period``); nothing here switches anything.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from services.models import City, LogHead
from services.neighbours import the_city
from services.record.city import ElectionPeriod
from services.timing import timezone_of

SET = "conecta.election.set"
BEGAN = "conecta.election.began"
ENDED = "conecta.election.ended"


@receiver(pre_save, sender=City)
def remember_days(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """What the days were before they are saved."""
    row = City.objects.filter(pk=instance.pk).values_list("election_starts", "election_ends").first()
    instance._election_before = row or (None, None)


@receiver(post_save, sender=City)
def log_days(sender: Any, *, instance: Any, **_kwargs: Any) -> None:
    """Who set other days: whoever acts, as Wagtail knows it."""
    days = instance.election_starts, instance.election_ends
    if days != instance._election_before:
        before = [day and f"{day}" for day in instance._election_before]
        log(instance=instance, action=SET, data={"days": [day and f"{day}" for day in days], "before": before})


def log_beginning_and_end(at: datetime) -> int:
    """Note once that the period that is set began, and that it ended, each under its own second; how much was new."""
    city = the_city()
    period = city.election_period if city else None
    if city is None or period is None:
        return 0
    zone = timezone_of(city)
    starts = datetime.combine(period.starts, time(), tzinfo=zone)
    ends = datetime.combine(period.ends + timedelta(days=1), time(), tzinfo=zone)
    with LogHead.held():
        row = City.objects.first()
        return sum(
            _log_once(row, action, period, moment)
            for action, moment in ((BEGAN, starts), (ENDED, ends))
            if row is not None and moment <= at
        )


def _log_once(city: City, action: str, period: ElectionPeriod, moment: datetime) -> bool:
    data = {"days": [f"{period.starts}", f"{period.ends}"]}
    # Looked through in Python: each database compares JSON in its own way, and there are few.
    known = ModelLogEntry.objects.for_instance(city).filter(action=action)
    if data in [entry.data for entry in known]:
        return False
    log(instance=city, action=action, data=data, timestamp=moment)
    return True
