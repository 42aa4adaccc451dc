"""Choosing several from a list: tick boxes, the ticked ones first, with a filter where the list is long."""

from typing import Any

from django import forms

#: From this many options on, a field to filter them is worth its place.
LONG = 20


class Checklist(forms.CheckboxSelectMultiple):
    """Tick boxes in place of a select that needs the control key."""

    template_name = "conecta_services/admin/checklist.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Also whether the list is long."""
        context = super().get_context(name, value, attrs)
        context["widget"]["long"] = len(context["widget"]["optgroups"]) >= LONG
        return context

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """The options, ticked ones first, otherwise in their order."""
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: not any(option["selected"] for option in group[1]))
