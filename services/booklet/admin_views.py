"""“Carta em PDF” in the admin: what is being made, what there is, and the acts of Comunicação on it."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from services.booklet.editions import AlreadyThere, ask, ask_general_table, freeze
from services.booklet.shelf import offered
from services.booklet.starting import start_without_worker
from services.languages import source_locale
from services.models.booklet import BookletEdition, EditionFile
from services.neighbours import the_city
from services.newsroom.admin_page import AdminPage
from services.querysets import public_of
from services.timing import timezone_of

#: Editions that the screen lists.
_SHOWN = 50


class AskForm(forms.Form):
    """What to make: of whom, in which language, and as of which day."""

    body = forms.ChoiceField(label=gettext_lazy("De quem"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Língua"))
    as_of = forms.DateField(
        label=gettext_lazy("Como era em"),
        required=False,
        widget=AdminDateInput(),
        help_text=gettext_lazy("Vazio: como é hoje. Exemplo: 31/12/2025"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        bodies = public_of("secretariat", source_locale()).order_by("title").values_list("entry_id", "title")
        self.fields["body"].choices = [("", _("Toda a Prefeitura")), *bodies]  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["language"].initial = source_locale()

    def clean_as_of(self) -> date | None:
        """Today is now, and of tomorrow nobody knows."""
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Escolha um dia que já passou, ou deixe vazio."))
        return None if day == self.today else day


def _today() -> date:
    return timezone.now().astimezone(timezone_of(the_city())).date()


def may_make(user: Any) -> bool:
    """Who has booklets made."""
    return bool(user.has_perm("conecta_services.add_bookletedition"))


def may_keep(user: Any) -> bool:
    """Who keeps editions and the year's table for good."""
    return bool(user.has_perm("conecta_services.change_bookletedition"))


class BookletsView(AdminPage, TemplateView):
    """What there is, for everybody; what may be done, for Comunicação: six queries."""

    template_name = "conecta_services/admin/booklets.html"
    page_title = gettext_lazy("Carta em PDF")
    header_icon = "doc-full-inverse"
    form: AskForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first."""
        user = self.request.user
        rows = list(BookletEdition.objects.select_related("asked_by").order_by("-asked_at", "-pk")[:_SHOWN])
        sizes = _sizes(rows)
        today = _today()
        editions = [
            {
                "row": row,
                "shown": offered(row, sizes.get(row.pk, [])) if row.state == "done" else None,
                "who": get_user_display_name(row.asked_by) if row.asked_by else "",
            }
            for row in rows
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "editions": editions,
            "waiting": any(row.state in ("asked", "making") for row in rows),
            "may_make": may_make(user),
            "may_keep": may_keep(user),
            "year": today.year,
            "year_is_there": any(
                row.kind == "general_table" and row.year == today.year and row.state != "failed" for row in rows
            ),
            "form": (self.form or AskForm(today=today)) if may_make(user) else None,
        }


class MakeView(BookletsView):
    """Have one made."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Asked for; the worker makes it within a minute."""
        if not may_make(request.user):
            return permission_denied(request)  # type: ignore[no-any-return]
        self.form = AskForm(request.POST, today=_today())
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        told = self.form.cleaned_data
        with override(told["language"]):
            ask(
                at=timezone.now(),
                language=told["language"],
                body=told["body"],
                as_of=told["as_of"],
                user=request.user,
            )
        start_without_worker()
        messages.success(request, _("Pedido anotado. O livreto fica pronto em cerca de um minuto."))
        return redirect("conecta_booklets:index")


class _KeepingView(PermissionCheckedMixin, View):
    """For those who keep editions."""

    permission_required = "conecta_services.change_bookletedition"
    http_method_names = ["post"]

    def user_has_permission(self, _permission: str) -> bool:
        """As ``may_keep``."""
        return may_keep(self.request.user)


class KeepView(_KeepingView):
    """Keep an edition for good."""

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """What is kept already stays so."""
        edition = get_object_or_404(BookletEdition, code=code, state="done")
        freeze(edition, user=request.user)
        messages.success(request, _("Esta edição fica guardada para sempre."))
        return redirect("conecta_booklets:index")


class GeneralTableView(_KeepingView):
    """Freeze this year's general table."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """One a year."""
        year = _today().year
        try:
            ask_general_table(at=timezone.now(), year=year, user=request.user)
        except AlreadyThere:
            messages.warning(request, _("O Quadro Geral de %(year)s já existe e não muda mais.") % {"year": year})
        else:
            start_without_worker()
            told = _("Pedido anotado. O Quadro Geral de %(year)s fica pronto em cerca de um minuto.") % {"year": year}
            messages.success(request, told)
        return redirect("conecta_booklets:index")


def _sizes(rows: list[BookletEdition]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    files = EditionFile.objects.filter(edition__in=rows).order_by("-form")
    for pk, form, size in files.values_list("edition_id", "form", "size"):
        found.setdefault(pk, []).append((form, size))
    return found
