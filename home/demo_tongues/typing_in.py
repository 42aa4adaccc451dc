"""One translation, typed in and published as an editor does it, in nobody's name."""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue

from home.demo_tongues.memory import TOOL


def type_in(entry: Any, said: Sequence[Any], translated: Sequence[Any], locale: Locale) -> None:
    """Give an entry's segments their translated strings, and publish. What an editor typed stays as it was typed.

    Raises ``Incomplete`` if the source says by now what was not translated.
    """
    source, _new = TranslationSource.update_or_create_from_instance(entry)
    translation, _new = Translation.objects.get_or_create(source=source, target_locale=locale)
    words = {
        (segment.path, segment.string.data): other.string.data
        for segment, other in zip(said, translated, strict=True)
        if isinstance(segment, StringSegmentValue)
    }
    held = StringTranslation.objects.filter(locale=locale, context__object_id=entry.translation_key)
    own = {(row.context_id, row.translation_of_id): row for row in held}
    for segment in source.stringsegment_set.select_related("context", "string"):
        text = words.get((segment.context.path, segment.string.data))
        row = own.get((segment.context_id, segment.string_id))
        if text is None or (row is not None and (row.tool_name != TOOL or row.data == text)):
            continue
        row = row or StringTranslation(translation_of=segment.string, locale=locale, context=segment.context)
        row.data, row.tool_name = text, TOOL
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        row.save()
        own[segment.context_id, segment.string_id] = row
    translation.save_target(publish=True)
