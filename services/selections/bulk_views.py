"""Bulk actions of the list of services: what is asked, and then how many were changed, and why others were not."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.views.pages.search import page_filter_search
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from services.body_permissions import visible_to
from services.completeness import Incomplete
from services.drafting import writers
from services.languages import in_one_language
from services.models import Audience, PublishingBusy, ServicePage, Topic
from services.newsroom.bulk_approval import may_approve_any
from services.selections.acts import NotDone, assign, may_edit, set_review, tag
from services.selections.export import as_table
from services.tick_boxes import Checklist

#: Sentences of the same reason that name each service; beyond, only how many.
_NAMED = 10


class ServiceBulkAction(BulkAction):
    """One act on each chosen service that the user may edit."""

    models = [ServicePage]
    template_name = "conecta_services/admin/bulk.html"
    button: Any = ""

    @classmethod
    def is_offered(cls, user: Any) -> bool:
        """Whether the list shows its button to somebody."""
        return True

    def get_queryset(self, model: Any, object_ids: Any) -> Any:
        """Of those that are asked for, the ones that the user may know of: a draft's name is not another body's."""
        return visible_to(self.request.user, model.objects.filter(pk__in=object_ids)).select_related("locale")

    def check_perm(self, obj: ServicePage) -> bool:
        """Whoever may edit it."""
        return may_edit(self.request.user, obj)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """Of "all in this list": those that its filters and its search leave."""
        asked = QueryDict(urlsplit(self.next_url).query)
        listed = in_one_language(ServicePage.objects.all(), asked)
        pages = PageFilterSet(asked, queryset=listed, request=self.request).qs
        if words := asked.get("q"):
            return [page.pk for page in page_filter_search(words, pages)[0].results()]
        return pages.values_list("pk", flat=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the act's name and what is left out."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"title": self.display_name, "button": self.button}

    def act(self, page: ServicePage, given: dict[str, Any]) -> str:
        """Do it with one: ``""``, or a remark on what was done. Raises ``NotDone``."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Each for itself, in a transaction of its own; then what was done, in words."""
        pages, without = self.get_actionable_objects()
        for hook in hooks.get_hooks("before_bulk_action"):
            answer = hook(self.request, self.action_type, pages, self)
            if hasattr(answer, "status_code"):
                return answer  # type: ignore[no-any-return]
        done, told = 0, []
        for page in pages:
            try:
                remark = self.act(page, form.cleaned_data)
            except (NotDone, Incomplete) as error:
                told.append((page.title, str(error)))
            except PublishingBusy:
                told.append((page.title, _("outra publicação está em andamento; tente de novo")))
            else:
                done += 1
                if remark:
                    told.append((page.title, remark))
        refused = [(page.title, _("você não pode mudar este serviço")) for page in without["items_with_no_access"]]
        self._tell(done, [*told, *refused], len(pages) + len(refused) - done)
        return redirect(self.next_url)

    def done(self, number: int) -> str:
        """How many were done, in words."""
        return ngettext("%d serviço alterado", "%d serviços alterados", number) % number

    def _tell(self, done: int, told: list[tuple[str, str]], failed: int) -> None:
        sentence = self.done(done)
        if failed:
            sentence += ", " + ngettext("%d não pôde ser", "%d não puderam ser", failed) % failed
        if told:
            sentence += ": " + "; ".join(f"“{title}” {reason}" for title, reason in told[:_NAMED])
            if len(told) > _NAMED:
                more = len(told) - _NAMED
                sentence += "; " + ngettext("e mais %d", "e mais %d", more) % more
        (messages.warning if failed or told else messages.success)(self.request, f"{sentence}.")


class _PersonForm(forms.Form):
    person: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Pessoa responsável"),
        help_text=gettext_lazy("Quem cuida destes textos; não aparece para o público. Exemplo: a chefia do setor."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = writers()  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda user: user.get_full_name() or user.get_username()  # type: ignore[attr-defined]


class AssignAction(ServiceBulkAction):
    """Who looks after them."""

    display_name = gettext_lazy("Dar a uma pessoa")
    aria_label = gettext_lazy("Dar os serviços escolhidos a uma pessoa responsável")
    action_type = "conecta_assign"
    action_priority = 10
    form_class = _PersonForm
    button = gettext_lazy("Dar a esta pessoa")

    def act(self, page: ServicePage, given: dict[str, Any]) -> str:
        """The person must be able to write it."""
        if not may_edit(given["person"], page):
            raise NotDone(_("esta pessoa não pode escrever neste órgão"))
        assign(page, given["person"], user=self.request.user)
        return ""


class _ReviewForm(forms.Form):
    due = forms.DateField(
        label=gettext_lazy("Revisar até"),
        widget=AdminDateInput,
        help_text=gettext_lazy("Quando alguém deve conferir estes textos de novo. Exemplo: 05/04/2027"),
    )


class ReviewAction(ServiceBulkAction):
    """When they are to be looked at again."""

    display_name = gettext_lazy("Marcar revisão")
    aria_label = gettext_lazy("Marcar a data de revisão dos serviços escolhidos")
    action_type = "conecta_review"
    action_priority = 20
    form_class = _ReviewForm
    button = gettext_lazy("Marcar esta data")

    def act(self, page: ServicePage, given: dict[str, Any]) -> str:
        """Public and draft alike."""
        set_review(page, given["due"], user=self.request.user)
        return ""


def _choice(model: Any, label: Any) -> Any:
    return forms.ModelMultipleChoiceField(model.objects.none(), label=label, required=False, widget=Checklist)


class _TagForm(forms.Form):
    topics = _choice(Topic, gettext_lazy("Pôr nestes temas"))
    audiences = _choice(Audience, gettext_lazy("Pôr nestes públicos"))
    no_topics = _choice(Topic, gettext_lazy("Tirar destes temas"))
    no_audiences = _choice(Audience, gettext_lazy("Tirar destes públicos"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            entries = field.queryset.model.objects.filter(locale=Locale.get_default())  # type: ignore[attr-defined]
            field.queryset = entries.order_by("title")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something must be asked for."""
        given = super().clean() or {}
        if not any(given.values()):
            raise forms.ValidationError(_("Escolha pelo menos um tema ou público."))
        return given


class TagAction(ServiceBulkAction):
    """What they are filed under."""

    display_name = gettext_lazy("Classificar")
    aria_label = gettext_lazy("Classificar os serviços escolhidos")
    action_type = "conecta_tag"
    action_priority = 30
    form_class = _TagForm
    button = gettext_lazy("Classificar assim")

    def act(self, page: ServicePage, given: dict[str, Any]) -> str:
        """By a draft, which is published where nothing stands against it."""
        return tag(
            page,
            add=[*given["topics"], *given["audiences"]],
            remove=[*given["no_topics"], *given["no_audiences"]],
            user=self.request.user,
        )


class ApproveAction(ServiceBulkAction):
    """By the newsroom's workflow: a hook ``conecta_bulk_approve(page, user)`` returns why not, or ``""``."""

    display_name = gettext_lazy("Aprovar")
    aria_label = gettext_lazy("Aprovar os serviços escolhidos")
    action_type = "conecta_approve"
    action_priority = 40
    button = gettext_lazy("Aprovar todos")

    @classmethod
    def is_offered(cls, user: Any) -> bool:
        """Where there is a newsroom, to those who approve in it."""
        return may_approve_any(user)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Raises ``PermissionDenied`` for those who approve nothing."""
        if not self.is_offered(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def check_perm(self, obj: ServicePage) -> bool:
        """The workflow says who may, with a reason; an approver need not be able to edit."""
        return True

    def done(self, number: int) -> str:
        """How many were approved."""
        return ngettext("%d serviço aprovado", "%d serviços aprovados", number) % number

    def act(self, page: ServicePage, given: dict[str, Any]) -> str:
        """The first workflow that answers decides."""
        for approve in hooks.get_hooks("conecta_bulk_approve"):
            if reason := approve(page, self.request.user):
                raise NotDone(reason)
            return ""
        raise NotDone(_("não há fluxo de aprovação"))


class ExportAction(ServiceBulkAction):
    """A table of them."""

    display_name = gettext_lazy("Baixar planilha")
    aria_label = gettext_lazy("Baixar os serviços escolhidos em uma planilha")
    action_type = "conecta_export"
    action_priority = 50
    button = gettext_lazy("Baixar planilha (CSV)")

    def check_perm(self, obj: ServicePage) -> bool:
        """Whoever may know of it."""
        return True

    def form_valid(self, form: Any) -> HttpResponseBase:
        """A stream: thousands of services do not wait for each other."""
        pages, _without = self.get_actionable_objects()
        response = StreamingHttpResponse(as_table(page.pk for page in pages), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="servicos.csv"'
        response["Cache-Control"] = "private, no-store"
        return response
