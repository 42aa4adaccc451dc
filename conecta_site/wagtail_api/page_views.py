"""``/api/v2/pages``: the pages that have a public record; title, address and ``record`` are the record's."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.api.v2.filters import AncestorOfFilter, ChildOfFilter, DescendantOfFilter, TranslationOfFilter
from wagtail.api.v2.utils import BadRequestError, page_models_from_string
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page, Site

from conecta_site.wagtail_api.endpoint import ReadOnly
from conecta_site.wagtail_api.page_fields import RecordSerializer
from conecta_site.wagtail_api.page_filters import FILTERED, FieldsOfRecords, LanguageFilter, OrderOfRecords
from conecta_site.wagtail_api.public_pages import kinds_of, read_records, with_record
from conecta_site.wagtail_api.ranking import RankingFilter
from services.record import Kind

#: Django's ``reverse`` leaves these as they are.
_AS_IN_ADDRESSES = "!$&'()*+,;=~:@"


class Pages(ReadOnly, PagesAPIViewSet):
    """Pages by their record. Drafts, home pages and whatever else has no record are not there."""

    base_serializer_class = RecordSerializer
    filter_backends: ClassVar[list[Any]] = [
        FieldsOfRecords,
        ChildOfFilter,
        AncestorOfFilter,
        DescendantOfFilter,
        OrderOfRecords,
        TranslationOfFilter,
        LanguageFilter,
        RankingFilter,
    ]
    body_fields: ClassVar[list[str]] = [*PagesAPIViewSet.body_fields, "record"]

    @classmethod
    def get_available_fields(cls, model: Any, db_fields_only: bool = False) -> list[str]:
        """What may be asked for; of the database, what lists may be narrowed by."""
        return list(FILTERED) if db_fields_only else list(super().get_available_fields(model))

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kinds of record that ``type`` leaves."""
        asked = self.request.GET.get("type")
        try:
            return kinds_of(page_models_from_string(asked) if asked else [Page])
        except (LookupError, ValueError) as error:
            raise BadRequestError("type doesn't exist") from error

    @cached_property
    def at(self) -> datetime:
        """The moment of which the answer tells."""
        return timezone.now()

    @cached_property
    def _public(self) -> Any:
        """What is behind a restriction has no record. The charter is one, as in our own API, unless a site is named."""
        return super().get_base_queryset() if "site" in self.request.GET else Page.objects.live()

    def get_base_queryset(self) -> Any:
        """Every page that somebody may name: where ``child_of`` and the like begin."""
        return with_record(self._public, kinds_of([Page]))

    def get_queryset(self) -> Any:
        """Those of the asked types."""
        return with_record(self._public, self.kinds)

    def get_root_page(self) -> Page:
        """The site's first page, which has no record, but everybody knows it."""
        site = Site.find_for_request(self.request)
        if site is None:
            raise BadRequestError("no site")
        return site.root_page

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """With their records, in one query."""
        return read_records(super().paginate_queryset(queryset))

    def get_object(self) -> Any:
        """One page with its record: no filter holds for it."""
        page = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        if not read_records([page]):
            raise Http404
        return page

    def find_object(self, queryset: Any, request: Any) -> Any:
        """By ``id``, or by the path of its page on the portal."""
        path = request.GET.get("html_path")
        if path is not None:
            parts = [quote(unquote(part), safe=_AS_IN_ADDRESSES) for part in path.split("/") if part]
            place = "/".join(["", *parts, ""])
            return queryset.filter(record_url=place).first()
        return super().find_object(queryset, request)
