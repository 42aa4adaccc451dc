"""Wagtail's pages of a list; one that begins behind the end is empty, however far behind."""

from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

MOST = 20


class Pagination(BasePagination):
    """``limit`` and ``offset``."""

    total = 0

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """Raises ``BadRequestError``."""
        offset = _number(request, "offset", 0)
        limit = _number(request, "limit", MOST)
        if limit > MOST:
            raise BadRequestError(f"limit cannot be higher than {MOST}")
        self.total = queryset.count()
        return list(queryset[offset : offset + limit]) if limit and offset < self.total else []

    def get_paginated_response(self, data: Any) -> Response:
        """As Wagtail writes it."""
        return Response({"meta": {"total_count": self.total}, "items": data})


def _number(request: Any, name: str, default: int) -> int:
    try:
        number = int(request.GET.get(name, default))
    except ValueError:
        number = -1
    if number < 0:
        raise BadRequestError(f"{name} must be a positive integer")
    return number
