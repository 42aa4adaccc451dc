"""What the API tells of a page: each field is read in the page's record."""

import json
from typing import Any

from rest_framework.fields import Field
from wagtail.api.v2.serializers import PageSerializer, get_serializer_class
from wagtail.models import Page

from conecta_site.wagtail_api.public_pages import read_records
from services.freshness import told_at
from services.models import ENTRY_MODELS


class _Told(Field):
    """A field that is read in the page's record."""

    def get_attribute(self, instance: Any) -> Any:
        """The page; its record is at hand."""
        return instance


class _Column(_Told):
    def __init__(self, name: str) -> None:
        super().__init__(read_only=True)
        self.name = name

    def to_representation(self, page: Any) -> Any:
        """A column of the record's row."""
        return getattr(page.record, self.name)


class _Type(_Told):
    def to_representation(self, page: Any) -> str:
        """The page's model, as Wagtail names it."""
        return str(ENTRY_MODELS[page.record.kind]._meta.label)


class _DetailUrl(_Told):
    def to_representation(self, page: Any) -> str:
        """Where all of it is."""
        return str(self.context["view"].detail_url(page.pk))


class _HtmlUrl(_Told):
    def to_representation(self, page: Any) -> str:
        """The page on our own portal."""
        return str(self.context["request"].build_absolute_uri(page.record.url))


class _Summary(_Told):
    def to_representation(self, page: Any) -> str:
        """What the record says in a sentence or two."""
        return str(json.loads(page.record.body).get("summary", ""))


class _Record(_Told):
    def to_representation(self, page: Any) -> Any:
        """As in ``/api/v1``, with the status of the moment."""
        return json.loads(told_at(page.record.body, self.context["view"].at))


class _Parent(Field):
    def get_attribute(self, instance: Any) -> Any:
        """The page above, if it has a record too."""
        above = self.context["base_queryset"].filter(pk=Page.objects.parent_of(instance).values("pk")[:1])
        found = read_records(above)
        return found[0] if found else None

    def to_representation(self, page: Any) -> Any:
        """Its name and addresses."""
        names = ["id", "type", "detail_url", "html_url", "title"]
        meta = ["type", "detail_url", "html_url"]
        made = get_serializer_class(Page, names, meta_fields=meta, base=RecordSerializer)
        return made(context=self.context).to_representation(page)


class _Nothing(Field):
    def get_attribute(self, instance: Any) -> None:
        """An alias has no record."""


class RecordSerializer(PageSerializer):
    """A page as Wagtail's API writes it."""

    type = _Type(read_only=True)
    detail_url = _DetailUrl(read_only=True)
    html_url = _HtmlUrl(read_only=True)
    title = _Column("title")
    seo_title = _Column("title")
    slug = _Column("slug")
    locale = _Column("locale")
    search_description = _Summary(read_only=True)
    record = _Record(read_only=True)
    parent = _Parent(read_only=True)
    alias_of = _Nothing(read_only=True)
