"""How Wagtail's own screen of comparison shows fields that it would show in a programmer's words."""

import re
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import (
    FieldComparison,
    RichTextFieldComparison,
    TextDiff,
    diff_text,
    register_comparison_class,
)
from wagtail.fields import RichTextField

from services.comparing.streams import Difference, compare_streams
from services.correspondence import raw_stream
from services.models.fields import StreamField


class StreamComparison(FieldComparison):
    """A stream: only what is different, each with where it is."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        before, after = raw_stream(obj_a, field.name), raw_stream(obj_b, field.name)
        self.differences = compare_streams(field.stream_block, before, after)

    def has_changed(self) -> bool:
        """Whether anything is to be told."""
        return bool(self.differences)

    def htmldiff(self) -> SafeString:
        """A list of places, with words added and removed."""
        rows = ((_place(found), _told(found)) for found in self.differences)
        return format_html('<dl class="conecta-compared">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


def _place(found: Difference) -> SafeString:
    return format_html_join(format_html(" {} ", "›"), "{}", ((part,) for part in found.path))


def _told(found: Difference) -> Any:
    if found.what == "moved":
        return _("Mudou de lugar.")
    if found.what == "added":
        return format_html("<strong>{}</strong> {}", _("Novo:"), TextDiff([("addition", found.after)]).to_html())
    if found.what == "removed":
        return format_html("<strong>{}</strong> {}", _("Retirado:"), TextDiff([("deletion", found.before)]).to_html())
    return diff_text(found.before, found.after).to_html()


class WordsComparison(RichTextFieldComparison):
    """Rich text: what the editor writes for nothing, and the keys that it gives paragraphs, are no change."""

    def has_changed(self) -> bool:
        """Whether words, marks or links are others."""
        return _written(self.val_a) != _written(self.val_b)


def _written(html: str | None) -> str:
    found = re.sub(r'\sdata-block-key="[^"]*"', "", html or "")
    return "" if found == "<p></p>" else found


class SpokenComparison(FieldComparison):
    """Yes, no and days as people write them."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a: str = _spoken(field.value_from_object(obj_a))
        self.val_b: str = _spoken(field.value_from_object(obj_b))


def _spoken(value: Any) -> str:
    if isinstance(value, bool):
        return _("Sim") if value else _("Não")
    return "" if value is None else str(localize(value))


def install() -> None:
    """Have Wagtail compare by these."""
    register_comparison_class(RichTextField, comparison_class=WordsComparison)
    register_comparison_class(StreamField, comparison_class=StreamComparison)
    for field in (models.BooleanField, models.DateField, models.DateTimeField):
        register_comparison_class(field, comparison_class=SpokenComparison)
