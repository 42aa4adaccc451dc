"""What a translated page says of itself."""

from collections.abc import Mapping
from typing import Any

from django import template

from services.languages import current_locale, source_locale, wire_tag

register = template.Library()


@register.inclusion_tag("conecta_services/parts/translated.html", takes_context=True)
def translated_notice(context: Mapping[str, Any]) -> dict[str, Any]:
    """Of an entry's page in another language: that the original holds, where it is and when somebody reviewed it."""
    record = context["record"]
    if str(record.locale).lower() == source_locale():
        return {}
    neighbours = context.get("neighbours")
    return {
        "translation": str(record.locale).lower() == current_locale(),
        "original": neighbours.in_languages.get(source_locale(), "") if neighbours else "",
        "original_tag": wire_tag(source_locale()),
        "reviewed_on": getattr(record, "reviewed_on", None),
    }
