"""The forms of entries: drafts save freely; publishing shows the gate's gaps beside their fields."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from services import completeness
from services.mapping import own_record


class GatedForm:
    """Shows each required gap as an error of its field, when the form is not a draft's."""

    instance: Any
    fields: dict[str, Any]
    is_deferred_validation: bool

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.is_deferred_validation:
            return
        for gap in completeness.gaps(own_record(self.instance)):
            field = gap.rule.field
            known = field in self.fields and field not in self.errors  # type: ignore[attr-defined]
            if gap.rule.severity == "required" and field not in self.errors:  # type: ignore[attr-defined]
                self.add_error(field if known else None, str(gap))  # type: ignore[attr-defined]


class EntryPageForm(GatedForm, WagtailAdminPageForm):
    """A page of the charter."""


class EntryForm(GatedForm, WagtailAdminModelForm):
    """A snippet of the charter."""
