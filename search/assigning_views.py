"""“Escrever este serviço”: what people look for in vain becomes somebody's work."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url, get_user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.users.models import UserProfile

from search.counting import LONGEST_QUERY
from search.query_counts import QueryCount
from services.drafting import NotTheirs, bodies_for, draft_service, may_draft, writers

logger = logging.getLogger(__name__)

#: What the message says of how often it was asked.
_LOOKED_BACK = timedelta(days=91)
_MESSAGE = gettext_lazy("""%(by)s pediu que você escreva um serviço para a Carta de Serviços.

Serviço: %(title)s
Órgão: %(body)s
O que as pessoas escrevem na busca: %(query)s
Vezes que procuraram nos últimos %(days)d dias: %(asked)d

O rascunho já está criado, e só você e a equipe o veem:
%(url)s
""")


class _Person(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, user: Any) -> str:
        """By name, and whether she can be written to."""
        name: str = get_user_display_name(user)
        return name if user.email else _("%s (sem e-mail cadastrado)") % name


class AssignForm(forms.Form):
    """What to write, for which body, and who."""

    title = forms.CharField(
        label=gettext_lazy("Nome do serviço"),
        max_length=255,
        help_text=gettext_lazy("Comece por um verbo. Quem escrever pode mudar. Exemplo: Emitir a segunda via do IPTU"),
    )
    body: forms.ModelChoiceField = forms.ModelChoiceField(  # type: ignore[type-arg]
        label=gettext_lazy("Órgão que presta o serviço"),
        queryset=None,
        help_text=gettext_lazy("O rascunho fica abaixo deste órgão. Exemplo: Secretaria Municipal de Finanças"),
    )
    writer = _Person(
        label=gettext_lazy("Quem vai escrever"),
        queryset=None,
        help_text=gettext_lazy("Recebe um e-mail com o endereço do rascunho. Exemplo: a chefia do setor"),
    )
    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies_for(user)  # type: ignore[attr-defined]
        self.fields["writer"].queryset = writers()  # type: ignore[attr-defined]


class AssignView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Makes the draft, tells its writer, and goes back to the report."""

    form_class = AssignForm
    template_name = "conecta_search/admin/assign.html"
    page_title = gettext_lazy("Escrever este serviço")
    header_icon = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who may add pages somewhere."""
        if not may_draft(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the report."""
        report = {"url": reverse("conecta_search_admin:asked"), "label": _("O que as pessoas procuram")}
        return [*super().get_breadcrumbs_items(), report, {"url": "", "label": self.get_page_title()}]

    def get_initial(self) -> dict[str, Any]:
        """The query as a title."""
        query = self.request.GET.get("q", "")[:LONGEST_QUERY]
        return {"title": capfirst(query), "query": query}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The user decides which bodies there are."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        """Draft first, message after: a draft is not undone because a mail server does not answer."""
        chosen = form.cleaned_data
        try:
            page = draft_service(
                chosen["title"],
                popular_name=chosen["query"],
                body=chosen["body"],
                writer=chosen["writer"],
                by=self.request.user,
            )
        except NotTheirs as error:
            form.add_error("writer", str(error))
            return self.form_invalid(form)
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        buttons = [messages.button(edit, _("Abrir o rascunho"))]
        if self._tell(chosen["writer"], page, edit, chosen["query"]):
            messages.success(
                self.request, _("O rascunho foi criado, e %s recebeu um e-mail.") % chosen["writer"], buttons
            )
        else:
            messages.warning(
                self.request,
                _("O rascunho foi criado, mas o e-mail não saiu: avise %s de outro modo.") % chosen["writer"],
                buttons,
            )
        return redirect("conecta_search_admin:asked")

    def _tell(self, writer: Any, page: Any, edit: str, query: str) -> bool:
        """Whether the message went out."""
        if not writer.email:
            return False
        today = timezone.localdate(timezone.now())
        asked = QueryCount.objects.between(today - _LOOKED_BACK, today).filter(query=query).times_asked()
        about = {
            "title": page.title,
            "body": page.get_parent().title,
            "by": get_user_display_name(self.request.user),
            "query": query,
            "asked": asked,
            "days": _LOOKED_BACK.days,
            "url": f"{get_admin_base_url()}{edit}",
        }
        with translation.override(UserProfile.get_for_user(writer).get_preferred_language()):
            # A subject is one line.
            subject = " ".join((_("Um serviço para você escrever: %s") % page.title).split())
            text = _MESSAGE % about
            try:
                return bool(send_mail(subject, text, [writer.email]))
            except (OSError, SMTPException):
                logger.exception("assigning: the message to a writer did not go out")
                return False
