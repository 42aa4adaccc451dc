"""What lists of pages are narrowed and ordered by: what their records say."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.filters import OrderingFilter
from wagtail.api.v2.utils import BadRequestError

from services.languages import locale_of

#: Name → where that is. Nothing else of a page's row is asked.
_COLUMNS = {
    "id": "pk",
    "title": "record_title",
    "slug": "record_slug",
    "first_published_at": "first_published_at",
    "show_in_menus": "show_in_menus",
}
FILTERED = ("id", "title", "slug", "show_in_menus")


class FieldsOfRecords(BaseFilterBackend):
    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """By what the record says."""
        for name in FILTERED:
            if name in request.GET:
                queryset = queryset.filter(**{_COLUMNS[name]: _value(name, request.GET[name])})
        return queryset


def _value(name: str, text: str) -> Any:
    if name == "id":
        try:
            return int(text)
        except ValueError as error:
            raise BadRequestError(f"field filter error. '{text}' is not a valid value for id") from error
    if name == "show_in_menus":
        known = {"true": True, "1": True, "false": False, "0": False}
        if text.lower() not in known:
            raise BadRequestError(f"field filter error. '{text}' is not a valid value for show_in_menus")
        return known[text.lower()]
    return text


class OrderOfRecords(OrderingFilter):
    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """By what the record says; ``id`` settles what is equal."""
        asked = request.GET.get("order")
        if not asked:
            return queryset.order_by("pk")
        names = asked.split(",")
        if "random" in names:
            return super().filter_queryset(request, queryset, view)
        unknown = [name for name in names if name.removeprefix("-") not in _COLUMNS]
        if unknown:
            raise BadRequestError(f"cannot order by '{unknown[0]}' (unknown field)")
        columns = [("-" if name.startswith("-") else "") + _COLUMNS[name.removeprefix("-")] for name in names]
        return queryset.order_by(*columns, "pk")


class LanguageFilter(BaseFilterBackend):
    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """A language of the site, in any case; another one is not there, as in Wagtail."""
        if "locale" not in request.GET:
            return queryset
        locale = locale_of(request.GET["locale"])
        if locale is None:
            raise Http404(_("Este site não publica neste idioma."))
        return queryset.filter(locale__language_code=locale)
