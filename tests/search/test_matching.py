"""What finds a document is named once, in the widest place that has it."""

from search.document import PAIRS
from search.matching import matching
from search.plan import Alternative, Bonus, Place, Plan, Word

TITLE, TEXT, ANY, CALLED = (Place(f"{text}_stem", "poda") for text in ("title", "text", "any", "called"))
OTHER = Place("title_stem", "galho")
PAIR = Place(PAIRS, "poda_galho")


def plan(*places: Place, bonuses: tuple[Bonus, ...] = (), also: tuple[tuple[Place, ...], ...] = ()) -> Plan:
    alternatives = [Alternative(place, 1.0) for place in places]
    alternatives += [Alternative(first, 1.0, tuple(others)) for first, *others in also]
    return Plan("pt-br", words=(Word(tuple(alternatives)),), bonuses=bonuses)


def test_a_text_is_left_out_where_anywhere_is_looked_for() -> None:
    assert matching(plan(TITLE, TEXT, bonuses=(Bonus((ANY, CALLED), 1.0),))).places == (ANY,)


def test_a_text_stays_where_nothing_wider_is_looked_for() -> None:
    assert matching(plan(TITLE, OTHER, bonuses=(Bonus((ANY,), 1.0),))).places == (OTHER, ANY)
    assert matching(plan(TITLE, TEXT)).places == (TITLE, TEXT)


def test_words_that_must_hold_together_are_left_out_where_one_is_enough() -> None:
    found = matching(plan(also=((TITLE, OTHER),), bonuses=(Bonus((ANY,), 1.0),)))
    assert (found.places, found.together) == ((ANY,), ())
    assert matching(plan(PAIR, also=((PAIR, OTHER),))).together == ()


def test_of_words_together_in_several_texts_the_wider_way_stays() -> None:
    called = (CALLED, Place("called_stem", "galho"))
    keywords = (Place("keywords_stem", "poda"), Place("keywords_stem", "galho"))
    found = matching(plan(also=((TITLE, OTHER), keywords), bonuses=(Bonus((), 1.0, (called,)),)))
    assert found.together == (called,)
    assert matching(plan(also=((TITLE, OTHER), keywords))).together == ((TITLE, OTHER), keywords)
