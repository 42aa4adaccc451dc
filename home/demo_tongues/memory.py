"""The translators' memory of many entries at once: what wagtail-localize notes when somebody types a translation.

Its own way asks the database four times a string. Here an entry leaves what submitting, typing and publishing
leave there, so that an editor may go on with it.
"""

import json
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue

#: By it the demonstration's words are told from an editor's.
TOOL = "demo"

Place = tuple[UUID, str]


@dataclass(frozen=True)
class Typed:
    """An entry, its segments in the source's words, and in the words of each locale."""

    entry: Any
    said: Sequence[Any]
    translated: MutableMapping[int, Sequence[Any]]


def remember(typed: Sequence[Typed], *, at: datetime) -> None:
    """Note the sources, their strings and the translations of entries of one model. Inside a transaction."""
    if not typed:
        return
    sources = _sources([item.entry for item in typed], at=at)
    every = [segment for item in typed for segment in item.said]
    strings = _strings(every, typed[0].entry.locale)
    templates = _templates(every)
    contexts = _contexts(typed)
    rows: dict[Any, list[Any]] = {StringSegment: [], TemplateSegment: [], OverridableSegment: [], StringTranslation: []}
    for item in typed:
        key = item.entry.translation_key
        for segment in item.said:
            place: dict[str, Any] = {
                "source": sources[key],
                "context_id": contexts[key, segment.path],
                "order": segment.order,
            }
            if isinstance(segment, StringSegmentValue):
                attrs = json.dumps(segment.attrs, cls=DjangoJSONEncoder)
                row: Any = StringSegment(**place, string_id=strings[segment.string.data], attrs=attrs)
            elif isinstance(segment, TemplateSegmentValue):
                row = TemplateSegment(**place, template_id=templates[_hash_of(segment)])
            elif isinstance(segment, OverridableSegmentValue):
                row = OverridableSegment(**place, data_json=json.dumps(segment.data, cls=DjangoJSONEncoder))
            else:
                raise TypeError(segment)
            rows[type(row)].append(row)
        rows[StringTranslation] += _translations(item, strings, contexts)
    for model, new in rows.items():
        # One string may stand twice in one place.
        model.objects.bulk_create(new, ignore_conflicts=model is StringTranslation)
    Translation.objects.bulk_create(
        [
            Translation(source=sources[item.entry.translation_key], target_locale_id=locale)
            for item in typed
            for locale in item.translated
        ],
        ignore_conflicts=True,
    )


def forget(keys: Iterable[UUID]) -> None:
    """Take away all that was noted of entries with these keys, and the words that nothing else says."""
    StringTranslation.objects.filter(tool_name=TOOL).delete()
    TranslatableObject.objects.filter(translation_key__in=list(keys)).delete()
    String.objects.filter(segments=None, translations=None).delete()
    Template.objects.filter(segments=None).delete()


def _translations(item: Typed, strings: Mapping[str, int], contexts: Mapping[Place, int]) -> Iterable[Any]:
    for locale, segments in item.translated.items():
        for source, said in zip(item.said, segments, strict=True):
            if isinstance(source, StringSegmentValue):
                yield StringTranslation(
                    translation_of_id=strings[source.string.data],
                    locale_id=locale,
                    context_id=contexts[item.entry.translation_key, source.path],
                    data=said.string.data,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    tool_name=TOOL,
                )


def _sources(entries: Sequence[Any], *, at: datetime) -> dict[UUID, TranslationSource]:
    model = type(entries[0])
    content_type = ContentType.objects.get_for_model(model)
    translated = ContentType.objects.get_for_model(entries[0].get_translation_model())
    TranslatableObject.objects.bulk_create(
        [TranslatableObject(translation_key=entry.translation_key, content_type=translated) for entry in entries],
        ignore_conflicts=True,
    )
    version = get_schema_version(model._meta.app_label)
    TranslationSource.objects.bulk_create(
        [
            TranslationSource(
                object_id=entry.translation_key,
                specific_content_type=content_type,
                locale=entry.locale,
                object_repr=str(entry)[:200],
                content_json=entry.to_json(),
                schema_version=version,
                last_updated_at=at,
            )
            for entry in entries
        ]
    )
    keys = [entry.translation_key for entry in entries]
    return {source.object_id: source for source in TranslationSource.objects.filter(object_id__in=keys)}


def _strings(segments: Iterable[Any], locale: Locale) -> dict[str, int]:
    texts = {segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)}
    hashes = {String._get_data_hash(text): text for text in sorted(texts)}
    String.objects.bulk_create(
        [String(locale=locale, data_hash=found, data=text) for found, text in hashes.items()], ignore_conflicts=True
    )
    rows = String.objects.filter(locale=locale, data_hash__in=list(hashes)).values_list("data_hash", "pk")
    return {hashes[found]: pk for found, pk in rows}


def _templates(segments: Iterable[Any]) -> dict[UUID, int]:
    templates = {_hash_of(segment): segment for segment in segments if isinstance(segment, TemplateSegmentValue)}
    Template.objects.bulk_create(
        [
            Template(uuid=found, template=item.template, template_format=item.format, string_count=item.string_count)
            for found, item in templates.items()
        ],
        ignore_conflicts=True,
    )
    return dict(Template.objects.filter(uuid__in=list(templates)).values_list("uuid", "pk"))


def _hash_of(segment: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, segment.format), segment.template)


def _contexts(typed: Sequence[Typed]) -> dict[Place, int]:
    places = {(item.entry.translation_key, segment.path) for item in typed for segment in item.said}
    TranslationContext.objects.bulk_create(
        [
            TranslationContext(object_id=key, path=path, path_id=TranslationContext._get_path_id(path))
            for key, path in sorted(places)
        ],
        ignore_conflicts=True,
    )
    held = Q(object_id__in=[item.entry.translation_key for item in typed])
    rows = TranslationContext.objects.filter(held).values_list("object_id", "path", "pk")
    return {(key, path): pk for key, path, pk in rows}
