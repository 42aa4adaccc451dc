"""What people look for, noted as it happens (``services.tally``).

Nothing is noted but a query's normal form, the day and the language; and of some queries nothing at all.
"""

from datetime import date

from search.counting import Asked, Counts, normal_form
from search.query_counts import QueryCount
from services.tally import WRITE_EVERY_SECONDS, Tally

tally: Tally[Asked, Counts] = Tally(QueryCount.objects.add, seconds=WRITE_EVERY_SECONDS)


def note_search(query: str, *, locale: str, day: date, found: bool, previous: str = "") -> None:
    """A person searched. ``previous`` is the query whose results were before her eyes, none of them opened.

    The same query again, narrowed or sent twice, is the same search.
    """
    asked, before = normal_form(query, locale), normal_form(previous, locale)
    if asked == before:
        return
    if asked:
        tally.add(Asked(day, locale, asked), Counts(searches=1, without_result=0 if found else 1))
    if before:
        tally.add(Asked(day, locale, before), Counts(reformulated=1))


def note_outcome(query: str, *, locale: str, day: date, first: bool, clicked: bool) -> None:
    """The page of results said what became of them; ``first`` if it had said nothing before."""
    asked = normal_form(query, locale)
    if asked:
        tally.add(Asked(day, locale, asked), Counts(observed=int(first), clicked=int(clicked)))
