"""How many of those who were given a link rated by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from feedback.models import RatingLinkBatch
from feedback.statistics import LEAST


@dataclass(frozen=True)
class ResponseRate:
    """Links of a service: given, and used."""

    given: int
    used: int

    @property
    def share(self) -> float:
        """Of the given those that were used, nought to one."""
        return self.used / self.given

    @property
    def enough(self) -> bool:
        """Whether it may be told."""
        return self.used >= LEAST


def response_rates(*services: str, first: datetime | None = None) -> dict[str, ResponseRate]:
    """Of each service, all or those named, of which links were given, from a moment on: one query."""
    batches = RatingLinkBatch.objects.all()
    if services:
        batches = batches.filter(service_id__in=services)
    if first is not None:
        batches = batches.filter(made_at__gte=first)
    rows = batches.order_by().values_list("service_id").annotate(Sum("given"), Sum("used"))
    return {service_id: ResponseRate(given, used) for service_id, given, used in rows}


def of_the_city(rates: Iterable[ResponseRate]) -> ResponseRate | None:
    """Of all services together; ``None`` where that is not told.

    Services of which it is not told are in it only if as many used their links together: else they were the whole less
    what is told.
    """
    every = list(rates)
    told, few = [rate for rate in every if rate.enough], [rate for rate in every if not rate.enough]
    if sum(rate.used for rate in few) >= LEAST:
        told += few
    return ResponseRate(sum(rate.given for rate in told), sum(rate.used for rate in told)) if told else None
