"""``/api/v2/images`` and ``/api/v2/documents``: what the public pages show, and nothing else that was uploaded."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.functional import cached_property
from rest_framework.fields import Field
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.filters import FieldsFilter, OrderingFilter
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.serializers import ImageSerializer
from wagtail.images.api.v2.views import ImagesAPIViewSet

from conecta_site.wagtail_api import public_files
from conecta_site.wagtail_api.endpoint import ReadOnly


class _Whole(Field):
    def get_attribute(self, instance: Any) -> Any:
        """The file."""
        return instance


class _DetailUrl(_Whole):
    def to_representation(self, file: Any) -> str:
        """Where all of it is."""
        return str(self.context["view"].detail_url(file.pk))


class _Tags(_Whole):
    def to_representation(self, file: Any) -> list[str]:
        """Read with the list."""
        return sorted(tagged.tag.name for tagged in file.tagged_items.all())


class _ImageUrl(_Whole):
    def to_representation(self, image: Any) -> str:
        """As Wagtail tells it: below the address of the media."""
        return str(image.file.url)


class _DocumentUrl(_Whole):
    def to_representation(self, document: Any) -> str:
        """Whole, as Wagtail tells it."""
        return str(self.context["request"].build_absolute_uri(document.url))


class _Image(ImageSerializer):
    detail_url = _DetailUrl(read_only=True)
    tags = _Tags(read_only=True)
    download_url = _ImageUrl(read_only=True)


class _Document(DocumentSerializer):
    detail_url = _DetailUrl(read_only=True)
    tags = _Tags(read_only=True)
    download_url = _DocumentUrl(read_only=True)


class _TitleSearch(BaseFilterBackend):
    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """All of the words in the title."""
        for word in request.GET.get("search", "").split():
            queryset = queryset.filter(title__icontains=word)
        return queryset


class _Files(ReadOnly):
    filter_backends: ClassVar[list[Any]] = [FieldsFilter, OrderingFilter, _TitleSearch]
    columns: ClassVar[list[str]]

    @classmethod
    def get_available_fields(cls, model: Any, db_fields_only: bool = False) -> list[str]:
        """What may be asked for; of the database, what lists may be narrowed by."""
        return cls.columns if db_fields_only else list(super().get_available_fields(model))  # type: ignore[misc]

    @cached_property
    def public(self) -> frozenset[int]:
        """Numbers of those that are public."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        """In no collection that asks visitors for something, and shown by a public page."""
        # Wagtail asks who the visitor is, and this API knows none: what asks for something is closed to all.
        found = self.model.objects.order_by("id").exclude(collection__in=public_files.closed_collections())
        return found.filter(pk__in=self.public).prefetch_related("tagged_items__tag")


class Images(_Files, ImagesAPIViewSet):
    """The city's own pictures: no record has any."""

    base_serializer_class = _Image
    columns: ClassVar[list[str]] = ["id", "title", "width", "height"]

    @cached_property
    def public(self) -> frozenset[int]:
        """Those on the portal's pages now."""
        return public_files.images(timezone.now())


class Documents(_Files, DocumentsAPIViewSet):
    """The files of forms, and what texts lead to."""

    base_serializer_class = _Document
    columns: ClassVar[list[str]] = ["id", "title"]

    @cached_property
    def public(self) -> frozenset[int]:
        """Those that a public record leads to."""
        return public_files.documents()
