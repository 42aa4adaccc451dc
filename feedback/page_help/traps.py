"""What tells a program from a person, without asking anybody to solve a puzzle."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback import by_programs


class TrappedForm(forms.Form):
    """A form that knows when it was opened, is sent once, and has a field that nobody sees."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    begun = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    site = forms.CharField(required=False, label=_("Deixe este campo em branco"))

    def is_by_a_program(self) -> bool:
        """Whether it was filled in as no person does."""
        return by_programs.is_by_a_program(self.cleaned_data["site"], self.cleaned_data["begun"])


def fresh(*, version: str) -> dict[str, Any]:
    """What a form that nobody has filled in yet begins with."""
    return {"token": uuid.uuid4(), "begun": by_programs.begun(), "version": version}
