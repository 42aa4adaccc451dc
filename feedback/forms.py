"""The form by which a person rates a service: stars alone are enough."""

import time
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from feedback.models import LONGEST_COMMENT, Rating
from feedback.reasons import MOST, STARS, offered

#: Seconds in which nobody reads and fills in a form.
TOO_FAST = 2
_SALT = "conecta.feedback.begun"


class RatingForm(forms.Form):
    """Stars, and what else a person wants to say."""

    stars = forms.TypedChoiceField(
        coerce=int,
        choices=[(stars, word) for stars, word in STARS.items()],
        widget=forms.RadioSelect,
        label=_("Que nota você dá?"),
        error_messages={"required": _("Escolha uma nota."), "invalid_choice": _("Escolha uma das cinco notas.")},
    )
    managed = forms.ChoiceField(
        choices=Rating.Managed.choices,
        widget=forms.RadioSelect,
        required=False,
        label=_("Você conseguiu o que foi fazer?"),
    )
    reasons = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    comment = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_COMMENT,
        strip=True,
        label=_("Quer contar mais?"),
        help_text=_("Não escreva CPF, telefone nem o nome de outras pessoas."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    begun = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    # What a person does not see is filled in by programs alone.
    site = forms.CharField(required=False, label=_("Deixe este campo em branco"))

    def __init__(self, *args: Any, stars: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = self.fields["reasons"]
        assert isinstance(reasons, forms.MultipleChoiceField)  # noqa: S101 - for the checker
        reasons.choices = list(offered(stars).items())
        reasons.label = _("O que foi bom?") if stars >= 4 else _("O que precisa melhorar?")
        reasons.help_text = _("Escolha até %d.") % MOST

    def clean_reasons(self) -> list[str]:
        """Three at most."""
        reasons: list[str] = self.cleaned_data["reasons"]
        if len(reasons) > MOST:
            raise forms.ValidationError(_("Escolha até %d.") % MOST)
        return reasons

    def is_by_a_program(self) -> bool:
        """Whether it was filled in as no person does."""
        if self.cleaned_data["site"]:
            return True
        try:
            begun = float(signing.loads(self.cleaned_data["begun"], salt=_SALT, max_age=24 * 3600))
        except (signing.BadSignature, ValueError):
            return True
        return time.time() - begun < TOO_FAST


def fresh(*, stars: int, version: str) -> dict[str, Any]:
    """What a form that nobody has filled in yet begins with."""
    begun = signing.dumps(str(time.time()), salt=_SALT)
    return {"stars": stars or None, "token": uuid.uuid4(), "begun": begun, "version": version}
