"""The pages on which somebody publishes with urgency, or takes something down."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.widgets.auto_height_text import AdminAutoHeightTextInput
from wagtail.models import Page

from services.completeness import Incomplete
from services.models import PublishedEntry, Refused
from services.newsroom import acts
from services.newsroom.admin_page import AdminPage
from services.newsroom.places import own_address


class ReasonForm(forms.Form):
    """Why, in a sentence; and which draft was read."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=1000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_(
            "Fica no histórico e no relatório. Exemplo: O telefone publicado está errado e o posto fecha hoje."
        ),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


def entry_named(content_type: int, pk: str) -> Any:
    """The page or drafted snippet that an address names. Raises ``Http404``."""
    found = ContentType.objects.filter(pk=content_type).first()
    model = found.model_class() if found else None
    if model is None or not issubclass(model, Page | PublishedEntry):
        raise Http404
    entry = model._default_manager.filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry.specific if isinstance(entry, Page) else entry


class ActView(AdminPage, FormView):  # type: ignore[type-arg]
    """An act with its reason."""

    form_class: type[forms.Form] = ReasonForm
    template_name = "conecta_services/admin/act.html"
    button: Promise | str = ""
    button_class = ""
    lead: Promise | str = ""
    done: Promise | str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for whoever may; others are told by Wagtail that they may not."""
        self.entry = entry_named(kwargs["content_type"], kwargs["pk"])
        if not self.may(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, user: Any) -> bool:
        """Whether this is somebody's to do."""
        raise NotImplementedError

    def act(self, reason: str, seen: int | None) -> None:
        """Do it. Raises ``Refused`` or ``Incomplete``."""
        raise NotImplementedError

    def get_initial(self) -> dict[str, Any]:
        """The draft that this page speaks of."""
        return {"revision": self.entry.latest_revision_id}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Done, or the sentence that says why not."""
        try:
            self.act(form.cleaned_data.get("reason", ""), form.cleaned_data.get("revision"))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Incomplete as gaps:
            form.add_error(None, _("Ainda não pode ser publicado: %s") % gaps)
        else:
            messages.success(self.request, str(self.done))
            return redirect(own_address(self.request.user, self.entry))
        return self.render_to_response(self.get_context_data(form=form))

    def get_page_subtitle(self) -> str:
        """Which entry."""
        return str(self.entry.get_latest_revision_as_object())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the entry to the act, which is the page's heading."""
        entry = {"url": own_address(self.request.user, self.entry), "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), entry, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page says."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "entry": self.entry,
            "lead": self.lead,
            "button": self.button,
            "button_class": self.button_class,
            "back": own_address(self.request.user, self.entry),
        }


class UrgentView(ActView):
    """Publish the latest draft now."""

    page_title = _("Publicar com urgência")
    header_icon = "warning"
    button = _("Publicar agora")
    lead = _(
        "O texto vai ao ar agora, sem as duas aprovações. Isto fica no histórico e no relatório "
        "“Publicações urgentes”. Quem escreveu o texto não pode publicá-lo."
    )
    done = _("Publicado com urgência.")

    def may(self, user: Any) -> bool:
        """One of two roles."""
        return acts.may_publish_urgently(user)

    def act(self, reason: str, seen: int | None) -> None:
        """Publish."""
        acts.publish_urgently(self.entry, self.request.user, reason, seen=seen)


class TakeDownView(ActView):
    """Take something off the portal."""

    page_title = _("Tirar do ar")
    header_icon = "download"
    button = _("Tirar do ar")
    button_class = "serious"
    lead = _("A página sai do portal, da busca e da API agora. O texto fica guardado como rascunho.")
    done = _("Tirado do ar.")

    def may(self, user: Any) -> bool:
        """Comunicação."""
        return acts.may_take_down(user)

    def act(self, reason: str, seen: int | None) -> None:
        """Unpublish."""
        acts.take_down(self.entry, self.request.user, reason)
