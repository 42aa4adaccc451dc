"""Charts are pictures that anybody can read, and that the site's policy shows."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from feedback.charts import Bar, Point, bars, line, tall_bars

SVG = "{http://www.w3.org/2000/svg}"
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))  # noqa: S314


@given(st.lists(st.builds(Bar, WORDS, st.floats(0, 1e7), WORDS), max_size=8), WORDS)
def test_whatever_the_words_it_is_a_picture_with_a_title_and_a_text(shown: list[Bar], title: str) -> None:
    for draw in (bars, tall_bars):
        picture = parsed(draw("x", shown, title=title, text="o que se vê"))
        assert picture.get("role") == "img"
        assert picture.get("aria-labelledby") == "x-title x-text"
        assert (picture[0].tag, picture[0].text or "") == (f"{SVG}title", title)
        assert (picture[1].tag, picture[1].text) == (f"{SVG}desc", "o que se vê")
        assert all(each.get("style") is None for each in picture.iter())
        widest = max((float(bar.get("width")) for bar in picture.iter(f"{SVG}rect")), default=0)
        assert widest <= 340


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = list(
        parsed(bars("x", [Bar("a", 50, ""), Bar("b", 25, ""), Bar("c", 0, "")], title="", text="")).iter(f"{SVG}rect")
    )
    long, half, none = (float(bar.get("width")) for bar in drawn)
    assert abs(long - 2 * half) < 0.2
    assert none == 1, "so that it is seen to be there"


def test_a_month_without_a_mean_is_a_gap() -> None:
    points = [Point("jan", 4, 3, 5), Point("fev"), Point("mar", 1, 1, 2), Point("abr", 5, 4, 5)]
    picture = parsed(line("x", points, title="", text=""))
    of_class = [each.get("class") for each in picture.iter() if each.get("class")]
    assert of_class.count("c-chart__dot") == 3
    assert of_class.count("c-chart__line") == 1, "none across the gap"
    heights = [float(dot.get("cy")) for dot in picture.iter(f"{SVG}circle")]
    assert heights[1] > heights[0] > heights[2], "five is above one"
