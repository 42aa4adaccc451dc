"""Where a list goes on: the whole address of its next page."""

from urllib.parse import urlencode

from django.http import HttpRequest


def next_page(request: HttpRequest, *, page: int, size: int, total: int) -> str | None:
    """The same question, one page on; ``None`` behind the last."""
    return with_parameter(request, "page", str(page + 1)) if page * size < total else None


def behind(request: HttpRequest, cursor: str) -> str:
    """The same question behind a cursor, which counts no pages."""
    return with_parameter(request, "cursor", cursor, without="page")


def with_parameter(request: HttpRequest, name: str, value: str, *, without: str = "") -> str:
    """The address that was asked for, with another value of a parameter."""
    # A copy of the whole query would copy each letter of it: a twentieth of what a search takes.
    parameters = {**dict(request.GET.lists()), name: [value]}
    parameters.pop(without, None)
    return request.build_absolute_uri(f"{request.path}?{urlencode(parameters, doseq=True)}")
