"""The form on which a reader says whether a page helped, and what is wrong on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import LONGEST_ERROR
from feedback.page_help.sections import Section
from feedback.page_help.traps import TrappedForm
from feedback.written import Written


class PageHelpForm(TrappedForm):
    """One of its two questions is enough."""

    helped = forms.ChoiceField(
        choices=[("yes", _("Sim")), ("no", _("Não"))],
        widget=forms.RadioSelect,
        required=False,
        label=_("Esta página ajudou?"),
    )
    section = forms.ChoiceField(
        widget=forms.RadioSelect,
        required=False,
        label=_("Algo está errado? Em que parte?"),
        help_text=_("Deixe sem marcar se não há nada errado."),
    )
    text = Written(
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_ERROR,
        strip=True,
        label=_("O que está errado? (se quiser contar)"),
        help_text=_("Exemplo: o telefone mudou. Não escreva CPF, telefone nem o nome de outras pessoas."),
    )
    field_order = ("helped", "section", "text")

    def __init__(self, *args: Any, sections: list[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.fields["section"]
        assert isinstance(section, forms.ChoiceField)  # noqa: S101 - for the checker
        section.choices = [(each.key, each.label) for each in sections]

    def clean_text(self) -> str:
        """No database keeps a null character."""
        text: str = self.cleaned_data["text"]
        return text.replace("\x00", "")

    def clean(self) -> dict[str, Any]:
        """Something must be said."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not (said.get("helped") or said.get("section") or said.get("text")):
            raise forms.ValidationError(_("Marque uma resposta, ou diga o que está errado."))
        return said

    def tells_of_an_error(self) -> bool:
        """Whether something is said to be wrong."""
        return bool(self.cleaned_data["section"] or self.cleaned_data["text"])
