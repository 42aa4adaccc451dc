"""The form that takes a table: what it would change is looked at before anything is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class TableForm(forms.Form):
    """One file of so many megabytes; ``accept`` are the suffixes that a browser offers, with commas between."""

    file = forms.FileField()

    def __init__(self, *data: Any, label: str, help_text: str, accept: str, megabytes: int) -> None:
        super().__init__(*data)
        self._megabytes = megabytes
        field = self.fields["file"]
        field.label, field.help_text = label, help_text % megabytes
        field.widget.attrs["accept"] = accept

    def clean_file(self) -> Any:
        """Not too large to be read at all."""
        found = self.cleaned_data["file"]
        if found.size > self._megabytes * 1_000_000:
            said = _("O arquivo é grande demais: o limite é de %d MB. Divida-o em dois.")
            raise forms.ValidationError(said % self._megabytes)
        return found
