"""The one field of each screen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """Six digits, which telephones offer to fill in."""

    code = forms.CharField(label=_("Código de 6 números"), max_length=12, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class ShowForm(CodeForm):
    """The same, alone on its screen: where it is linked, what to do stands above it and is read first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = ""


class RecoveryForm(forms.Form):
    """One of the codes on paper."""

    code = forms.CharField(label=_("Código de recuperação"), max_length=40, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none", "autofocus": ""}
