"""The form that takes a table: what it would change is looked at before anything is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from services.interchange.planilha.tables import MOST_BYTES


class TableForm(forms.Form):
    """One file; ``accept`` are the suffixes that a browser offers, with commas between."""

    file = forms.FileField()

    def __init__(self, *data: Any, label: str, help_text: str, accept: str) -> None:
        super().__init__(*data)
        field = self.fields["file"]
        field.label, field.help_text = label, help_text
        field.widget.attrs["accept"] = accept

    def clean_file(self) -> Any:
        """Not too large to be read at all."""
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(_("O arquivo é grande demais: o limite é de 5 MB. Divida-o em dois."))
        return found
