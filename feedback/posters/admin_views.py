"""“Cartazes” in the admin: each body's units and services with their posters and codes, and all of them at once."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from feedback.posters.bundle import bundled
from feedback.posters.naming import file_name
from feedback.posters.reading import KINDS
from services.languages import source_locale
from services.models.published import PublishedRecord, RecordLink
from services.newsroom.admin_page import AdminPage

_WHAT = {kind: what for what, kind in KINDS.items()}
_SIZES = ("a4", "a5")


def _bodies() -> Any:
    return PublishedRecord.objects.public().filter(kind="secretariat", locale=source_locale())


def _of(body_id: str) -> Any:
    links = RecordLink.objects.filter(relation="secretariat", target_kind="secretariat", target_id=body_id)
    rows = PublishedRecord.objects.public().filter(kind__in=_WHAT, locale=source_locale())
    return rows.filter(pk__in=links.values("record_id"))


class PostersView(AdminPage, TemplateView):
    """The bodies, each with how many posters there are of it: two queries."""

    template_name = "conecta_feedback/admin/posters.html"
    page_title = gettext_lazy("Cartazes")
    header_icon = "download"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that have any."""
        links = RecordLink.objects.filter(
            relation="secretariat", record__deleted=False, record__locale=source_locale(), record__kind__in=_WHAT
        )
        counted = links.values("target_id").annotate(
            units=Count("pk", filter=Q(record__kind="unit")), services=Count("pk", filter=Q(record__kind="service"))
        )
        counts = {row["target_id"]: row for row in counted}
        bodies = [
            {"id": body_id, "title": title, **counts[body_id]}
            for body_id, title in _bodies().order_by("title").values_list("entry_id", "title")
            if body_id in counts
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"bodies": bodies}


class BodyPostersView(AdminPage, TemplateView):
    """The units and services of a body: two queries."""

    template_name = "conecta_feedback/admin/posters_of_body.html"
    page_title = gettext_lazy("Cartazes")
    header_icon = "download"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The body, while it is public."""
        super().setup(request, *args, **kwargs)
        self.body = _bodies().filter(entry_id=kwargs["body_id"]).first()

    def get_page_subtitle(self) -> str:
        """Whose."""
        return self.body.title if self.body else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Units first."""
        if self.body is None:
            raise Http404
        rows = _of(self.body.entry_id).order_by("title", "entry_id").values_list("kind", "entry_id", "title")
        found: dict[str, list[dict[str, str]]] = {"unit": [], "service": []}
        for kind, entry_id, title in rows:
            found[kind].append({"id": entry_id, "title": title})
        groups = [
            {"heading": _("Lugares de atendimento"), "what": _WHAT["unit"], "entries": found["unit"]},
            {"heading": _("Serviços"), "what": _WHAT["service"], "entries": found["service"]},
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"body": self.body, "groups": groups}


class BundleView(PermissionCheckedMixin, View):
    """All posters of a body as one archive; for the city's people, for it is long work."""

    def get(self, _request: HttpRequest, *, body_id: str, size: str) -> HttpResponseBase:
        """Sent while they are printed."""
        body = _bodies().filter(entry_id=body_id).first()
        if body is None or size not in _SIZES:
            raise Http404
        response = StreamingHttpResponse(
            bundled(body_id, "a4" if size == "a4" else "a5"), content_type="application/zip"
        )
        with override(source_locale()):
            name = f"{_('cartazes')}-{file_name(body.title) or body_id}-{size}.zip"
        response["Content-Disposition"] = content_disposition_header(True, name) or ""
        response["Cache-Control"] = "private, no-store"
        return response
