"""Which services are read, and by which way: a report for editors, from counts alone."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.base import ModelPermissionPolicy

from services.languages import source_locale
from services.models import PublishedRecord, RecordLink, VisitCount
from services.models.visit_count import PRESS, READS
from services.spreadsheet import safe_cell
from services.visits.demand import LEAST

#: Days that can be asked for; about as long as counts are kept.
PERIODS = (("30", _("30 dias")), ("365", _("Um ano")))
DEFAULT_DAYS = 91
_ALIKE = ("reads", "by_others", "codes", "presses")


def few(number: int) -> str:
    """A number that tells of nobody in particular: of fewer than ``LEAST`` only that they are few."""
    if 0 < number < LEAST:
        return _now("menos de %(least)d") % {"least": LEAST}
    return f"{number:,}".replace(",", ".")


class VisitsFilterSet(WagtailFilterSet):
    """What to show; the period is the view's, since it is of what is summed."""

    days = django_filters.ChoiceFilter(label=_("Período"), choices=PERIODS, method="same", empty_label=_("3 meses"))
    body = django_filters.ChoiceFilter(
        label=_("Órgão"), method="of_body", empty_label=_("Todos"), choices=lambda: _bodies()
    )

    class Meta:
        model = PublishedRecord
        fields: list[str] = []

    def same(self, rows: Any, _name: str, _value: str) -> Any:
        """Already asked for."""
        return rows

    def of_body(self, rows: Any, _name: str, value: str) -> Any:
        """Those that a body gives."""
        links = RecordLink.objects.filter(
            record=OuterRef("pk"), relation="secretariat", target_kind="secretariat", target_id=value
        )
        return rows.filter(Exists(links))


def _bodies() -> list[tuple[str, str]]:
    rows = PublishedRecord.objects.public().filter(kind="secretariat", locale=source_locale()).order_by("title")
    return list(rows.values_list("entry_id", "title"))


class _FewColumn(Column):
    def get_value(self, instance: Any) -> str:
        return few(super().get_value(instance))


class VisitsReportView(ReportView):
    """Public services with how often they were read, the most read first: one query a page of the list."""

    page_title = _("Visitas aos serviços")
    header_icon = "view"
    model = PublishedRecord
    permission_policy = ModelPermissionPolicy(VisitCount)
    any_permission_required = ["view"]
    template_name = "conecta_services/admin/visits_report.html"
    index_url_name = "conecta_visits:report"
    index_results_url_name = "conecta_visits:report_results"
    filterset_class = VisitsFilterSet
    is_searchable = True
    default_ordering = "-reads"
    export_filename = "visitas"
    list_export = ["title", *_ALIKE]
    export_headings = {
        "title": _("Serviço"),
        "reads": _("Visitas"),
        "by_others": _("Por outros sites e aplicativos"),
        "codes": _("Por endereço curto ou código"),
        "presses": _("Foram ao serviço digital"),
    }
    columns = [
        TitleColumn("title", label=_("Serviço"), sort_key="title", get_url=lambda row: row.url, width="34%"),
        _FewColumn("reads", label=_("Visitas"), sort_key="reads"),
        Column("months", label=_("Por mês")),
        _FewColumn("by_others", label=_("Por outros sites e aplicativos"), sort_key="by_others"),
        _FewColumn("codes", label=_("Por endereço curto ou código"), sort_key="codes"),
        _FewColumn("presses", label=_("Foram ao serviço digital"), sort_key="presses"),
    ]
    custom_field_preprocess = {
        "title": {ReportView.FORMAT_CSV: safe_cell},
        **{name: {ReportView.FORMAT_CSV: few, ReportView.FORMAT_XLSX: few} for name in _ALIKE},
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The day is the city's."""
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate(timezone.now())

    @cached_property
    def first_day(self) -> date:
        """Of the period."""
        chosen = self.filters.form.cleaned_data.get("days") if self.filters.is_valid() else None
        return self.today - timedelta(days=int(chosen or DEFAULT_DAYS) - 1)

    def get_base_queryset(self) -> QuerySet[PublishedRecord]:
        """Each public service, in the language in which the city writes; its visits in all of them."""
        rows = PublishedRecord.objects.public().filter(kind="service", locale=source_locale())
        return rows.annotate(
            reads=self._sum(Q(channel__in=READS)),
            by_others=self._sum(Q(channel__in=("api", "widget"))),
            codes=self._sum(Q(channel="link")),
            presses=self._sum(Q(channel=PRESS)),
        )

    def _sum(self, which: Q) -> Coalesce:
        counted = VisitCount.objects.between(self.first_day, self.today).filter(which, entry_id=OuterRef("entry_id"))
        return Coalesce(Subquery(counted.order_by().values("entry_id").annotate(n=Sum("visits")).values("n")), 0)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With each month's visits: one query for all."""
        if self.is_export:
            return object_list
        rows = list(object_list)
        ids = [row.entry_id for row in rows]
        # The month itself and the two before it, whole.
        first = (self.today.replace(day=1) - timedelta(days=45)).replace(day=1)
        months: dict[str, list[str]] = {entry_id: [] for entry_id in ids}
        for found in VisitCount.objects.between(first, self.today).reads().filter(entry_id__in=ids).by_month():
            month = date_format(found["month"], "M")
            months[found["entry_id"]].append(f"{month}: {few(found['total'])}")
        for row in rows:
            row.months = " · ".join(months[row.entry_id])
        return rows

    def order_queryset(self, queryset: Any) -> Any:
        """Ties by the alphabet, so that pages do not overlap."""
        return super().order_queryset(queryset).order_by(self.ordering, "title", "entry_id")

    def search_queryset(self, queryset: Any) -> Any:
        """By words of the title."""
        return queryset.filter(title__icontains=self.search_query) if self.search_query else queryset
