"""Where in an editor's form a part of a page is: its tab, and the path by which a note stands beside its field."""

from typing import Any

from wagtail.admin.panels import TabbedInterface, get_edit_handler
from wagtail.fields import StreamField


def tab_of(model: Any, field: str) -> str:
    """The anchor that opens the field's tab; ``""`` if the form has no tabs or no such field."""
    # The form of what is no page is its viewset's.
    viewset = getattr(model, "snippet_viewset", None)
    form = viewset.get_edit_handler() if viewset is not None else get_edit_handler(model)
    if not isinstance(form, TabbedInterface):
        return ""
    for tab in form.children:
        options = tab.get_form_options()
        if field in options.get("fields", ()) or field in options.get("formsets", {}):
            return f"#tab-{tab.clean_name}"
    return ""


def note_path(draft: Any, field: str) -> str:
    """A field of a draft; of a field made of blocks the first one's title, for Wagtail has no note on all of them."""
    if isinstance(draft._meta.get_field(field), StreamField):
        first = next(iter(getattr(draft, field)), None)
        return f"{field}.{first.id}.title" if first is not None and "title" in first.value else "title"
    return field
