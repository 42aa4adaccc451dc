"""The report of what people look for and do not find: for editors, with the first step to mend it."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_languages
from wagtail.permission_policies.base import ModelPermissionPolicy

from search.counting import normal_form
from search.models import SynonymGroup
from search.query_counts import QueryCount, QueryCountQuerySet
from search.text import language_code
from search.trend import WEEK, monday_of, trend_of, whole_weeks
from services.drafting import may_draft
from services.languages import source_locale
from services.spreadsheet import safe_cell

#: Weeks that can be asked for; the one that is not over is the last of them.
PERIODS = (("4", _("4 semanas")), ("26", _("26 semanas")), ("57", _("Tudo o que é guardado")))
DEFAULT_PERIOD = 12
#: What can be asked for → by which sum.
PROBLEMS = {
    "without_result": _("Sem resultado"),
    "without_click": _("Sem clique"),
    "reformulated": _("Refeitas com outras palavras"),
}
#: Weeks of the table above the list.
_WEEKS_SHOWN = 12


class AskedFilterSet(WagtailFilterSet):
    """What to show of what was asked; the period is the view's, since it is of what is summed."""

    weeks = django_filters.ChoiceFilter(
        label=_("Período"), choices=PERIODS, method="unchanged", empty_label=_("12 semanas")
    )
    problem = django_filters.ChoiceFilter(
        label=_("Mostrar"), choices=list(PROBLEMS.items()), method="with_problem", empty_label=_("Tudo")
    )
    locale = django_filters.ChoiceFilter(
        label=_("Língua"),
        choices=lambda: list(get_content_languages().items()),
        method="unchanged",
        empty_label=_("Todas"),
    )

    class Meta:
        model = QueryCount
        fields: list[str] = []

    def unchanged(self, rows: Any, _name: str, _value: Any) -> Any:
        """Already asked for."""
        return rows

    def with_problem(self, rows: Any, _name: str, value: str) -> Any:
        """Those with at least one such search."""
        return rows.filter(**{f"{value}_sum__gt": 0})


class _AskedColumn(Column):
    cell_template_name = "conecta_search/admin/asked_cell.html"


class _TrendColumn(Column):
    cell_template_name = "conecta_search/admin/trend_cell.html"


class _ShareColumn(NumberColumn):
    """A number, and which part it is of another column."""

    cell_template_name = "conecta_search/admin/share_cell.html"

    def __init__(self, name: str, *, of: str = "", **options: Any) -> None:
        super().__init__(name, sort_key=name, **options)
        self.of = of

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        """With the share in per cent, if there is anything to be a part of."""
        whole = instance[self.of] if self.of else 0
        share = round(instance[self.name] * 100 / whole) if whole and instance[self.name] else None
        return super().get_cell_context_data(instance, parent_context) | {"share": share}


class AskedReportView(ReportView):
    """Queries with their counts over a period, the worst first, and all of them by week."""

    page_title = _("O que as pessoas procuram")
    header_icon = "search"
    model = QueryCount
    permission_policy = ModelPermissionPolicy(QueryCount)
    any_permission_required = ["view"]
    template_name = "conecta_search/admin/asked_report.html"
    results_template_name = "conecta_search/admin/asked_report_results.html"
    index_url_name = "conecta_search_admin:asked"
    index_results_url_name = "conecta_search_admin:asked_results"
    filterset_class = AskedFilterSet
    is_searchable = True
    export_filename = "buscas"
    columns = [
        _AskedColumn("query", label=_("Consulta"), sort_key="query", width="34%"),
        _ShareColumn("searches_sum", label=_("Buscas")),
        _ShareColumn("without_result_sum", label=_("Sem resultado"), of="searches_sum"),
        _ShareColumn("without_click_sum", label=_("Sem clique"), of="observed_sum"),
        _ShareColumn("reformulated_sum", label=_("Refeitas"), of="searches_sum"),
        _TrendColumn("trend", label=_("Por semana")),
    ]
    export_headings = {
        "query": _("Consulta"),
        "locale": _("Língua"),
        "searches_sum": _("Buscas"),
        "without_result_sum": _("Sem resultado"),
        "observed_sum": _("Com desfecho conhecido"),
        "without_click_sum": _("Sem clique"),
        "reformulated_sum": _("Refeitas"),
    }
    list_export = list(export_headings)
    # Words of anybody go into a program that takes some of them for formulas.
    custom_field_preprocess = {"query": {ReportView.FORMAT_CSV: safe_cell}}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The day is the city's."""
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate(timezone.now())

    @cached_property
    def _may_add_synonyms(self) -> bool:
        return bool(ModelPermissionPolicy(SynonymGroup).user_has_permission(self.request.user, "add"))

    @cached_property
    def _may_write(self) -> bool:
        return may_draft(self.request.user)

    @cached_property
    def first_day(self) -> date:
        """The Monday of the first week of the period."""
        chosen = self.filters.form.cleaned_data.get("weeks") if self.filters.is_valid() else None
        return monday_of(self.today) - WEEK * (int(chosen or DEFAULT_PERIOD) - 1)

    @cached_property
    def asked(self) -> QueryCountQuerySet:
        """What was counted in the period, as it was searched for and in the language that was chosen."""
        rows: QueryCountQuerySet = QueryCount.objects.between(self.first_day, self.today)
        locale = self.filters.form.cleaned_data.get("locale") if self.filters.is_valid() else ""
        if locale:
            rows = rows.filter(locale=locale)
        words = normal_form(self.search_query, locale or source_locale())
        return rows.filter(query__contains=words) if words else rows

    @cached_property
    def default_ordering(self) -> str:
        """The problem that was asked for first, else what is asked most."""
        problem = self.filters.form.cleaned_data.get("problem") if self.filters.is_valid() else ""
        return f"-{problem or 'searches'}_sum"

    def get_base_queryset(self) -> Any:
        """A row for each query."""
        return self.asked.by_query()

    def order_queryset(self, queryset: Any) -> Any:
        """Ties by the alphabet, so that pages do not overlap."""
        return super().order_queryset(queryset).order_by(self.ordering, "query", "locale")

    def search_queryset(self, queryset: Any) -> Any:
        """Already asked for."""
        return queryset

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With the trend of each query and what can be done about it: one query for all."""
        if self.is_export:
            return object_list
        rows = list(object_list)
        first = whole_weeks(self.today)[0]
        counted = QueryCount.objects.between(first, self.today).filter(query__in={row["query"] for row in rows})
        weeks: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
        for found in counted.by_week("locale", "query").order_by():
            weeks[found["locale"], found["query"]][found["week"]] = found["searches_sum"]
        for row in rows:
            row["language"] = "" if row["locale"] == source_locale() else get_content_languages().get(row["locale"], "")
            row["trend"] = trend_of(weeks[row["locale"], row["query"]], self.today)
            row["actions"] = self._actions(row)
        return rows

    def _actions(self, row: dict[str, Any]) -> list[tuple[Any, str, str]]:
        """Label, icon and address of what this user may do about a query."""
        about = urlencode({"q": row["query"], "locale": row["locale"]})
        found = []
        if self._may_add_synonyms:
            terms = urlencode({"said": row["query"], "language": language_code(row["locale"])})
            found.append((_("Criar sinônimo"), "plus", f"{reverse('conecta_synonyms:add')}?{terms}"))
        if self._may_write:
            found.append((_("Escrever este serviço"), "edit", f"{reverse('conecta_search_admin:assign')}?{about}"))
        return found

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With all that was asked for, by week."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            first = max(self.first_day, monday_of(self.today) - WEEK * (_WEEKS_SHOWN - 1))
            weeks = list(self.asked.filter(day__gte=first).by_week())
            context["weeks"] = [row | {"last": row["week"] + timedelta(days=6)} for row in reversed(weeks)]
        return context
