"""What tells a program from a person, without asking anybody to solve a puzzle."""

import time
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from feedback.forms import TOO_FAST

_SALT = "conecta.feedback.page-help"
_OLDEST = 24 * 3600


class TrappedForm(forms.Form):
    """A form that knows when it was opened, is sent once, and has a field that nobody sees."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    begun = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    site = forms.CharField(required=False, label=_("Deixe este campo em branco"))

    def is_by_a_program(self) -> bool:
        """Whether it was filled in as no person does."""
        if self.cleaned_data["site"]:
            return True
        try:
            begun = float(signing.loads(self.cleaned_data["begun"], salt=_SALT, max_age=_OLDEST))
        except (signing.BadSignature, ValueError):
            return True
        return time.time() - begun < TOO_FAST


def fresh(*, version: str) -> dict[str, Any]:
    """What a form that nobody has filled in yet begins with."""
    return {"token": uuid.uuid4(), "begun": signing.dumps(str(time.time()), salt=_SALT), "version": version}
