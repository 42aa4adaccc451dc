"""The pages that the admin's menu opens, as JSON: what Wagtail asks for row by row is asked for once a list."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Length, Substr
from wagtail.admin.api.serializers import AdminPageSerializer, PageChildrenField, get_model_listing_url
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.serializers import PageParentField
from wagtail.models import Page


def _above(page: Page) -> str:
    return str(page.path[: -Page.steplen])


class _Children(PageChildrenField):
    """As Wagtail's, with a count that is at hand."""

    def to_representation(self, page: Page) -> Any:
        counts = self.context["view"].counts
        if page.path not in counts:
            return super().to_representation(page)
        address = f"{get_model_listing_url(self.context, Page)}?child_of={page.pk}"
        return {"count": counts[page.path], "listing_url": address}


class _Parent(PageParentField):
    """As Wagtail's: a parent that somebody may not explore is not named."""

    def get_attribute(self, instance: Page) -> Page | None:
        view = self.context["view"]
        if instance.path not in view.counts:
            found: Page | None = super().get_attribute(instance)
            return found
        above: Page | None = view.parents.get(_above(instance))
        return above


class _InAList(AdminPageSerializer):
    children = _Children(read_only=True)
    parent = _Parent(read_only=True)


class MenuPages(PagesAdminAPIViewSet):
    """Wagtail's own, in few queries however many rows and children there are."""

    base_serializer_class = _InAList

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Of the rows of a list: path → how many children somebody may explore.
        self.counts: dict[str, int] = {}
        #: Path → page, of their parents that somebody may explore.
        self.parents: dict[str, Page] = {}

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """With their languages, schedules, states of review and parents, and how many children each has.

        ``for_explorer`` puts another query before what ``get_queryset`` says, so it is said here.
        """
        told = queryset.select_related("locale").select_related("locale", for_specific_subqueries=True)
        told = told.annotate_approved_schedule()
        pages = list(super().paginate_queryset(told.prefetch_workflow_states()))
        explorable = self.get_base_queryset().order_by()
        above = explorable.filter(path__in={_above(page) for page in pages}).select_related("locale")
        self.parents = {page.path: page for page in above}
        self.counts = dict.fromkeys((page.path for page in pages), 0)
        parents = [page for page in pages if page.numchild]
        if parents:
            below = [Q(path__startswith=page.path, depth=page.depth + 1) for page in parents]
            rows = explorable.filter(reduce(or_, below))
            above_each = Substr("path", 1, Length("path") - Page.steplen)
            self.counts |= dict(rows.values_list(above_each).annotate(Count("pk", distinct=True)))
        return pages
