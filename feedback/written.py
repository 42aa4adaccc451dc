"""A field for what a person writes, counted as their form counts it."""

from typing import Any

from django import forms


class Written(forms.CharField):
    """A new line is one letter where it is typed, and two on the way: who keeps to the limit is not told otherwise."""

    def to_python(self, value: Any) -> str:
        """The text, with its lines as they were typed."""
        return str(super().to_python(value)).replace("\r\n", "\n")
