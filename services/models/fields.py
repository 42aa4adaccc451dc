"""Fields of our own: lists of lines, lists of choices, and streams whose blocks stay out of migrations."""

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField as WagtailStreamField

from services.models.stream_references import Reference, stream_references


class LinesField(models.TextField):  # type: ignore[type-arg]
    """A list of short texts, one a line: as easy to type and to paste as a list on paper."""

    def formfield(self, **kwargs: Any) -> Any:
        """A small text area."""
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 4}), **kwargs})


def lines(value: str) -> list[str]:
    """The lines of a ``LinesField``'s value."""
    return [line for line in value.split("\n") if line.strip()]


class ChoiceListField(models.TextField):  # type: ignore[type-arg]
    """Some of a few known words, one a line, ticked in the form."""

    def __init__(self, *args: Any, options: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.options = options
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Tick boxes."""
        return ChoiceListFormField(
            choices=self.options,
            required=not self.blank,
            label=self.verbose_name,
            help_text=kwargs.get("help_text", self.help_text),
            initial=lines(self.get_default() or ""),
        )


class ChoiceListFormField(forms.MultipleChoiceField):
    """Tick boxes whose value is text of one chosen word a line."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """The ticked words."""
        return lines(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """The ticked words as text."""
        return "\n".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other words are ticked than before."""
        return super().has_changed(self.prepare_value(initial) or [], data)


class StreamField(WagtailStreamField):
    """Wagtail's StreamField without its block definitions in migrations.

    A historical model therefore has no blocks: it hands the stored JSON through as plain
    lists and dicts, so that a data migration reads and writes what is there.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        self._blockless = not block_types
        super().__init__(block_types, **kwargs)

    @functools.cached_property
    def json_field(self) -> Any:
        """The field that knows how the database keeps JSON; Wagtail makes a new one for each value."""
        return super().json_field

    def deconstruct(self) -> Any:
        """As a plain field."""
        name, path, _args, kwargs = models.Field.deconstruct(self)
        return name, path, [], kwargs

    def to_python(self, value: Any) -> Any:
        """A stream, or the stored JSON itself on a historical model."""
        if not self._blockless:
            return super().to_python(value)
        if isinstance(value, str):
            return json.loads(value) if value else []
        return [] if value is None else value

    def get_prep_value(self, value: Any) -> Any:
        """JSON values."""
        return (value or []) if self._blockless else super().get_prep_value(value)

    def get_default(self) -> Any:
        """An empty stream."""
        return [] if self._blockless else super().get_default()

    def extract_references(self, value: Any) -> Iterator[Reference]:
        """What the stream refers to, from its JSON."""
        yield from stream_references(self.stream_block, value.get_prep_value())

    def check(self, **kwargs: Any) -> Any:
        """Without blocks there is nothing to check."""
        return [] if self._blockless else super().check(**kwargs)


def validate_url(value: str) -> None:
    """An http(s) address, or a path of this site. Foreign charters hold stranger things: only forms ask this."""
    if value and not value.startswith(("https://", "http://", "/")):
        raise ValidationError(_("Escreva o endereço completo, começando por https://."))


def joined(values: Iterable[str]) -> str:
    """A ``LinesField``'s value."""
    return "\n".join(values)
