"""“Para revisar”: the queue in the admin, and the question behind “Revisado, nada mudou”."""

from datetime import timedelta
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_user_display_name, get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from services.languages import source_locale
from services.mapping import locale_of
from services.models import PublishingBusy, Review, SecretariatPage, ServicePage
from services.reviews.queue import Line, queue
from services.reviews.reviewing import NotPublic, confirm_review, may_review, public_services, review_days
from services.reviews.risk import age
from services.spreadsheet import safe_cell


class _Person(django_filters.ModelChoiceFilter):
    """Somebody by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra["label_from_instance"] = get_user_display_name


def _bodies(_request: HttpRequest) -> Any:
    return SecretariatPage.objects.filter(locale=Locale.get_default(), alias_of=None).order_by("title")


def _keepers(_request: HttpRequest) -> Any:
    kept = public_services().filter(Q(responsible=OuterRef("pk")) | Q(responsible=None, owner=OuterRef("pk")))
    users = get_user_model()
    return users.objects.filter(Exists(kept)).order_by("first_name", "last_name", users.USERNAME_FIELD)


def can_be_reviewed(page: Any, *, by: Any) -> bool:
    """Whether a page is a public service of the source language that somebody may confirm."""
    model = page.specific_class
    is_service = model is not None and issubclass(model, ServicePage)
    is_public = is_service and page.live and not page.alias_of_id and locale_of(page) == source_locale()
    return is_public and page.permissions_for_user(by).can_edit()


def confirm_address(page: Any) -> str:
    """Where it is confirmed, and back to its form."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{reverse('conecta_review:confirm', args=[page.pk])}?next={edit}"


def ask_for_review(request: HttpRequest, page: Any) -> None:
    """Who opens the form of a service of which a review is due is asked for it above the form."""
    if request.method != "GET" or not can_be_reviewed(page, by=request.user):
        return
    due = page.specific.review_due
    reason = age(due, timezone.localdate(timezone.now())) if due else None
    if reason:
        messages.info(request, reason.text, buttons=[messages.button(confirm_address(page), _("Revisado, nada mudou"))])


class ReviewFilterSet(WagtailFilterSet):
    """By body, and by who looks after it."""

    body = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Órgão"), queryset=_bodies, method="of_body", empty_label=gettext_lazy("Todos")
    )
    keeper = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Pessoa responsável"),
        queryset=_keepers,
        method="of_keeper",
        empty_label=gettext_lazy("Todas"),
        null_label=gettext_lazy("Ninguém"),
        null_value="none",
    )

    class Meta:
        model = ServicePage
        fields: list[str] = []

    def of_body(self, services: Any, _name: str, body: Any) -> Any:
        """Those below it."""
        return services.child_of(body)

    def of_keeper(self, services: Any, _name: str, user: Any) -> Any:
        """Those for which this person is responsible, or that nobody is responsible for and this person owns."""
        if user == "none":
            return services.filter(responsible=None, owner=None)
        return services.filter(Q(responsible=user) | Q(responsible=None, owner=user))


class _ServiceColumn(Column):
    cell_template_name = "conecta_services/admin/review_cell.html"


class _ReasonsColumn(Column):
    cell_template_name = "conecta_services/admin/reasons_cell.html"


class ReviewQueueView(ReportView):
    """What is to be looked at again, the riskiest first."""

    page_title = gettext_lazy("Para revisar")
    header_icon = "calendar-check"
    model = ServicePage
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    results_template_name = "conecta_services/admin/review_queue_results.html"
    index_url_name = "conecta_review:queue"
    index_results_url_name = "conecta_review:queue_results"
    filterset_class = ReviewFilterSet
    is_searchable = False
    export_filename = "para-revisar"
    columns = [
        _ServiceColumn("title", label=gettext_lazy("Serviço"), width="32%"),
        _ReasonsColumn("reasons", label=gettext_lazy("Por que está aqui"), width="34%"),
        Column("keeper", label=gettext_lazy("Responsável")),
        Column("day", label=gettext_lazy("Revisar até")),
    ]
    export_headings = {
        "title": gettext_lazy("Serviço"),
        "body": gettext_lazy("Órgão"),
        "keeper": gettext_lazy("Responsável"),
        "due": gettext_lazy("Revisar até"),
        "reviewed_on": gettext_lazy("Revisado em"),
        "why": gettext_lazy("Por que está aqui"),
    }
    list_export = list(export_headings)
    custom_field_preprocess = {name: {ReportView.FORMAT_CSV: safe_cell} for name in ("title", "body", "keeper")}

    def get_queryset(self) -> Any:
        """Public services that this person may find in the admin."""
        found = page_permission_policy.explorable_instances(self.request.user)
        return public_services().filter(pk__in=found.values("pk"))

    def get_filtered_queryset(self) -> list[Line]:
        """The queue is worked out from all of them, and then sorted."""
        return queue(self.filter_queryset(self.get_queryset()), timezone.now())

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With what this person may do about each."""
        lines = list(object_list)
        allowed = may_review(self.request.user, [line.pk for line in lines])
        here = self.request.get_full_path() if not self.results_only else self.index_url
        for line in lines:
            line.actions = [(_("Ler no portal"), "view", reverse("conecta_services:short_link", args=[line.record_id]))]
            if line.pk in allowed:
                confirm = reverse("conecta_review:confirm", args=[line.pk])
                line.actions += [
                    (_("Revisado, nada mudou"), "check", f"{confirm}?next={here}"),
                    (_("Corrigir o texto"), "edit", reverse("wagtailadmin_pages:edit", args=[line.pk])),
                ]
        return lines


class ConfirmReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Asks once, then records it."""

    template_name = "conecta_services/admin/review_confirm.html"
    page_title = gettext_lazy("Revisado, nada mudou")
    header_icon = "check"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The service, for somebody who may edit it."""
        super().setup(request, *args, **kwargs)
        self.service = get_object_or_404(public_services(), pk=kwargs["pk"])
        self.next_url = get_valid_next_url_from_request(request) or reverse("conecta_review:queue")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who may edit it."""
        if not may_review(request.user, [self.service.pk]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Which service."""
        return str(self.service.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the queue."""
        queue_item = {"url": reverse("conecta_review:queue"), "label": _("Para revisar")}
        return [*super().get_breadcrumbs_items(), queue_item, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is known of earlier reviews, and what will be recorded."""
        today = timezone.localdate(timezone.now())
        return super().get_context_data(**kwargs) | {
            "service": self.service,
            "last": Review.objects.filter(service=self.service).select_related("user").order_by("-at").first(),
            "today": today,
            "next_due": today + timedelta(days=review_days()),
            "next_url": self.next_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record it."""
        try:
            review = confirm_review(self.service.pk, by=request.user, at=timezone.now())
        except NotPublic as error:
            raise Http404 from error
        except PublishingBusy:
            messages.error(request, _("Outra pessoa está publicando agora. Tente de novo em alguns segundos."))
            return redirect(request.get_full_path())
        messages.success(
            request,
            _("“%(title)s” foi revisado. A próxima revisão vence em %(day)s.")
            % {"title": self.service.title, "day": f"{review.review_due:%d/%m/%Y}"},
        )
        return redirect(self.next_url)
