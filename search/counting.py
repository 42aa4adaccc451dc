"""How a query is counted, and what is counted of it. Pure."""

from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from search.text import language_of
from services.personal_data import is_personal

#: A longer text was pasted, not asked: nobody else asks it, and who knows what it holds.
LONGEST_QUERY = 100


class Asked(NamedTuple):
    """What is counted together: a query in its normal form, asked in a language on a day of the city's."""

    day: date
    locale: str
    query: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of searches. Of those neither without result nor observed, it is unknown what became."""

    searches: int = 0
    without_result: int = 0
    #: Other words were tried straight after it, without a result having been opened.
    reformulated: int = 0
    #: With results, and the page said whether one of them was opened.
    observed: int = 0
    #: Of the observed.
    clicked: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in COUNTED))


COUNTED = tuple(field.name for field in fields(Counts))


def normal_form(query: str, locale: str) -> str:
    """How a query is counted, however it was written; ``""`` if it is not kept."""
    if len(query) > LONGEST_QUERY or is_personal(query):
        return ""
    found = " ".join(language_of(locale).words(query))
    return found if len(found) <= LONGEST_QUERY else ""
