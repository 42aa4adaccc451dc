"""How many of those who were given a link rated by it."""

from dataclasses import dataclass

from django.db.models import Sum

from feedback.models import RatingLinkBatch


@dataclass(frozen=True)
class ResponseRate:
    """Links of a service: given, and used."""

    given: int
    used: int

    @property
    def share(self) -> float:
        """Of the given those that were used, nought to one."""
        return self.used / self.given


def response_rates() -> dict[str, ResponseRate]:
    """Of each service of which links were given, by its id: one query."""
    rows = RatingLinkBatch.objects.order_by().values_list("service_id").annotate(Sum("given"), Sum("used"))
    return {service_id: ResponseRate(given, used) for service_id, given, used in rows}
