"""Contrast as WCAG computes it."""

import pytest

from home.contrast import MINIMUM_CONTRAST, READABLE, contrast, contrast_with_white, darker, is_colour, lighter


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#ffffff", 1), ("#000000", 21), ("#767676", 4.54), ("#777777", 4.48), ("#0000FF", 8.59)]
)
def test_ratios_of_known_colours(colour, ratio):
    assert contrast_with_white(colour) == pytest.approx(ratio, abs=0.01)


def test_a_darker_colour_has_more_contrast_and_is_a_colour():
    assert darker("#1351b4", 0.35) == "#0c3575"
    assert is_colour(darker("#ffffff", 1))


@pytest.mark.parametrize("colour", ["#1351b4", "#6c6c6c", "#00744f", "#b8353c", "#8556b4"])
def test_letters_in_a_colour_that_is_allowed_are_read_on_its_pale_backgrounds(colour):
    assert contrast_with_white(colour) >= MINIMUM_CONTRAST
    assert contrast(colour, lighter(colour, 0.92)) >= READABLE
    assert lighter(colour, 1) == "#ffffff"


@pytest.mark.parametrize("text", ["", "#fff", "#1351b4;", "1351b4", "#1351b4\n"])
def test_what_is_no_colour(text):
    assert not is_colour(text)
