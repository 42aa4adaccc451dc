"""What is translated, and when a translation may go public. With ``letting_out`` it alone knows wagtail-localize."""

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail import hooks
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor, extract_segments

from services.completeness import Gap
from services.correspondence import Chosen, Columns, LinesOf, One, Plain, Stream
from services.languages import source_locale
from services.mapping import FIELDS, locale_of
from services.models import ENTRY_MODELS, Sourced
from services.record import RECORD_TYPES
from services.record.values import Value
from services.rules import Rule
from services.streams import shapes
from services.translating import is_in_a_language

#: Columns of entries that no record has: translating them would change nothing.
_IN_NO_RECORD = frozenset({"show_in_menus", "responsible", "seo_title", "search_description"})


def install() -> None:
    """Derive from the record's types what translators are shown: words, and nothing else."""
    model: Any
    for model in ENTRY_MODELS.values():
        if not issubclass(model, TranslatableMixin):
            continue
        model.override_translatable_fields = [
            SynchronizedField(name, overridable=False) for name in sorted(columns_of_no_language(model))
        ]
        for field in FIELDS[model.kind]:
            if isinstance(field, Stream):
                stream = model._meta.get_field(field.name).stream_block
                _show_words_only(field.value_type, stream.child_blocks[field.block_type])
    hooks.register("conecta_publication_gaps", untranslated)


def columns_of_no_language(model: type[Sourced]) -> Iterator[str]:
    """Names of a model's columns whose value is the same in every language."""
    known = {column.name for column in model._meta.get_fields()}
    yield from known & _IN_NO_RECORD
    record = RECORD_TYPES[model.kind].model_fields
    for field in FIELDS[model.kind]:
        if isinstance(field, Plain | LinesOf):
            yield from (name for name in field.names if not is_in_a_language(record[name]))
        elif isinstance(field, Columns):
            parts = field.value_type.model_fields.items()
            yield from (field.prefix + name for name, part in parts if not is_in_a_language(part))
        elif isinstance(field, One | Chosen):
            yield field.name


def _show_words_only(value_type: type[Value], block: Any) -> None:
    """Hide from translators the parts of a block that are not words."""
    for name, shape in shapes(value_type).items():
        child = block.child_blocks.get(name)
        if child is None:
            continue
        if shape.form == "list" and shape.of.form == "value":
            _show_words_only(shape.of.of, child.child_block)
            child.get_translatable_segments = _words_of_items
        elif shape.form == "value":
            _show_words_only(shape.of, child)
        elif not is_in_a_language(value_type.model_fields[name]):
            child.get_translatable_segments = _no_words


def _words_of_items(items: Any) -> list[Any]:
    """wagtail-localize 1.14.5 passes over lists within a structure within a structure: a service's documents."""
    extractor = StreamFieldSegmentExtractor(None)
    return [
        segment.wrap(item.id)
        for item in items.bound_blocks
        for segment in extractor.handle_block(item.block, item.value)
    ]


def _no_words(_value: Any) -> list[Any]:
    return []


def untranslated(entry: Any) -> list[Gap]:
    """Why a revision of a translation may not go public: words are missing, or not those of its translators.

    wagtail-localize fills what is missing with the source's words, in drafts and when it publishes.
    """
    if not isinstance(entry, TranslatableMixin) or locale_of(entry) == source_locale():
        return []
    # One that was stopped has its strings still, and is held to them.
    translation = (
        Translation.objects.filter(source__object_id=entry.translation_key, target_locale=entry.locale)
        .select_related("source", "target_locale")
        .first()
    )
    if translation is None:
        return [_gap(_("O texto ainda é o original: traduza antes de publicar."))] if _says_the_same(entry) else []
    if missing := strings_missing(translation.source, translation.target_locale):
        return missing
    expected = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    if _words(extract_segments(expected)) != _words(extract_segments(entry)):
        return [_gap(_("Este rascunho é mais velho do que a tradução: publique pela página de tradução."))]
    return []


def strings_missing(source: TranslationSource, locale: Locale) -> list[Gap]:
    """How many of a source's strings nobody has translated, and in which fields; none if all are."""
    segments = source.stringsegment_set.annotate_translation(locale)
    missing = list(segments.filter(translation__isnull=True).order_by("order").values_list("context__path", flat=True))
    if not missing:
        return []
    sentence = ngettext(
        "Falta traduzir %(number)d texto: %(where)s.", "Falta traduzir %(number)d textos: %(where)s.", len(missing)
    )
    model = source.specific_content_type.model_class()
    return [_gap(sentence % {"number": len(missing), "where": _fields_of(model, missing)})]


def says_more_than(source: TranslationSource) -> bool:
    """Whether an entry says something else now than its translators were given."""
    return _words(extract_segments(source.get_source_instance())) != _words(extract_segments(source.as_instance()))


def _fields_of(model: Any, paths: Iterable[str]) -> str:
    """The fields in which these strings stand, as the form calls them."""
    names = dict.fromkeys(path.partition(".")[0] for path in paths)
    return ", ".join(str(model._meta.get_field(name).verbose_name) for name in names)


def _says_the_same(entry: Any) -> bool:
    """Whether a translation that is edited by hand still says what its source says."""
    source = entry.get_translation_or_none(Locale.get_default())
    texts = [name for name in ("title", "summary", "intro") if hasattr(entry, name)]
    return source is not None and all(getattr(entry, name) == getattr(source, name) for name in texts)


def _words(segments: Iterable[Any]) -> list[tuple[str, str]]:
    """The words of a page by their place; its address apart, which Wagtail may have changed to a free one."""
    return [
        (segment.path, segment.string.data)
        for segment in segments
        if isinstance(segment, StringSegmentValue) and segment.path != "slug"
    ]


def approved(page: Page, *, language: str) -> Page:
    """The page as it was approved in a language: a translation's row may hold drafts and the source's words.

    Without approved words the page comes back with none; Wagtail gives out the source's below ``/es/`` then.
    """
    if language == page.locale.language_code == source_locale():
        return page
    revision = page.live_revision
    own = page.alias_of_id is None and revision is not None and revision.object_id == str(page.pk)
    if own and language == page.locale.language_code:
        found: Page = revision.as_object()
        return found
    silent = copy(page)
    for field in get_translatable_fields(type(page)):
        if field.is_translated(page) and field.field_name != "slug":
            setattr(silent, field.field_name, "")
    return silent


def first_pages(page: Page) -> dict[str, str]:
    """Paths of the first page in every language in which somebody approved it: one query."""
    own = page.get_translations(inclusive=True).live().filter(alias_of=None)
    paths = {}
    for language in own.values_list("locale__language_code", flat=True):
        with override(language):
            paths[language] = reverse("wagtail_serve", args=[""])
    return paths


def _gap(sentence: str) -> Gap:
    return Gap(Rule("translation", "", "", sentence, "required", lambda _record: True))
