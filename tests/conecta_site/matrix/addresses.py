"""Every address that the URL resolver knows, and one that can be asked for of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize
from django.views.generic.edit import DeletionMixin, ProcessFormView

#: Of a class-based view these are asked for too, where it has them of its own.
METHODS = ("put", "delete")
#: Django's own, which do what POST does.
_LIKE_POST = (ProcessFormView.put, DeletionMixin.delete)


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver: ``route`` as people read it, ``name`` as ``reverse`` knows it (may be empty)."""

    route: str
    name: str
    view: Callable[..., Any]
    form: str
    params: tuple[str, ...]

    @property
    def methods(self) -> tuple[str, ...]:
        """What it is asked with."""
        owner = getattr(self.view, "view_class", None) or getattr(self.view, "cls", None)
        own = [method for method in METHODS if getattr(owner, method, None) not in (None, *_LIKE_POST)]
        return ("get", "post", *own)

    def inherits(self, method: str) -> bool:
        """Whether its view has a method that it did not ask for: Django's generic views bring it along."""
        owner = getattr(self.view, "view_class", None)
        return getattr(owner, method, None) in _LIKE_POST

    def path(self, values: Mapping[tuple[str, str], object]) -> str:
        """The address with its parameters filled in; raises ``KeyError`` for one that has no value.

        ``values`` are looked up by a pattern of names and a parameter, the first that fits.
        """
        filled = {}
        for param in self.params:
            found = [value for (names, known), value in values.items() if known == param and self.is_one_of(names)]
            if not found:
                raise KeyError(f"{self.name or self.route}: {param}")
            filled[param] = found[0]
        return "/" + self.form % filled

    def asked(self, values: Mapping[tuple[str, str], object], queries: Mapping[str, str]) -> str:
        """The same, with what has to be asked for beside it."""
        query = next((query for names, query in queries.items() if self.is_one_of(names)), "")
        return self.path(values) + (f"?{query}" if query else "")

    def is_one_of(self, pattern: str) -> bool:
        """Whether its name, or its route where it has none, is of a pattern as of file names."""
        return fnmatchcase(self.name or self.route, pattern)


def addresses() -> list[Address]:
    """All of them, in the order of the resolver, each route and name once."""
    return list({(each.route, each.name): each for each in _walked(get_resolver(), "", "", "")}.values())


def _walked(resolver: URLResolver, route: str, regex: str, space: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        text = str(getattr(pattern.pattern, "_route", None) or pattern.pattern).strip("^")
        here, raw = route + text, regex + _bare(pattern)
        if isinstance(pattern, URLPattern):
            form, params = normalize(raw)[0]
            name = f"{space}:{pattern.name}" if space and pattern.name else pattern.name or ""
            yield Address(here, name, pattern.callback, form, tuple(params))
        else:
            inner = ":".join(part for part in (space, pattern.namespace) if part)
            yield from _walked(pattern, here, raw, inner)


def _bare(pattern: URLPattern | URLResolver) -> str:
    raw = str(pattern.pattern.regex.pattern).removeprefix("^")
    return raw.removesuffix(r"\Z").removesuffix("$")
