"""What a reader has chosen among the facets, and the addresses that change it: plain links and a form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from search.facets import BY_NAME, FACETS, Facet, choices, label_of
from services.record.identity import is_id

#: Longer lists wait until they are opened, but for the first.
_SHORT = 4
_MOST_CHOSEN = 50
#: Parameters that hold for what was asked, not for how it is narrowed.
_KEPT = ("q", "sort", "exact")


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be ticked, and how many results there would be with it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet with its options; ``open`` if it should be seen at once."""

    name: str
    label: str | Promise
    options: Sequence[Option]
    open: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value that was chosen, and the address without it."""

    label: str
    facet: str | Promise
    address: str


def chosen_in(parameters: QueryDict) -> dict[str, list[str]]:
    """The values that an address chooses; what it should not hold is left out."""
    found = {facet.name: parameters.getlist(facet.name)[:_MOST_CHOSEN] for facet in FACETS}
    allowed = {
        name: list(dict.fromkeys(value for value in values if _may_hold(BY_NAME[name], value)))
        for name, values in found.items()
    }
    return {name: values for name, values in allowed.items() if values}


def groups(
    counted: Mapping[str, Mapping[str, int]],
    chosen: Mapping[str, Sequence[str]],
    *,
    total: int,
    titles: Mapping[str, str],
    on: date,
) -> list[Group]:
    """The facets that can narrow ``total`` results, with what was chosen of each."""
    found = []
    for facet in FACETS:
        ticked = chosen.get(facet.name, ())
        offered = choices(facet, counted.get(facet.name, {}), titles=titles, on=on)
        options = [Option(each.value, each.label, each.count, each.value in ticked) for each in offered]
        options += [
            Option(value, label_of(facet, value, titles) or value, 0, chosen=True)
            for value in ticked
            if value not in {each.value for each in offered}
        ]
        if ticked or any(option.count < total for option in options):
            found.append(
                Group(facet.name, facet.label, options, bool(ticked) or facet is FACETS[0] or len(options) <= _SHORT)
            )
    return found


def tags(request: HttpRequest, chosen: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> list[Chosen]:
    """Each chosen value with the link that takes it back."""
    return [
        Chosen(
            label_of(BY_NAME[name], value, titles) or value,
            BY_NAME[name].label,
            address(request, {**chosen, name: [other for other in values if other != value]}),
        )
        for name, values in chosen.items()
        for value in values
    ]


def address(request: HttpRequest, chosen: Mapping[str, Iterable[str]], **changed: str | int) -> str:
    """The address of the same search with these values chosen, and what else is ``changed``; on its first page."""
    parameters = QueryDict(mutable=True)
    for name in _KEPT:
        if request.GET.get(name):
            parameters[name] = request.GET[name]
    for name, values in chosen.items():
        parameters.setlist(name, list(values))
    for name, value in changed.items():
        parameters[name] = str(value)
    return f"{request.path}?{parameters.urlencode()}"


def _may_hold(facet: Facet, value: str) -> bool:
    return value in facet.words or (facet.named and is_id(value))
