"""“Erros apontados” in the admin: the list, and one error with what can be done about it."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import BaseListingView
from wagtail.models import Locale

from feedback.models import PageError
from feedback.page_help.owning import (
    dismiss,
    entry_of,
    errors_for,
    may_settle,
    open_draft,
    reach_of,
    reopen,
    reopenings,
    resolve,
    revisions_since,
)
from feedback.page_help.sections import section_of
from services.models import Refused, SecretariatPage
from services.naming import kind as kind_name
from services.newsroom.admin_page import AdminPage
from services.newsroom.places import edit_address

_ASIDE = "aside"
_STATES = [
    (PageError.State.DONE, gettext_lazy("Resolvidos")),
    (PageError.State.DISMISSED, gettext_lazy("Não procedem")),
    (_ASIDE, gettext_lazy("Deixados de lado: vieram muitos do mesmo lugar")),
]


def _bodies(request: HttpRequest) -> Any:
    found = SecretariatPage.objects.filter(locale=Locale.get_default(), alias_of=None).order_by("title")
    reach = reach_of(request.user)
    return found if reach is None else found.filter(record_id__in=reach)


class ErrorFilterSet(WagtailFilterSet):
    """By where they stand, and by body."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Situação"), choices=_STATES, method="in_state", empty_label=gettext_lazy("Abertos")
    )
    body = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Órgão"),
        queryset=_bodies,
        method="of_body",
        empty_label=gettext_lazy("Todos"),
    )

    class Meta:
        model = PageError
        fields: list[str] = []

    def in_state(self, errors: Any, _name: str, _value: str) -> Any:
        """Asked for by the view, which shows the open ones unless said."""
        return errors

    def of_body(self, errors: Any, _name: str, body: Any) -> Any:
        """On its own page, and on all that is its."""
        return errors.filter(body_id=body.record_id)


class _TitleColumn(Column):
    cell_template_name = "conecta_feedback/admin/page_error_cell.html"


class ErrorListView(AdminPage, BaseListingView):
    """The newest first; no export, for what people wrote stays here."""

    page_title = gettext_lazy("Erros apontados")
    header_icon = "warning"
    model = PageError
    results_template_name = "conecta_feedback/admin/page_errors_results.html"
    index_url_name = "conecta_page_errors:list"
    index_results_url_name = "conecta_page_errors:list_results"
    filterset_class = ErrorFilterSet
    default_ordering = "-received_at"
    paginate_by = 50
    columns = [
        _TitleColumn("title", label=gettext_lazy("Página"), width="34%"),
        Column("what", label=gettext_lazy("O que a pessoa disse"), width="36%"),
        Column("day", label=gettext_lazy("Quando")),
        Column("stands", label=gettext_lazy("Situação")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those whose pages they are."""
        if not may_settle(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """It stands alone in the menu."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_base_queryset(self) -> Any:
        """Those of one state, in this person's reach."""
        errors, state = errors_for(self.request.user), self.request.GET.get("state", "")
        if state == _ASIDE:
            return errors.filter(set_aside=True)
        known = state if state in PageError.State.values else PageError.State.OPEN
        return errors.filter(state=known, set_aside=False)

    def order_queryset(self, queryset: Any) -> Any:
        """Ties by number, so that pages do not overlap."""
        return queryset.order_by("-received_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With words for what each says: no query."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for error in context["object_list"]:
            error.address = reverse("conecta_page_errors:one", args=[error.pk])
            error.title = error.title or error.path
            error.kind_name = kind_name(error.kind) if error.entry_id else _("página da cidade")
            label = section_of(error.kind, error.section).label
            error.what = f"{label}: {_shortened(error.text)}" if error.text else label
            error.day = f"{timezone.localtime(error.received_at):%d/%m/%Y %H:%M}"
            error.stands = (
                _("Rascunho aberto") if error.opened_at and not error.closed_at else error.get_state_display()
            )
        return context


class ErrorView(AdminPage, TemplateView):
    """What was said, where, and three ways to go on; one that is settled can be opened again."""

    template_name = "conecta_feedback/admin/page_error.html"
    page_title = gettext_lazy("Erro apontado")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One in this person's reach."""
        if not may_settle(request.user):
            raise PermissionDenied
        self.error = get_object_or_404(
            errors_for(request.user).select_related("revision", "opened_by", "closed_by"), pk=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Of which page."""
        return str(self.error.title or self.error.path)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the list."""
        return [
            {"url": reverse("conecta_page_errors:list"), "label": _("Erros apontados")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The error, its page, and the versions written since."""
        entry = entry_of(self.error)
        is_open = self.error.state == PageError.State.OPEN
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "error": self.error,
            "entry": entry,
            "section": section_of(self.error.kind, self.error.section).label,
            "url": self.error.url or self.error.path,
            "edit": edit_address(entry) if entry is not None else "",
            "revisions": revisions_since(self.error) if is_open else [],
            "live": getattr(entry, "live_revision_id", None),
            "is_open": is_open,
            "reopenings": reopenings(self.error),
            "revision_address": self._address_of_revision(entry),
        }

    def _told(self) -> str:
        """For the top of the editor's form."""
        label = section_of(self.error.kind, self.error.section).label
        text = f": {_shortened(self.error.text)}" if self.error.text else ""
        return _("Erro apontado por quem leu a página. %(section)s%(text)s") % {"section": label, "text": text}

    def _address_of_revision(self, entry: Any) -> str:
        revision = self.error.revision
        if revision is None or entry is None or not hasattr(entry, "url_path"):
            return ""
        return reverse("wagtailadmin_pages:revisions_view", args=[entry.pk, revision.pk])

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        """``act`` says which."""
        at, act = timezone.now(), request.POST.get("act")
        here = reverse("conecta_page_errors:one", args=[self.error.pk])
        try:
            if act == "draft":
                address = open_draft(self.error, by=request.user, at=at)
                back = messages.button(here, _("Voltar ao erro apontado"))
                messages.info(request, self._told(), buttons=[back])
                return redirect(address)
            if act == "resolve":
                chosen = request.POST.get("revision", "")
                resolve(self.error, int(chosen) if chosen.isdecimal() else None, by=request.user, at=at)
                messages.success(request, _("Resolvido. Obrigado por corrigir."))
            elif act == "dismiss":
                dismiss(self.error, request.POST.get("reason", "")[:1000], by=request.user, at=at)
                messages.success(request, _("Guardado com o motivo."))
            elif act == "reopen":
                reopen(self.error, by=request.user)
                messages.success(request, _("Aberto de novo: está outra vez na lista dos abertos."))
                return redirect(here)
            else:
                return redirect(here)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(here)
        return redirect("conecta_page_errors:list")


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:160].rsplit(' ', 1)[0]}…"
