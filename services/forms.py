"""The forms of entries: drafts save freely; publishing shows the gate's gaps beside their fields."""

from typing import Any

from django.forms import ModelMultipleChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import Locale, Page, TranslatableMixin

from services import completeness
from services.gate import gaps_of


class GatedForm:
    """Shows each required gap as an error of its field, when the form is not a draft's."""

    instance: Any
    fields: dict[str, Any]
    is_deferred_validation: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_source_locale(self.fields)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.is_deferred_validation:
            return
        # Found before any is added: one field may have several.
        wrong = set(self.errors)  # type: ignore[attr-defined]
        for gap in completeness.required(gaps_of(self.instance, parent=getattr(self, "parent_page", None))):
            field = gap.rule.field
            if field not in wrong:
                self.add_error(field if field in self.fields else None, str(gap))  # type: ignore[attr-defined]


def offer_source_locale(fields: dict[str, Any]) -> None:
    """Offer each entry once: a record points to entries, and which language they are read in is the reader's choice."""
    for field in fields.values():
        offered: Any = field.queryset if isinstance(field, ModelMultipleChoiceField) else None
        if offered is not None and issubclass(offered.model, TranslatableMixin):
            field.queryset = offered.filter(locale=Locale.get_default())
            if issubclass(offered.model, Page):
                field.queryset = field.queryset.order_by("title")


class EntryPageForm(GatedForm, WagtailAdminPageForm):
    """A page of the charter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "predecessors" in self.fields:
            # A body cannot come from itself.
            offered: Any = self.fields["predecessors"]
            offered.queryset = offered.queryset.exclude(pk=self.instance.pk)


class EntryForm(GatedForm, WagtailAdminModelForm):
    """A snippet of the charter."""


class LiveAtOnceForm(WagtailAdminModelForm):
    """What goes live as it is saved: a suspension, a visit, an alert."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_source_locale(self.fields)

    def clean(self) -> Any:
        """It cannot end before it starts."""
        data = super().clean()
        for first, last in (("starts", "ends"), ("opens", "closes")):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, _("O fim vem antes do começo."))
        return data
