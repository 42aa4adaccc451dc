"""The form by which a person answers a consultation."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.forms import RatingForm
from feedback.models import LONGEST_ANSWER, ConsultationAnswer
from feedback.written import Written


class AnswerForm(forms.Form):
    """A choice, words, or both; with the same guards as a rating's form."""

    option = forms.ChoiceField(
        choices=ConsultationAnswer.Option.choices, widget=forms.RadioSelect, required=False, label=_("A sua resposta")
    )
    text = Written(
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=LONGEST_ANSWER,
        label=_("Com as suas palavras"),
        help_text=_("Até 2.000 letras. Não escreva CPF, telefone nem o nome de outras pessoas."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    begun = forms.CharField(widget=forms.HiddenInput, required=False)
    # What a person does not see is filled in by programs alone.
    site = forms.CharField(required=False, label=_("Deixe este campo em branco"))

    def __init__(self, *args: Any, takes_options: bool, takes_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_options:
            del self.fields["option"]
        if not takes_text:
            del self.fields["text"]

    def clean(self) -> dict[str, Any]:
        """Something is said."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said.get("option") and not said.get("text"):
            first = "option" if "option" in self.fields else "text"
            self.add_error(first, _("Escolha ou escreva a sua resposta."))
        return said

    def is_by_a_program(self) -> bool:
        """Whether it was filled in as no person does: by a rating's own rule."""
        return RatingForm.is_by_a_program(cast("RatingForm", self))
