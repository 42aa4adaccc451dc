"""Pages on which advice is waved away, or shown again, where the panel's script does not run."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.auto_height_text import AdminAutoHeightTextInput

from services.assessment import Assessment, assess, is_assessed
from services.dismissing.acts import dismiss, may_dismiss, restore
from services.form_advice import Advice
from services.newsroom.act_views import ActView


class DismissForm(forms.Form):
    """Why it does not fit."""

    reason = forms.CharField(
        label=_("Por que esta sugestão não serve aqui?"),
        max_length=1000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("Fica no histórico, com o seu nome. Exemplo: é o nome oficial do programa."),
    )


class _OfAdvice(ActView):
    """About one finding in the latest draft of an entry."""

    def may(self, user: Any) -> bool:
        """Whoever may edit it."""
        return is_assessed(type(self.entry)) and may_dismiss(user, self.entry)

    def get_initial(self) -> dict[str, Any]:
        """Nothing is filled in."""
        return {}

    @cached_property
    def found(self) -> Assessment:
        """How the latest draft stands."""
        return assess(self.entry.get_latest_revision_as_object())

    @property
    def advice(self) -> Advice:
        """What this page is about. Raises ``Http404`` if the draft has other words by now."""
        raise NotImplementedError

    @property
    def lead(self) -> Promise | str:  # type: ignore[override]
        """What was advised."""
        return self.advice.text


class DismissView(_OfAdvice):
    """Wave it away."""

    page_title = _("Dispensar a sugestão")
    header_icon = "clipboard-list"
    form_class = DismissForm
    button = _("Dispensar")
    done = _("Sugestão dispensada.")

    @property
    def advice(self) -> Advice:
        """One that is open."""
        return _named(self.found.advice, self.kwargs["finding"])

    def act(self, reason: str, seen: int | None) -> None:
        """With its reason."""
        dismiss(self.entry, self.advice, reason, user=self.request.user, at=timezone.now())


class RestoreView(_OfAdvice):
    """Show it again."""

    page_title = _("Voltar a mostrar a sugestão")
    header_icon = "clipboard-list"
    form_class = forms.Form
    button = _("Voltar a mostrar")
    done = _("A sugestão volta a aparecer.")

    @property
    def advice(self) -> Advice:
        """One that was waved away."""
        return _named([each.advice for each in self.found.dismissed], self.kwargs["finding"])

    def act(self, reason: str, seen: int | None) -> None:
        """Without any reason."""
        restore(self.entry, self.kwargs["finding"], user=self.request.user)


def _named(advice: list[Advice], finding: str) -> Advice:
    for each in advice:
        if each.id == finding:
            return each
    raise Http404
