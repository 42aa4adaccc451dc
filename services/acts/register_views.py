"""The register of acts: pages, snippets and settings in one list, for whoever controls."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Value
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.views.mixins import Echo
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry

from services.acts.bodies import acts_of, whose
from services.acts.keeping import BY
from services.models import SecretariatPage, Sourced
from services.spreadsheet import safe_cell

#: The two tables, in the order that tells them apart in a joined list.
TABLES: tuple[Any, ...] = (PageLogEntry, ModelLogEntry)
#: Rows that an export holds in memory at a time.
CHUNK = 500

HEADINGS = {
    "when": gettext_lazy("Quando"),
    "who": gettext_lazy("Quem"),
    "login": gettext_lazy("Conta"),
    "action": gettext_lazy("Ato"),
    "message": gettext_lazy("O que foi feito"),
    "type": gettext_lazy("Tipo"),
    "label": gettext_lazy("Nome"),
    "number": gettext_lazy("Número"),
    "body": gettext_lazy("Órgão"),
    "revision": gettext_lazy("Versão"),
    "together": gettext_lazy("Ação conjunta"),
}


def may_read_acts(user: Any) -> bool:
    """Whether a user may read all acts of all."""
    return bool(user.has_perm("wagtailcore.view_pagelogentry"))


def _persons(_request: object) -> QuerySet[Any]:
    users = get_user_model()._default_manager.order_by("first_name", "last_name", get_user_model().USERNAME_FIELD)
    return users.filter(
        Exists(PageLogEntry.objects.filter(user_id=OuterRef("pk")))
        | Exists(ModelLogEntry.objects.filter(user_id=OuterRef("pk")))
    )


def _bodies(_request: object) -> QuerySet[Any]:
    bodies: QuerySet[Any] = SecretariatPage.objects.filter(locale=Locale.get_default()).order_by("title")
    return bodies


class ActFilterSet(WagtailFilterSet):
    """By person, act, body, period and name."""

    user = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Pessoa"), queryset=_persons, empty_label=gettext_lazy("Todas")
    )
    action = django_filters.ChoiceFilter(
        label=gettext_lazy("Ato"), choices=registry.get_choices, empty_label=gettext_lazy("Todos")
    )
    body = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Órgão"), queryset=_bodies, method="of_body", empty_label=gettext_lazy("Todos")
    )
    timestamp = django_filters.DateFromToRangeFilter(label=gettext_lazy("Período"), widget=DateRangePickerWidget)
    label = django_filters.CharFilter(label=gettext_lazy("Nome"), lookup_expr="icontains")

    class Meta:
        model = PageLogEntry
        fields: list[str] = []

    def of_body(self, entries: QuerySet[Any], _name: str, body: SecretariatPage) -> QuerySet[Any]:
        """Acts on a body and on what is its."""
        return acts_of(entries, body)


class ActsView(ReportView):
    """All acts, the last first; exports hold what the filters leave."""

    page_title = gettext_lazy("Registro de atos")
    header_icon = "history"
    model = PageLogEntry
    template_name = "wagtailadmin/reports/base_report.html"
    results_template_name = "conecta_services/admin/acts_results.html"
    index_url_name = "conecta_acts:index"
    index_results_url_name = "conecta_acts:results"
    filterset_class = ActFilterSet
    export_filename = "registro-de-atos"
    export_headings = HEADINGS
    list_export = list(HEADINGS)
    # As any list ends in a file: other programs of Controle read CSV.
    FORMATS = ("csv",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who control."""
        if not may_read_acts(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def header_more_buttons(self) -> list[Any]:
        """Only the formats that there are."""
        return [button for button in super().header_more_buttons if "export=xlsx" not in (button.url or "")]

    def get_filtered_queryset(self) -> Any:
        """Number, moment and table of each act: entries of two models cannot be one queryset."""
        found = None
        for place, table in enumerate(TABLES):
            rows = self.filter_queryset(table.objects.all()).order_by()
            rows = rows.values("pk", "timestamp").annotate(table=Value(place, output_field=IntegerField()))
            found = rows if found is None else found.union(rows, all=True)
        return found.order_by("-timestamp", "-table", "-pk")  # type: ignore[union-attr]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """What is shown of each; an export asks by itself, a part at a time."""
        return object_list if self.is_export else list(acts(object_list))

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> StreamingHttpResponse:
        """A stream: the register of years does not fit in memory."""
        response = StreamingHttpResponse(_as_csv(queryset), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.export_filename}.csv"'
        return response


def _as_csv(rows: Any) -> Iterator[bytes]:
    writer = csv.writer(Echo())
    # By this mark spreadsheets know UTF-8.
    yield "\ufeff".encode()
    yield writer.writerow(HEADINGS.values())
    rest = iter(rows.iterator(chunk_size=CHUNK))
    while chunk := list(islice(rest, CHUNK)):
        for act in acts(chunk):
            yield writer.writerow([safe_cell(str(act[name])) for name in HEADINGS])


def acts(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What is shown of acts, by ``pk`` and ``table``, in their order: a dozen queries, however many they are."""
    rows = list(rows)
    numbers: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row["table"]].append(row["pk"])
    entries = {
        (place, entry.pk): entry
        for place, pks in numbers.items()
        for entry in TABLES[place].objects.filter(pk__in=pks).select_related("user")
    }
    pages = {entry.page_id for entry in entries.values() if isinstance(entry, PageLogEntry)}
    paths = dict(Page.objects.filter(pk__in=pages).values_list("pk", "path"))
    bodies = list(SecretariatPage.objects.values_list("path", "record_id", "title"))
    by_path = {path: title for path, _id, title in bodies}
    by_id = {record_id: title for path, record_id, title in reversed(bodies)}
    owned = whose(entry for entry in entries.values() if isinstance(entry, ModelLogEntry))
    for row in rows:
        entry = entries[row["table"], row["pk"]]
        is_page = isinstance(entry, PageLogEntry)
        own, path = ("", paths.get(entry.page_id, "")) if is_page else owned.get(_about(entry), ("", ""))
        body = by_id.get(entry.data.get("body", ""), "") or by_id.get(own, "") or _above(path, by_path)
        yield _shown(entry, body, present=isinstance(entry, ModelLogEntry) or entry.page_id in paths)


def _about(entry: Any) -> tuple[int, str]:
    return entry.content_type_id, entry.object_id


def _above(path: str, titles: dict[str, str]) -> str:
    """The title of the nearest body on the way to a page."""
    ends = range(len(path), 0, -Page.steplen)
    return next((titles[path[:end]] for end in ends if path[:end] in titles), "")


def _shown(entry: Any, body: str, *, present: bool) -> dict[str, Any]:
    content_type = ContentType.objects.get_for_id(entry.content_type_id) if entry.content_type_id else None
    model: Any = content_type.model_class() if content_type else None
    return {
        "when": localtime(entry.timestamp).strftime("%d/%m/%Y %H:%M:%S"),
        "who": entry.user_display_name if entry.user_id else entry.data.get(BY) or _("Sistema"),
        "login": entry.user.get_username() if entry.user else "",
        "action": str(entry.formatter.label) if entry.formatter else entry.action,
        "message": str(entry.message),
        "type": str(model._meta.verbose_name) if model else "",
        "label": entry.label,
        "number": entry.object_id,
        "body": body,
        "revision": entry.revision_id or "",
        "together": entry.uuid or "",
        "url": _history_of(entry, model) if present and not entry.deleted else "",
    }


def _history_of(entry: Any, model: Any) -> str:
    if isinstance(entry, PageLogEntry):
        return reverse("wagtailadmin_pages:history", args=[entry.page_id])
    if model is None or not issubclass(model, Sourced):
        return ""
    try:
        return reverse(f"{model.snippet_viewset.url_namespace}:history", args=[entry.object_id])
    except (AttributeError, NoReverseMatch):
        return ""
