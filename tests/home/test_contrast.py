"""Contrast as WCAG computes it."""

import pytest

from home.contrast import contrast_with_white, darker, is_colour


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#ffffff", 1), ("#000000", 21), ("#767676", 4.54), ("#777777", 4.48), ("#0000FF", 8.59)]
)
def test_ratios_of_known_colours(colour, ratio):
    assert contrast_with_white(colour) == pytest.approx(ratio, abs=0.01)


def test_a_darker_colour_has_more_contrast_and_is_a_colour():
    assert darker("#1351b4", 0.35) == "#0c3575"
    assert is_colour(darker("#ffffff", 1))


@pytest.mark.parametrize("text", ["", "#fff", "#1351b4;", "1351b4", "#1351b4\n"])
def test_what_is_no_colour(text):
    assert not is_colour(text)
