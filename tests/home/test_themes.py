"""Letters can be read in every look, whatever the city's colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home import themes
from home.contrast import MINIMUM_CONTRAST, READABLE, contrast, contrast_with_white

#: What is written in a token on another.
LETTERS = [
    (letters, background)
    for letters in ("color", "color-secondary-07", "interactive", "visited", "color-primary-darken-01")
    for background in ("background", "background-alternative", "blue-warm-vivid-5", "blue-warm-vivid-10")
] + [
    ("pure-0", "color-primary-default"),
    ("pure-0", "background-dark"),
    ("background", "interactive"),
    ("background", "color-primary-darken-01"),
    ("green-cool-vivid-60", "background"),
    ("green-cool-vivid-60", "blue-warm-vivid-5"),
    ("color", "gray-10"),
    # A word that was sought, in the link of a result.
    ("interactive", "warning-alternative"),
    ("visited", "warning-alternative"),
    *(("color", f"{name}-alternative") for name in ("warning", "danger", "info")),
]
#: What is told by a line: WCAG 2.2, 1.4.11.
LINES = [
    ("focus-color", "background"),
    ("focus-color-dark", "background-dark"),
    ("border-color-alternative", "background"),
    ("interactive", "background"),
    ("success", "background"),
    ("danger", "background"),
]

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True).filter(lambda c: contrast_with_white(c) >= MINIMUM_CONTRAST)


def unreadable(tokens):
    pairs = [(pair, READABLE) for pair in LETTERS] + [(pair, 3.0) for pair in LINES]
    return {
        pair: contrast(tokens[pair[0]], tokens[pair[1]])
        for pair, least in pairs
        if contrast(tokens[pair[0]], tokens[pair[1]]) < least
    }


def test_every_look_says_every_token():
    assert themes.LIGHT.keys() == themes.HIGH_CONTRAST.keys() == themes.dark("").keys()
    assert themes.light("#0b6e4f").keys() == themes.LIGHT.keys()


def test_high_contrast_is_twice_as_strong_and_knows_no_colour_of_the_city():
    assert unreadable(themes.HIGH_CONTRAST) == {}
    assert min(contrast(themes.HIGH_CONTRAST[a], themes.HIGH_CONTRAST[b]) for a, b in LETTERS) >= 7


@pytest.mark.parametrize("colour", ["", "#000000", "#0b5a46", "#7a1f1f", "#6c6c6c", "#0000ff"])
def test_letters_are_read_by_day_and_by_night(colour):
    assert unreadable(themes.light(colour)) == {}
    assert unreadable(themes.dark(colour)) == {}


@given(colours)
def test_they_are_in_any_colour_that_a_city_may_save(colour):
    assert unreadable(themes.light(colour)) == {}
    assert unreadable(themes.dark(colour)) == {}


def test_paper_is_light():
    for rule in themes.style("#0b5a46").splitlines()[1:]:
        assert rule.startswith("@media screen"), rule
