"""Reports in the admin: how complete each service is, and what it lacks, the least complete first."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy

from services.completeness import rules_for
from services.models import EntryScore, SecretariatPage, ServicePage
from services.spreadsheet import safe_cell

#: The rules of services by key, for the filter and to name a gap.
_RULES = {rule.key: rule for rule in rules_for("service")}


def bodies() -> QuerySet[SecretariatPage]:
    """Bodies by name, in the source language."""
    found: QuerySet[SecretariatPage] = SecretariatPage.objects.filter(locale=Locale.get_default(), alias_of=None)
    return found.order_by("title")


class CompletenessFilterSet(WagtailFilterSet):
    """Whose services, and which of them."""

    body = django_filters.ModelChoiceFilter(
        label=_("Órgão"), queryset=lambda _request: bodies(), method="of_body", empty_label=_("Todos")
    )
    rule = django_filters.ChoiceFilter(
        label=_("O que falta"),
        choices=lambda: [(key, str(rule.label)) for key, rule in _RULES.items()],
        method="lacking",
        empty_label=_("Qualquer item"),
    )
    required = django_filters.BooleanFilter(label=_("Falta algo que a lei exige"), method="lacking_what_the_law_asks")
    live = django_filters.BooleanFilter(label=_("No ar"))

    class Meta:
        model = ServicePage
        fields = ["live"]

    def of_body(self, services: Any, _name: str, body: SecretariatPage) -> Any:
        """The services below a body."""
        return services.descendant_of(body)

    def lacking(self, services: Any, _name: str, key: str) -> Any:
        """Those that do not meet a rule."""
        return services.filter(gaps__contains=f" {key} ")

    def lacking_what_the_law_asks(self, services: Any, _name: str, value: bool) -> Any:
        """Those that could not be published, or those that could."""
        return services.filter(required_gaps__gt=0) if value else services.filter(required_gaps=0)


class _GapsColumn(Column):
    cell_template_name = "conecta_services/admin/gaps_cell.html"


class CompletenessReportView(ReportView):
    """Every service that the user may open, with its newest draft's score."""

    page_title = _("Completude")
    header_icon = "clipboard-list"
    model = ServicePage
    permission_policy = PagePermissionPolicy(ServicePage)
    any_permission_required = ["add", "change", "publish", "lock", "unlock"]
    results_template_name = "conecta_services/admin/completeness_report_results.html"
    index_url_name = "conecta_completeness:report"
    index_results_url_name = "conecta_completeness:report_results"
    filterset_class = CompletenessFilterSet
    default_ordering = "percent"
    export_filename = "completude"
    columns = [
        TitleColumn("title", label=_("Serviço"), sort_key="title", url_name="wagtailadmin_pages:edit"),
        NumberColumn("percent", label=_("Completo (%)"), sort_key="percent", width="10%"),
        _GapsColumn("required_gaps", label=_("O que falta"), sort_key="required_gaps", width="26%"),
        Column("body", label=_("Órgão"), width="20%"),
        StatusTagColumn("status", label=_("Situação"), primary=lambda page: page.live, width="10%"),
    ]
    export_headings = {
        "title": _("Serviço"),
        "body": _("Órgão"),
        "percent": _("Completo (%)"),
        "required_gaps": _("Itens da lei que faltam"),
        "sentences": _("O que falta"),
        "status": _("Situação"),
    }
    list_export = list(export_headings)
    # Words of anybody go into a program that takes some of them for formulas.
    custom_field_preprocess = {name: {ReportView.FORMAT_CSV: safe_cell} for name in ("title", "body", "sentences")}

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        """Path in the tree → name of the body."""
        return dict(SecretariatPage.objects.values_list("path", "title"))

    def get_base_queryset(self) -> Any:
        """Services in the source language, each with what is kept of its score."""
        score = EntryScore.objects.filter(kind="service", entry_id=OuterRef("record_id"))
        services = PagePermissionPolicy(ServicePage).explorable_instances(self.request.user)
        return services.filter(locale=Locale.get_default(), alias_of=None).annotate(
            **{name: Subquery(score.values(name)[:1]) for name in ("percent", "required_gaps", "gaps")}
        )

    def order_queryset(self, queryset: Any) -> Any:
        """The unknown last; ties by the alphabet, so that pages do not overlap."""
        found = super().order_queryset(queryset)
        if self.ordering in ("percent", "-percent", "required_gaps", "-required_gaps"):
            column = F(self.ordering.lstrip("-"))
            by = column.desc if self.ordering.startswith("-") else column.asc
            return found.order_by(by(nulls_last=True), "title", "pk")
        return found

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With the body's name, and each gap as the rule that is not met: one query for all."""
        services = list(object_list)
        for service in services:
            service.body = self._bodies.get(service.path[: -service.steplen], "")
            service.unmet = [_RULES[key] for key in (service.gaps or "").split() if key in _RULES]
            service.sentences = " ".join(str(rule.label) for rule in service.unmet)
            service.status = _("No ar") if service.live else _("Rascunho")
        return services

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With each body's mean, of all that the user may open."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            context["by_body"] = self._by_body()
        return context

    def _by_body(self) -> list[dict[str, Any]]:
        """Bodies with the mean score of their services: one query."""
        sums: dict[str, list[int]] = {}
        rows = self.get_base_queryset().filter(percent__isnull=False).values_list("path", "percent", "required_gaps")
        for path, percent, required_gaps in rows:
            found = sums.setdefault(path[: -ServicePage.steplen], [0, 0, 0])
            found[0] += 1
            found[1] += percent
            found[2] += required_gaps > 0
        by_body = [
            {"title": self._bodies[path], "services": n, "percent": total // n, "short": short}
            for path, (n, total, short) in sums.items()
            if path in self._bodies
        ]
        return sorted(by_body, key=lambda body: (body["percent"], body["title"]))
