"""A service is looked at again before it goes stale: when that is due, and what happens when somebody did.

A review says that the public text still holds. It publishes no draft: the dates change in the public
page and in every revision that may yet become it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState
from wagtail.permissions import page_permission_policy
from wagtail.signals import page_published

from services.languages import source_locale
from services.mapping import locale_of
from services.models import City, Review, ServicePage
from services.publishing import mark, publishing

REVIEWED = "conecta.reviewed"


class NotPublic(Exception):
    """Only what is public, in the source language, is reviewed: a draft is still being written."""


def review_days() -> int:
    """Days from one review to the next, as the city has set them."""
    days = City.objects.values_list("review_days", flat=True).first()
    return days or City._meta.get_field("review_days").get_default()


def public_services() -> Any:
    """The services that are looked at again: live, of the source language, no aliases."""
    return ServicePage.objects.filter(live=True, locale__language_code=source_locale(), alias_of=None)


def due_on(review_due: date | None, published: datetime | None, *, days: int) -> date | None:
    """When a review is due: as it is set, or so many days after an import that set none was published."""
    if review_due is not None or published is None:
        return review_due
    return timezone.localdate(published) + timedelta(days=days)


def keeper_of(service: Any) -> Any:
    """Who looks after a service and is written to: its responsible person, else its owner, if still with the city."""
    for user in (service.responsible, service.owner):
        if user is not None and user.is_active:
            return user
    return None


def may_review(user: Any, services: Iterable[int]) -> set[int]:
    """Which of these pages a user may confirm: one query."""
    allowed = page_permission_policy.instances_user_has_permission_for(user, "change")
    return set(allowed.filter(pk__in=services).values_list("pk", flat=True))


def confirm_review(service: int, *, by: Any, at: datetime) -> Review:
    """Record that somebody read the public service ``service`` (a page's number) and nothing has changed.

    Its record says so from then on. Raises ``NotPublic``, ``ServicePage.DoesNotExist``, ``PublishingBusy``.
    """
    with publishing():
        page = ServicePage.objects.select_related("locale").get(pk=service)
        if not page.live or page.alias_of_id or locale_of(page) != source_locale():
            raise NotPublic(page.title)
        day = timezone.localdate(at)
        review = Review.objects.create(
            service=page, user=by, at=at, reviewed_on=day, review_due=day + timedelta(days=review_days())
        )
        _set_dates(page, reviewed_on=review.reviewed_on, review_due=review.review_due)
        data = {"reviewed_on": f"{review.reviewed_on}", "review_due": f"{review.review_due}"}
        log(instance=page, action=REVIEWED, user=by, data=data, revision=page.live_revision)
    return review


def _set_dates(page: Any, *, reviewed_on: date | None, review_due: date | None) -> None:
    """In the public page, and in the revisions that may yet become it. Inside ``publishing()``."""
    dates = {"reviewed_on": reviewed_on, "review_due": review_due}
    ServicePage.objects.filter(pk=page.pk).update(**dates)
    written = {name: day and day.isoformat() for name, day in dates.items()}
    in_review = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision_id")
    coming = Q(pk__in=[page.latest_revision_id, page.live_revision_id]) | Q(approved_go_live_at__isnull=False)
    for revision in page.revisions.filter(coming | Q(pk__in=in_review)):
        Revision.objects.filter(pk=revision.pk).update(content=revision.content | written)
    mark("service", page.record_id)


@receiver(page_published, sender=ServicePage)
def date_what_is_published(sender: Any, *, instance: Any, revision: Revision, **_kwargs: Any) -> None:
    """Give a published service a day on which it is due, and let no older revision undo a review.

    An import's services keep the dates that their source gave them, or none.
    """
    if not instance.live or locale_of(instance) != source_locale():
        return
    last = Review.objects.filter(service=instance.pk).order_by("-at").first()
    if last is not None and (instance.reviewed_on is None or instance.reviewed_on < last.reviewed_on):
        instance.reviewed_on, instance.review_due = last.reviewed_on, last.review_due
    elif instance.review_due is None and not _imported(instance, revision):
        instance.review_due = timezone.localdate(instance.last_published_at) + timedelta(days=review_days())
    else:
        return
    _set_dates(instance, reviewed_on=instance.reviewed_on, review_due=instance.review_due)


def _imported(page: Page, revision: Revision) -> bool:
    return bool(page.import_etag) and revision.user_id is None
