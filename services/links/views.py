"""“Links que não abrem”: a report for editors, with where each link stands and the way to mend it."""

from typing import Any

import django_filters
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from services.languages import source_locale
from services.links.words import why
from services.models import ENTRY_MODELS, LinkUse, PublishedPage, PublishedRecord, SecretariatPage
from services.naming import kind as kind_name
from services.spreadsheet import safe_cell


def _bodies(_request: Any) -> Any:
    return SecretariatPage.objects.filter(locale=Locale.get_default(), alias_of=None).order_by("title")


class LinkFilterSet(WagtailFilterSet):
    """By how sure it is, by where it stands, by body."""

    state = django_filters.ChoiceFilter(
        label=_("Situação"),
        choices=[("failing", _("Falharam uma vez, ainda em observação"))],
        method="in_state",
        empty_label=_("Não abrem"),
    )
    place = django_filters.ChoiceFilter(label=_("Onde está"), choices=LinkUse.PLACES, empty_label=_("Qualquer lugar"))
    body = django_filters.ModelChoiceFilter(
        label=_("Órgão"), queryset=_bodies, method="of_body", empty_label=_("Todos")
    )

    class Meta:
        model = LinkUse
        fields: list[str] = []

    def in_state(self, uses: Any, _name: str, _value: str) -> Any:
        """Asked for by the view, which shows one state or the other."""
        return uses

    def of_body(self, uses: Any, _name: str, body: Any) -> Any:
        """What stands on the body's own page, or on one below it."""
        own = Q()
        for kind, model in ENTRY_MODELS.items():
            if issubclass(model, PublishedPage):
                below = model._default_manager.filter(path__startswith=body.path)
                own |= Q(kind=kind, entry_id__in=below.values("record_id"))
        return uses.filter(own)


class _LinkColumn(Column):
    cell_template_name = "conecta_services/admin/link_cell.html"


class LinkReportView(ReportView):
    """Dead links, the longest dead first."""

    page_title = _("Links que não abrem")
    header_icon = "link"
    model = LinkUse
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    results_template_name = "conecta_services/admin/link_report_results.html"
    index_url_name = "conecta_links:report"
    index_results_url_name = "conecta_links:report_results"
    filterset_class = LinkFilterSet
    is_searchable = False
    default_ordering = "link__failing_since"
    export_filename = "links-que-nao-abrem"
    columns = [
        _LinkColumn("url", label=_("Link"), width="40%"),
        Column("why", label=_("O que acontece"), width="30%"),
        Column("since", label=_("Desde")),
        Column("last", label=_("Última tentativa")),
    ]
    export_headings = {
        "url": _("Link"),
        "entry": _("Página"),
        "where": _("Onde está"),
        "why": _("O que acontece"),
        "since": _("Desde"),
        "last": _("Última tentativa"),
    }
    list_export = list(export_headings)
    custom_field_preprocess = {name: {ReportView.FORMAT_CSV: safe_cell} for name in ("url", "entry")}

    def get_base_queryset(self) -> Any:
        """What failed twice, a day apart; or, if asked for, what failed once."""
        failing = self.request.GET.get("state") == "failing"
        state = Q(link__dead_since=None, link__failing_since__isnull=False) if failing else ~Q(link__dead_since=None)
        return LinkUse.objects.filter(state).select_related("link")

    def order_queryset(self, queryset: Any) -> Any:
        """Ties by number, so that pages do not overlap."""
        return queryset.order_by("link__failing_since", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With titles, reasons and what can be done: two queries and one a kind."""
        uses = list(object_list)
        ids = {use.entry_id for use in uses}
        rows = PublishedRecord.objects.public().filter(entry_id__in=ids, locale=source_locale())
        titles = {(kind, entry_id): title for kind, entry_id, title in rows.values_list("kind", "entry_id", "title")}
        pages = self._pages(uses)
        for use in uses:
            use.url = use.link.url
            use.entry = titles.get((use.kind, use.entry_id), "")
            use.kind_name = kind_name(use.kind)
            use.where = use.get_place_display()
            use.why = why(use.link.problem, use.link.status)
            use.since = _day(use.link.failing_since)
            use.last = _day(use.link.checked_at)
            page = pages.get((use.kind, use.entry_id))
            use.edit = reverse("wagtailadmin_pages:edit", args=[page]) if page else ""
        return uses

    def _pages(self, uses: Any) -> dict[tuple[str, str], int]:
        """The pages among them that this person may edit."""
        found: dict[tuple[str, str], int] = {}
        for kind in {use.kind for use in uses}:
            model: Any = ENTRY_MODELS.get(kind)
            if model is not None and issubclass(model, PublishedPage):
                ids = {use.entry_id for use in uses if use.kind == kind}
                rows = model._default_manager.filter(record_id__in=ids, locale=Locale.get_default())
                found |= {(kind, record_id): pk for record_id, pk in rows.values_list("record_id", "pk")}
        allowed = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        may = set(
            Page.objects.filter(pk__in=found.values()).filter(pk__in=allowed.values("pk")).values_list("pk", flat=True)
        )
        return {entry: pk for entry, pk in found.items() if pk in may}


def _day(moment: Any) -> str:
    return f"{timezone.localdate(moment):%d/%m/%Y}" if moment else ""
